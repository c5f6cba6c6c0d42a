"""What a webhook may be told: read in the journal, so that nothing that happens here can forget to say so.

Only identifiers leave. Whoever is told asks for the rest with a token, and sees what its owner may see.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lierre.foundation.models.journal import Entry
from lierre.people.models import Merge, Person


@dataclass(frozen=True, slots=True)
class Event:
    """`verbs`: the lines of the journal that mean this."""

    name: str
    label: str | Promise
    verbs: tuple[str, ...]


EVENTS: Final = {
    event.name: event
    for event in (
        Event(
            "person.changed", _("something new was said of a person"),
            ("person.told", "person.spoke", "person.unsaid", "person.corrected", "person.created", "person.chose",
             "person.brought", "person.paused", "person.resumed", "person.answered"),
        ),
        Event("person.merged", _("two persons became one"), ("person.merged",)),
        Event("person.separated", _("one person became two"), ("person.unmerged", "person.split")),
        Event("person.erased", _("a person was erased: erase your copy too"), ("person.erased",)),
        Event(
            "consent.changed", _("a person said how they may be written to"),
            ("consent.yes", "consent.no", "consent.pause", "consent.restrict", "consent.resume"),
        ),
        Event("import.rehearsed", _("an import was rehearsed"), ("import.rehearsed",)),
        Event("import.applied", _("an import was applied"), ("import.applied",)),
        Event("import.reverted", _("an import was reverted"), ("import.reverted",)),
    )
}  # fmt: skip
EVENT_OF: Final = {verb: event.name for event in EVENTS.values() for verb in event.verbs}


def bodies(entries: Sequence[Entry]) -> dict[int, str]:
    """What is sent for each of these lines: its number → the text, which is then never made again."""
    known = public_ids(entries)
    return {
        entry.pk: json.dumps(
            {"type": EVENT_OF[entry.verb], "timestamp": entry.at.isoformat(), "data": data(entry, known)},
            separators=(",", ":"),
        )
        for entry in entries
    }


def public_ids(entries: Sequence[Entry]) -> Mapping[int, str]:
    numbers = {int(entry.subject_id) for entry in entries if entry.subject_kind == "people.person"}
    merges = merges_of(entries)
    numbers |= {number for merge in merges.values() for number in merge}
    return dict(Person.objects.filter(pk__in=numbers).values_list("pk", "public_id"))


def merges_of(entries: Sequence[Entry]) -> dict[int, tuple[int, int]]:
    """Merge → who went, who stayed."""
    asked = [entry.details["merge"] for entry in entries if "merge" in entry.details]
    return {pk: (gone, kept) for pk, gone, kept in Merge.objects.filter(pk__in=asked).values_list("pk", "gone", "kept")}


def data(entry: Entry, known: Mapping[int, str]) -> dict[str, Any]:
    if entry.subject_kind != "people.person":
        return {entry.subject_kind.rpartition(".")[2]: int(entry.subject_id)}
    told: dict[str, Any] = {"person": known.get(int(entry.subject_id)) or entry.details.get("public_id")}
    if merge := merges_of([entry]).get(entry.details.get("merge", 0)):
        told |= {"gone": known.get(merge[0]), "kept": known.get(merge[1])}
    return told
