"""Files that a machine brings: kept, rehearsed, applied; and how far each is."""

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import File, Form, Router
from ninja.files import UploadedFile
from ninja.responses import Status

from lierre.foundation.models.work import Work
from lierre.foundation.paging import newest_first
from lierre.interchange.door import need
from lierre.interchange.operations.cursors import Cursor, Limit, number
from lierre.interchange.operations.registering import asks
from lierre.interchange.problems import Problem
from lierre.interchange.shapes import bringing as shapes
from lierre.interchange.shapes.statement import PastDay
from lierre.people.models import Import, Source

router = Router(tags=["imports"])
LARGEST_NUMBER = 2**62


@asks(
    router, "GET", "/sources", "sources:read", shapes.Sources,
    name="sources", summary=gettext_noop("List the sources"),
)  # fmt: skip
def sources(request: HttpRequest) -> dict[str, Any]:
    need(request, "sources:read")
    known = Source.objects.all()
    return {"sources": [{"id": each.pk, "name": each.name, "kind": each.kind, "mark": each.siglum} for each in known]}


@asks(
    router, "GET", "/imports", "imports:read", shapes.Imports,
    name="imports", summary=gettext_noop("List the imports"),
    description=gettext_noop(
        "The latest first. Archives that persons brought about themselves are theirs: they are not here."
    ),
)  # fmt: skip
def imports(request: HttpRequest, limit: Limit, cursor: Cursor) -> dict[str, Any]:
    need(request, "imports:read")
    page = newest_first(known_imports(), number(cursor), limit)
    works = works_of(page.rows)
    return {"imports": [told(each, works) for each in page.rows], "next": page.older and str(page.older)}


@asks(
    router, "POST", "/imports", "imports:write", shapes.Import,
    name="imports", status=201, summary=gettext_noop("Bring a file"),
    description=gettext_noop(
        "Nothing is written in the base: rehearse it next. A file that nobody can read is refused, with the reason."
    ),
)  # fmt: skip
def bring(
    request: HttpRequest,
    response: HttpResponse,
    file: Annotated[UploadedFile, File(...)],
    source: Annotated[int | None, Form(None, ge=1, le=LARGEST_NUMBER)],
    asserted_on: Annotated[PastDay | None, Form(None)],
) -> Any:
    from lierre.people.importing.receiving import receive

    token = need(request, "imports:write")
    speaks = Source.objects.filter(pk=source).first() if source else None
    if source and speaks is None:
        raise Problem(422, "source", _("There is no source of this number: the list of sources says which there are."))
    brought = receive([(name_of(file), file)], by=token.actor, source=speaks, asserted_on=asserted_on)
    response.headers["Location"] = reverse("api:import", args=[brought.pk])
    return Status(201, told(brought, {}))


@asks(
    router, "GET", "/imports/{int:number}", "imports:read", shapes.Import,
    name="import", summary=gettext_noop("Follow an import"),
)  # fmt: skip
def one_import(request: HttpRequest, number: int) -> dict[str, Any]:
    need(request, "imports:read")
    return followed(number)


@asks(
    router, "POST", "/imports/{int:number}/rehearsal", "imports:write", shapes.Import,
    name="rehearsal", status=202, summary=gettext_noop("Rehearse an import"),
    description=gettext_noop(
        "Every line is read and judged; nothing is written. Ask the import again to follow it."
    ),
)  # fmt: skip
def rehearse(request: HttpRequest, number: int) -> Any:
    token = need(request, "imports:write")
    import_of(number).ask_rehearsal(by=token.actor)
    return Status(202, followed(number))


@asks(
    router, "POST", "/imports/{int:number}/application", "imports:write", shapes.Import,
    name="application", status=202, summary=gettext_noop("Apply an import"),
    description=gettext_noop(
        "What was rehearsed is written. It can be undone from the page of the import."
    ),
)  # fmt: skip
def apply(request: HttpRequest, number: int) -> Any:
    token = need(request, "imports:write")
    import_of(number).ask_apply(by=token.actor)
    return Status(202, followed(number))


def known_imports() -> Any:
    return Import.objects.filter(member_id=None).select_related("source").prefetch_related("deliveries")


def import_of(number: int) -> Import:
    found: Import = get_object_or_404(known_imports(), pk=number if number < LARGEST_NUMBER else 0)
    return found


def followed(number: int) -> dict[str, Any]:
    imported = import_of(number)
    return told(imported, works_of([imported]))


def works_of(imports: list[Import]) -> dict[str, Work]:
    """The latest work asked of each."""
    addresses = [each.get_absolute_url() for each in imports]
    return {work.subject_url: work for work in Work.objects.filter(subject_url__in=addresses).order_by("pk")}


def told(imported: Import, works: dict[str, Work]) -> dict[str, Any]:
    work = works.get(imported.get_absolute_url())
    return {
        "id": imported.pk, "state": str(imported.state), "source": imported.source.name, "source_id": imported.source_id,
        "asserted_on": imported.asserted_on, "received_at": imported.received_at,
        "files": [each.name for each in imported.deliveries.all()], "counts": imported.rehearsal.get("counts", {}),
        "work": work and {"state": work.state, "done": work.steps_done, "of": work.steps_total, "failure": work.failure},
    }  # fmt: skip


def name_of(file: UploadedFile) -> str:
    return (file.name or "").replace("\0", "")[-255:] or "file"
