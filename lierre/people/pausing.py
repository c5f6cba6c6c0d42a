"""One gesture to be left alone: nobody but staff sees the person, nobody writes to them. It can be taken back whole."""

from collections.abc import Iterable
from typing import Any, Final

from django.utils.translation import gettext as _

from lierre.foundation.errors import Refused
from lierre.people.choosing import member_source
from lierre.people.fold.visibility import FAMILIES, FINER
from lierre.people.models import Person, Record
from lierre.people.saying import say
from lierre.people.unsaying import unsay

# What the pause says. It lies over what was said before, which is all there again once it is taken back.
PAUSE: Final[dict[str, Any]] = {
    "do_not_contact": True,
    **{f"audience_{family}": [] for family in (*FAMILIES, *FINER)},
}


def pause_among(records: Iterable[Record]) -> Record | None:
    """The pause of a person, of whom these are the records: it stands until they take it back."""
    return next((record for record in records if is_pause(record)), None)


def is_pause(record: Record) -> bool:
    return record.source.kind == "member" and record.delivery_id is None and dict(record.said) == PAUSE


def pause(person: Person, *, by: Any) -> Record:
    """Be seen by nobody and written to by nobody, at once."""
    if pause_among(spoken(person)):
        raise Refused(_("You are already out of sight, and nobody writes to you."))
    return say(PAUSE, source=member_source(), by=by, person=person, verb="person.paused")


def resume(person: Person, *, by: Any) -> None:
    """All as it was before the pause, with what was said since."""
    paused = pause_among(spoken(person))
    if paused is None:
        raise Refused(_("No pause stands any more."))
    unsay(paused, by=by, verb="person.resumed")


def spoken(person: Person) -> list[Record]:
    return Record.objects.of([person.pk]).spoken()
