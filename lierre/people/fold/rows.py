"""From a folded person to the rows that show them: one function, used by apply, revert, correct, link and rebuild."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any, Final

from lierre.people.facts import Position
from lierre.people.fold.folding import Folded
from lierre.people.fold.text import folded
from lierre.people.fold.visibility import mask_of

Row = tuple[Any, ...]
SEXES: Final = {"f": 1, "m": 2, "x": 3}
# What a complete person would have; each is worth the same.
EXPECTED: Final = ("given", "family", "sex", "born", "studies", "employer", "title", "place", "email", "phone")


def term_id(kind: str, label: str) -> int:
    """
    Number of a word of the vocabulary, made from the word itself, so that two importers always agree.

    48 bits: with 100 000 employers the chance of any collision is about 2 in 100 000.

    >>> term_id("employer", "Armor Énergies") == term_id("employer", "ARMOR ENERGIES")
    True
    """
    return int.from_bytes(blake2b(f"{kind}|{folded(label)}".encode(), digest_size=6).digest(), "big")


@dataclass(slots=True)
class Rows:
    """What is written for one person, in the order of the columns of `projection.py`."""

    person: Row
    studies: list[Row] = field(default_factory=list)
    positions: list[Row] = field(default_factory=list)
    contacts: list[Row] = field(default_factory=list)
    entry: Row = ()
    names: Row = ()
    terms: dict[int, tuple[str, str]] = field(default_factory=dict)

    def term(self, kind: str, label: str | None) -> int | None:
        """Number of a word; the word itself is remembered, to be written if it is new."""
        if not label:
            return None
        number = term_id(kind, label)
        self.terms[number] = (kind, label)
        return number


def rows_of(person_id: int, person: Folded) -> Rows:
    """All the rows of one person. The same testimonies always give the same rows."""
    rows = Rows(person=())
    main_study = person.studies[0][0] if person.studies else {}
    current = current_position(person)
    rows.person = person_row(person_id, person, current)
    for study, record_id in person.studies:
        rows.studies.append((
            person_id, rows.term("degree", study.get("degree") or study.get("code")), study.get("year"),
            rows.term("unit", study.get("unit") or study.get("unit_code")), study.get("level", "")[:12],
            rows.term("discipline", study.get("discipline")), study.get("honours", "")[:60], study.get("obtained"),
            record_id,
        ))  # fmt: skip
    for position, record_id in person.positions:
        rows.positions.append((
            person_id, rows.term("employer", position.get("employer")), position.get("title", "")[:200],
            rows.term("occupation", position.get("rome")), rows.term("sector", position.get("sector")),
            position.get("city", "")[:100], position.get("department", "")[:3], position.get("country", "")[:2],
            position.get("started", "")[:10], position.get("ended", "")[:10], position is current, record_id,
        ))  # fmt: skip
    for contact, record_id in person.contacts:
        rows.contacts.append((
            person_id, contact["kind"], contact["value"][:400], contact.get("use", "")[:8], contact.get("confirmed"),
            bool(contact.get("refused")), record_id,
        ))  # fmt: skip
    department, country = place_of(person, current)
    rows.entry = (
        person_id, sort_name(person), mask_of(person.values), main_study.get("year"),
        rows.term("degree", main_study.get("degree") or main_study.get("code")), main_study.get("level", "")[:12],
        rows.term("discipline", main_study.get("discipline")),
        rows.term("unit", main_study.get("unit") or main_study.get("unit_code")),
        rows.term("employer", current.get("employer")), rows.term("occupation", current.get("rome")),
        rows.term("sector", current.get("sector")), rows.term("department", department),
        rows.term("country", country), person.heard_on,
    )  # fmt: skip
    rows.names = (person_id, *searchable_names(person))
    return rows


def current_position(person: Folded) -> Position:
    """The first position without an end, or nothing."""
    return next((position for position, _ in person.positions if not position.get("ended")), Position())


def person_row(person_id: int, person: Folded, current: Position) -> Row:
    values = person.values
    named_by = person.won_by.get("family") or person.won_by.get("usage") or person.won_by.get("given")
    # Somebody whose name was in a file that was taken back is still somebody: only a person without a record has none.
    identity = named_by or person.first_record or None
    return (
        person_id, values.get("given", "")[:100], values.get("family", "")[:100], values.get("usage", "")[:100],
        sort_name(person), values.get("born", "")[:10], SEXES.get(values.get("sex", ""), 0), values.get("died", "")[:10],
        bool(values.get("lost")), bool(values.get("do_not_contact")), person.heard_on,
        completeness(person, current), identity,
    )  # fmt: skip


def sort_name(person: Folded) -> str:
    """What the directory sorts by: the name that is shown, never a hidden one."""
    values = person.values
    return f"{folded(values.get('usage') or values.get('family', ''))[:100]}, {folded(values.get('given', ''))[:100]}"


def searchable_names(person: Folded) -> tuple[str, str]:
    """Words that graduates may search, then words that only staff may: names of birth, former and other names."""
    values = person.values
    shown = f"{folded(values.get('given', ''))} {folded(values.get('usage') or values.get('family', ''))}".split()
    hidden = " ".join(folded(values.get(name, "")) for name in ("family", "former", "given_others")).split()
    return " ".join(shown), " ".join(word for word in dict.fromkeys(hidden) if word not in shown)


def place_of(person: Folded, current: Position) -> tuple[str, str]:
    """Where the person lives: the department and the country of an address, else of the current position."""
    places: Sequence[Any] = [contact for contact, _ in person.contacts if contact["kind"] == "address"]
    for place in (*reversed(places), current):
        if place.get("department") or place.get("country"):
            return place.get("department", ""), place.get("country") or "FR"
    return "", ""


def completeness(person: Folded, current: Position) -> int:
    """Share of what a complete person would have, 0 to 100."""
    kinds = {contact["kind"] for contact, _ in person.contacts}
    held = person.values.keys() | kinds | current.keys() | ({"studies"} if person.studies else set())
    if any(place_of(person, current)):
        held |= {"place"}
    return round(100 * sum(name in held for name in EXPECTED) / len(EXPECTED))
