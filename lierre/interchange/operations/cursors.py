"""Where a list goes on: a cursor says after whom, and is only good for what this token may see."""

from typing import Annotated, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Query

from lierre.interchange.problems import Problem
from lierre.people.directory.paging import exists
from lierre.people.directory.sight import Sight
from lierre.people.models import Person

MOST: Final = 200
USUAL: Final = 50

Limit = Annotated[int, Query(USUAL, ge=1, le=MOST, description=gettext_noop("How many at most."))]
Cursor = Annotated[
    str | None,
    Query(None, max_length=40, description=gettext_noop("What “next” said. Without it, the list begins.")),
]


def lost() -> Problem:
    """The one who stood there may be gone, or hidden: nobody can tell which."""
    return Problem(422, "cursor", _("This cursor leads nowhere any more: begin the list again, without it."))


def number(cursor: str | None) -> str | None:
    """Of a list that is ordered by number."""
    if cursor is not None and not (cursor.isascii() and cursor.isdecimal() and len(cursor) < 19):
        raise lost()
    return cursor


def after_whom(sight: Sight, cursor: str | None) -> int | None:
    """The number of the person a cursor names, if that person exists for whoever looks."""
    if cursor is None:
        return None
    found = (
        Person.objects.filter(public_id=cursor[:12]).values_list("pk", flat=True).first() if cursor.isascii() else None
    )
    if found is None or not exists(sight, found):
        raise lost()
    return found
