"""“association-2026.csv”: what the association sends in November, by hand, as it did in May. UTF-8, `;`.

This is the file whose rehearsal the screens show. About 1 540 lines, of which:

- one in five carries a student number, so its person is found and enriched; the others share no key with anybody;
- 17 carry the student number of one person and the national number of another: someone has to decide (`UNDECIDED`);
- lines 90, 301, 302 and 977 have a day of birth that does not exist; 412 and 1 120, the national number of somebody
  born on another day; 640 to 642, neither name nor e-mail.

Line 88 is Amélie: her married name, her present job, and Lorient, where she has not worked since 2018.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from demo.exports.platform import day
from demo.exports.tables import save_text
from demo.graduate import Graduate
from demo.membership import belongs
from demo.spelling import shouted

FILES: Final = ("association-2026.csv",)
HEADER: Final = (
    *("NOM_USAGE", "PRENOM", "DT_NAIS", "ANNEE_DIP", "DIPLOME", "MEL_PERSO", "POSTE", "EMPLOYEUR", "VILLE"),
    *("NUM_ETU", "INE", "COTIS_2026"),
)
# What each column means: the demonstration says it as the alumni office would, in the page of the mapper.
MEANING: Final = {
    "NOM_USAGE": "usage",
    "PRENOM": "given",
    "DT_NAIS": "born",
    "ANNEE_DIP": "studies.year",
    "DIPLOME": "studies.degree",
    "MEL_PERSO": "contacts.email",
    "POSTE": "positions.title",
    "EMPLOYEUR": "positions.employer",
    "VILLE": "positions.city",
    "NUM_ETU": "student_number",
    "INE": "ine",
    "COTIS_2026": "",
}
LINES: Final = 1542
IMPOSSIBLE, SOMEBODY_ELSE, NOBODY = (90, 301, 302, 977), (412, 1120), (640, 641, 642)
UNDECIDED: Final = range(59, 59 + 17 * 85, 85)
AMELIE_AT: Final = 88


def takes(person: Graduate) -> bool:
    """Whether they paid this year, or did once."""
    return belongs(person, "association") and person.died is None


def write(persons: Sequence[Graduate], folder: Path) -> None:
    """Write the file."""
    save_text(folder / FILES[0], HEADER, _rows(persons), delimiter=";")


def _rows(persons: Sequence[Graduate]) -> Iterator[list[str]]:
    told = [person for person in persons if person.number < 0]
    amelie = [person for person in told if person.family == "Hervé"]
    others = [person for person in persons if person not in amelie][: LINES - len(amelie)]
    before = AMELIE_AT - 2
    ordered = [*others[:before], *amelie, *others[before:]]
    known: Graduate | None = None  # the last one met who has a national number
    for line, person in enumerate(ordered, 2):
        row = _row(person, line)
        if person.number >= 0:
            _spoil(row, line, person, known)
            if person.ine.strip("0"):
                known = person
        yield row


def _row(person: Graduate, line: int) -> list[str]:
    job = person.jobs[-1] if person.jobs and person.jobs[-1].ended is None else None
    story = person.family == "Hervé" and person.number < 0
    keyed = not story and (person.number < 0 or line % 5 == 0)
    return [
        shouted(person.shown()) if line % 3 else person.shown(),
        person.given,
        day(person.born) if line % 16 else "",
        str(person.last.year),
        "M2 stat. & société" if story else person.last.degree.label,
        person.email if line % 7 < 5 or person.number < 0 else "",
        job.title if job else "",
        job.employer if job else "",
        "Lorient" if story else job.city if job else "",
        person.student_number if keyed else "",
        "",
        "OUI" if line % 4 else "NON",
    ]


def _spoil(row: list[str], line: int, person: Graduate, known: Graduate | None) -> None:
    if line in IMPOSSIBLE:
        row[2] = f"31/02/{person.born.year}"
    elif line in NOBODY:
        row[0] = row[1] = row[5] = row[9] = ""
    elif line in SOMEBODY_ELSE and known:
        row[2], row[9], row[10] = day(person.born), "", known.ine
    elif line in UNDECIDED and known:
        row[2], row[9], row[10] = "", person.student_number, known.ine
