"""The chapters of a person's page: which values, in which order, each read with its apparatus."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, Final

from django.utils.translation import gettext as _

from lierre.people.facts import Position
from lierre.people.fold.folding import contact_key, position_key, study_key
from lierre.people.fold.rows import current_position
from lierre.people.models import ContactPoint
from lierre.people.readings.apparatus import Apparatus, Reading, Rival, why_lost
from lierre.people.readings.wording import (
    contact_in_words,
    field_of_work,
    place_in_words,
    position_in_words,
    study_in_words,
    title_of,
)

IDENTITY: Final = ("given", "family", "usage", "former", "born", "birth_place")
CIVIL: Final = ("sex", "given_others", "birth_country", "nationality", "student_number", "ine")
# In the order in which one writes to somebody.
KINDS_OF_CONTACT: Final = ("email", "phone", "address")
PROFILE: Final = ("headline", "summary", "linkedin", "website", "skills", "languages", "certifications")
STATES: Final = ("died", "lost", "do_not_contact")


def scalars(apparatus: Apparatus, names: tuple[str, ...]) -> list[Reading]:
    return [reading for name in names if (reading := apparatus.scalar(name))]


def today(apparatus: Apparatus) -> list[Reading]:
    """The current position, part by part: each part may come from another witness."""
    current = current_position(apparatus.person)
    if not current:
        return []
    parts: tuple[tuple[str, str, Callable[[Position], str]], ...] = (
        ("title", _("Position"), title_of),
        ("employer", _("Employer"), lambda position: position.get("employer", "")),
        ("city", _("Place of work"), place_in_words),
        ("sector", _("Field"), field_of_work),
    )
    readings = []
    for name, label, show in parts:
        if reading := part_of(apparatus, current, name, label, show):
            readings.append(reading)
    if readings:
        readings[0].rivals += tuple(other_positions(apparatus, current))
        readings[0].strong = True
    return readings


def part_of(
    apparatus: Apparatus, current: Position, name: str, label: str, show: Callable[[Position], str]
) -> Reading | None:
    """One part of the position, given to the weightiest witness who said it."""
    said = [
        (each, show(item)) for each, item in apparatus.among("positions", position_key, current) if show(item)
    ]  # fmt: skip
    if not said:
        return None
    won_by = next((each for each, text in reversed(said) if text == show(current)), said[-1][0])
    return apparatus.reading(name, label, show(current), won_by.record_id, said, "positions")


def other_positions(apparatus: Apparatus, current: Position) -> Iterator[Rival]:
    """Other positions that nobody said were over: they lost against the current one."""
    won_by = {id(position): record_id for position, record_id in apparatus.person.positions}
    winner = apparatus.by_number[won_by[id(current)]]
    for position, record_id in apparatus.person.positions:
        if position is not current and not position.get("ended"):
            loser = apparatus.by_number[record_id]
            why = why_lost(loser, winner, "positions", apparatus.policy)
            yield Rival(position_in_words(position), why, apparatus.witnesses[record_id])


def items(
    apparatus: Apparatus,
    name: str,
    key_of: Callable[[Any], Any],
    show: Callable[[Any], str],
    label_of: Callable[[Any], str],
) -> Iterator[Reading]:
    """Each item of a list, with those who speak of it."""
    for item, record_id in getattr(apparatus.person, name):
        said = [(each, show(other)) for each, other in apparatus.among(name, key_of, item)]
        yield apparatus.reading(name, label_of(item), show(item), record_id, said, name)


def studies(apparatus: Apparatus) -> list[Reading]:
    return [*items(apparatus, "studies", study_key, study_in_words, lambda _study: _("Degree"))]


def contacts(apparatus: Apparatus) -> list[Reading]:
    """Those that answer first, the best believed before the others; an e-mail that comes back is worth knowing, but last."""
    told = [contact for contact, _by in apparatus.person.contacts]
    readings = zip(told, items(apparatus, "contacts", contact_key, contact_in_words, kind_of_contact), strict=True)
    latest_first = [*readings][::-1]
    ordered = sorted(latest_first, key=lambda pair: order_of_contact(pair[0]))
    # Named by its kind: each kind may be shown to others than the rest.
    return [replace(reading, name=contact["kind"]) for contact, reading in ordered]


def order_of_contact(contact: Any) -> tuple[bool, int]:
    kind = contact["kind"]
    return bool(contact.get("refused")), KINDS_OF_CONTACT.index(kind) if kind in KINDS_OF_CONTACT else 9


def kind_of_contact(contact: Any) -> str:
    return str(dict(ContactPoint.Kind.choices).get(contact["kind"], contact["kind"])).capitalize()
