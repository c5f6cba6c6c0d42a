"""
What a member told LinkedIn, domain by domain, as it stands today.

Each domain is asked by its name, never all at once: connections, messages and searches speak of other people, and are
not asked for. `start` counts pages; they end with a 404, whatever `total` says. The same 404 means empty, or not
gathered yet, which takes minutes to days after the consent: the profile, which everybody has, tells the two apart.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from lierre.connectors.linkedin.client import Door, NoData, Unreachable

PATH: Final = "/rest/memberSnapshotData"
CONTROL: Final = "PROFILE"
# The least that a record needs. The name of the file of the archive that says the same, with the same columns.
DOMAINS: Final[Mapping[str, str]] = {
    "PROFILE": "Profile.csv",
    "POSITIONS": "Positions.csv",
    "EDUCATION": "Education.csv",
    "SKILLS": "Skills.csv",
    "LANGUAGES": "Languages.csv",
    "CERTIFICATIONS": "Certifications.csv",
    "EMAIL_ADDRESSES": "Email Addresses.csv",
}
MOST_PAGES: Final = 50
MOST_ROWS: Final = 2_000

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """`rows`: domain → its lines, as they came. `silent`: domains that answered nothing: empty, or not gathered yet."""

    rows: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    silent: tuple[str, ...] = ()

    @property
    def is_gathered(self) -> bool:
        """Not yet: come back tomorrow. What is held meanwhile stays as it is."""
        return CONTROL in self.rows

    def files(self) -> dict[str, tuple[Row, ...]]:
        """As the archive would hold it: one reader for the three ways."""
        return {DOMAINS[domain]: rows for domain, rows in self.rows.items()}


def snapshot(door: Door) -> Snapshot:
    """Read it all. A refusal in the middle is raised: half a snapshot would be taken for a whole one."""
    rows: dict[str, tuple[Row, ...]] = {}
    silent: list[str] = []
    for domain in DOMAINS:
        if found := tuple(rows_of(door, domain)):
            rows[domain] = found
        else:
            silent.append(domain)
    return Snapshot(rows, tuple(silent))


def rows_of(door: Door, domain: str) -> Iterator[Row]:
    count = 0
    for page in range(MOST_PAGES):
        try:
            answer = door.get(PATH, {"q": "criteria", "domain": domain, "start": page})
        except NoData:
            return
        for row in rows_in(answer, domain):
            if count >= MOST_ROWS:
                return
            count += 1
            yield row
        if not has_next(answer):
            return


def rows_in(answer: Mapping[str, Any], domain: str) -> Iterator[Row]:
    """Of this domain alone: what was not asked for is not taken, were it given."""
    elements = answer.get("elements")
    if not isinstance(elements, list):
        raise Unreachable("no_elements")
    for element in elements:
        if isinstance(element, dict) and element.get("snapshotDomain") == domain:
            for row in element.get("snapshotData") or ():
                if isinstance(row, dict):
                    yield {str(key): value for key, value in row.items() if isinstance(value, str) and value.strip()}


def has_next(answer: Mapping[str, Any]) -> bool:
    paging = answer.get("paging")
    links = paging.get("links") if isinstance(paging, dict) else None
    return isinstance(links, list) and any(isinstance(link, dict) and link.get("rel") == "next" for link in links)
