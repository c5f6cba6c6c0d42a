"""Segments: live questions that have a name, and who answers them today."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_noop
from ninja import Router

from lierre.interchange.door import need
from lierre.interchange.models import Token
from lierre.interchange.operations.cursors import Cursor, Limit, after_whom
from lierre.interchange.operations.persons import LONG_LISTS, viewer_of
from lierre.interchange.operations.portrait import found
from lierre.interchange.operations.registering import asks
from lierre.interchange.shapes.bringing import Segment as Told
from lierre.interchange.shapes.bringing import Segments
from lierre.interchange.shapes.persons import Persons
from lierre.interchange.taking import takes
from lierre.people.directory import looks
from lierre.people.directory.answering import answer_within
from lierre.people.directory.columns import Ids
from lierre.people.directory.paging import ORDERS, page_of
from lierre.people.directory.question import Question
from lierre.people.directory.rows import rows_of
from lierre.people.directory.sight import Sight
from lierre.people.directory.snapshot import sight_of
from lierre.people.models import Segment
from lierre.people.segments.evaluating import ids_of
from lierre.people.segments.question import read
from lierre.people.segments.telling import in_words

router = Router(tags=["segments"])
LARGEST_NUMBER = 2**62


@asks(
    router, "GET", "/segments", "segments:read", Segments,
    name="segments", summary=gettext_noop("List the segments"),
)  # fmt: skip
def segments(request: HttpRequest) -> dict[str, Any]:
    sight = sight_for(need(request, "segments:read"))
    return {"segments": [told(sight, each) for each in Segment.objects.standing()]}


@asks(
    router, "GET", "/segments/{int:number}", "segments:read", Told,
    name="segment", summary=gettext_noop("Read one segment"),
)  # fmt: skip
def segment(request: HttpRequest, number: int) -> dict[str, Any]:
    return told(sight_for(need(request, "segments:read")), segment_of(number))


@asks(
    router, "GET", "/segments/{int:number}/persons", "segments:read", Persons,
    name="segment_persons", summary=gettext_noop("Read the persons of a segment"), extra=LONG_LISTS,
    description=gettext_noop(
        "Those who answer today, by name. Whether they may be written to is another question: see consents."
    ),
)  # fmt: skip
def segment_persons(request: HttpRequest, number: int, limit: Limit, cursor: Cursor) -> dict[str, Any]:
    token = need(request, "segments:read")
    need(request, "persons:read")
    sight, asked = sight_for(token), segment_of(number)
    ids = answering(sight, asked)
    page = page_of(sight, ids, ORDERS[0], limit, after_whom(sight, cursor))
    rows = rows_of(sight, page.ids)
    takes(request, token, len(rows), len(ids))
    looks.saw_list(rows, answer_within(sight, Question()), by=token.actor)
    following = rows[-1].public_id if rows and not page.is_last else None
    return {"persons": [found(row) for row in rows], "total": len(ids), "next": following}


def sight_for(token: Token) -> Sight:
    return sight_of(viewer_of(token))


def segment_of(number: int) -> Segment:
    return get_object_or_404(Segment.objects.standing(), pk=number if number < LARGEST_NUMBER else 0)


def answering(sight: Sight, asked: Segment) -> Ids:
    return ids_of(sight, read(asked.question), (asked.pk,))


def told(sight: Sight, asked: Segment) -> dict[str, Any]:
    return {
        "id": asked.pk, "name": asked.name, "purpose": asked.purpose, "in_words": in_words(sight, read(asked.question)),
        "total": len(answering(sight, asked)),
    }  # fmt: skip
