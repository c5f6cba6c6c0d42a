"""Persons: those who are found, one of them, what each source said, and saying something more."""

from typing import Annotated, Any, Final, Literal

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_noop
from ninja import Query, Router
from ninja.responses import Status
from pydantic import StringConstraints

from lierre.foundation.paging import newest_first
from lierre.interchange import problems
from lierre.interchange.door import need
from lierre.interchange.models import Token
from lierre.interchange.operations.cursors import Cursor, Limit, after_whom, number
from lierre.interchange.operations.portrait import found, mark_of, portrait
from lierre.interchange.operations.registering import asks
from lierre.interchange.shapes import persons as shapes
from lierre.interchange.shapes.statement import Level, Statement
from lierre.interchange.taking import takes
from lierre.people.directory import looks
from lierre.people.directory.answering import Answer, answer_within
from lierre.people.directory.paging import page_of
from lierre.people.directory.question import LONGEST_TEXT, Question
from lierre.people.directory.rows import rows_of
from lierre.people.directory.snapshot import sight_of
from lierre.people.directory.viewer import Viewer
from lierre.people.models import Person, Record
from lierre.people.models.merge import standing
from lierre.people.readings.sheet import Sheet
from lierre.people.saying import say

router = Router(tags=["persons"])
ORDERS: Final = {"name": "nom", "year": "promotion", "heard": "fraicheur"}
Band = Literal["six-mois", "deux-ans", "a-confirmer"]
NO_ZERO: Final = r"^[^\x00]*$"

LONG_LISTS: Final = {
    "parameters": [{"in": "header", "name": "Reason", "required": False, "schema": {"type": "string"}}]
}

Words = Annotated[
    str,
    Query("", max_length=LONGEST_TEXT, pattern=NO_ZERO, description=gettext_noop("Names, employers, titles, degrees…")),
]
Years = Annotated[
    list[Annotated[str, StringConstraints(pattern=r"^[0-9]{4}(-[0-9]{4})?$")]],
    Query([], max_length=30, description=gettext_noop("One class, or several in a row: 2014, 2010-2012.")),
]
Levels = Annotated[list[Level], Query([], max_length=30)]
Bands = Annotated[list[Band], Query([], max_length=30)]
Labels = Annotated[
    list[Annotated[str, StringConstraints(min_length=1, max_length=300, pattern=NO_ZERO)]],
    Query(
        [],
        max_length=30,
        description=gettext_noop("As the directory spells it; given several times, one of them is enough."),
    ),
]


def viewer_of(token: Token) -> Viewer:
    return Viewer.of(token.owner)


def sheet_for(token: Token, public_id: str) -> Sheet:
    """The person that this identifier names today, as the owner of the token sees them; whoever hides is journaled."""
    person = Person.objects.select_related("account").filter(public_id=public_id).first()
    if person is None:
        raise problems.nothing_here()
    sheet = Sheet(standing(person), viewer_of(token))
    if not sheet.exists:
        raise problems.nothing_here()
    if sheet.tells_witnesses and sheet.is_hidden:
        looks.saw_person(sheet.person, by=token.actor)
    return sheet


@asks(
    router, "GET", "/persons", "persons:read", shapes.Persons,
    name="persons", summary=gettext_noop("Find persons"), extra=LONG_LISTS,
    description=gettext_noop(
        "Beyond a hundred persons in a day (or what the instance says), give the header Reason: the journal keeps it."
    ),
)  # fmt: skip
def persons(
    request: HttpRequest,
    q: Words,
    year: Years,
    level: Levels,
    degree: Labels,
    discipline: Labels,
    unit: Labels,
    employer: Labels,
    occupation: Labels,
    sector: Labels,
    department: Labels,
    country: Labels,
    freshness: Bands,
    limit: Limit,
    cursor: Cursor,
    order: Literal["name", "year", "heard"] = "name",
) -> dict[str, Any]:
    token = need(request, "persons:read")
    asked: dict[str, list[Any]] = {
        "year": year, "level": level, "degree": degree, "discipline": discipline, "unit": unit, "employer": employer,
        "occupation": occupation, "sector": sector, "department": department, "country": country,
        "freshness": freshness,
    }  # fmt: skip
    chosen = {name: tuple(values) for name, values in asked.items() if values}
    sight = sight_of(viewer_of(token))
    question = Question(text=" ".join(q.split()), chosen=chosen, order=ORDERS[order])
    answer = answer_within(sight, question, limit)
    return listed(request, token, answer, limit, cursor)


def listed(request: HttpRequest, token: Token, answer: Answer, limit: int, cursor: str | None) -> dict[str, Any]:
    sight = answer.sight
    page = page_of(sight, answer.ids, answer.question.order, limit, after_whom(sight, cursor))
    rows = rows_of(sight, page.ids)
    takes(request, token, len(rows), answer.total)
    looks.saw_list(rows, answer, by=token.actor)
    following = rows[-1].public_id if rows and not page.is_last else None
    return {"persons": [found(row) for row in rows], "total": answer.total, "next": following}


@asks(
    router, "GET", "/persons/{public_id}", "persons:read", shapes.Person,
    name="person", summary=gettext_noop("Read one person"),
    extra={"parameters": [{"in": "header", "name": "If-None-Match", "required": False, "schema": {"type": "string"}}]},
    description=gettext_noop(
        "With an ETag: asked again with If-None-Match, the answer is 304 when nothing has changed."
    ),
)  # fmt: skip
def person(request: HttpRequest, public_id: str, response: HttpResponse) -> Any:
    shown = portrait(sheet_for(need(request, "persons:read"), public_id))
    mark = mark_of(shown)
    if mark in {each.strip() for each in request.headers.get("If-None-Match", "").split(",")}:
        return HttpResponse(status=304, headers={"ETag": mark})
    response.headers["ETag"] = mark
    return shown


@asks(
    router, "GET", "/persons/{public_id}/records", "records:read", shapes.Records,
    name="records", summary=gettext_noop("Read what each source said of a person"),
    description=gettext_noop(
        "The latest first. For those who see everything."
    ),
)  # fmt: skip
def records(request: HttpRequest, public_id: str, limit: Limit, cursor: Cursor) -> dict[str, Any]:
    sheet = sheet_for(need(request, "records:read"), public_id)
    if not sheet.tells_witnesses:
        raise problems.nothing_here()
    known = Record.objects.filter(person=sheet.person).select_related("source")
    page = newest_first(known, number(cursor), limit)
    return {"records": [record_of(each) for each in page.rows], "next": page.older and str(page.older)}


def record_of(record: Record) -> dict[str, Any]:
    return {
        "id": record.pk, "source": record.source.name, "source_id": record.source_id, "asserted_on": record.asserted_on,
        "facts": record.said, "said_by": record.said_by, "reason": record.reason,
    }  # fmt: skip


@asks(
    router, "POST", "/persons/{public_id}/records", "persons:write", shapes.Record,
    name="records", status=201, summary=gettext_noop("Say something of a person"),
    description=gettext_noop(
        "It becomes a record of the source “API <token>”, and the person is folded again: nothing is overwritten."
    ),
)  # fmt: skip
def tell(request: HttpRequest, public_id: str, statement: Statement, response: HttpResponse) -> Any:
    token = need(request, "persons:write")
    sheet = sheet_for(token, public_id)
    assert token.source is not None
    kept = say(
        statement.facts.said(), source=token.source, by=token.actor, person=sheet.person,
        asserted_on=statement.asserted_on, reason=statement.reason,
    )  # fmt: skip
    response.headers["Location"] = reverse("api:records", args=[sheet.person.public_id])
    return Status(201, record_of(kept))
