"""The journal: who did what, when, on what and why; searched, read page by page, exported."""

import json
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_safe

from lierre.foundation.abilities import needs
from lierre.foundation.errors import Refused
from lierre.foundation.export import csv_response, xlsx_response
from lierre.foundation.forms.journal import JournalFilter
from lierre.foundation.models.journal import EntryQuerySet, record
from lierre.foundation.naming import with_names
from lierre.foundation.paging import newest_first
from lierre.foundation.permissions import READ_JOURNAL

FORMATS: Final = {"csv": csv_response, "xlsx": xlsx_response}
HEADER: Final = (
    _("When"), _("Who"), _("What"), _("On what"), _("Kind"), _("Identifier"), _("Why"), _("Verb"), _("Details"),
)  # fmt: skip


@require_safe
@needs(READ_JOURNAL)
def journal(request: HttpRequest) -> HttpResponse:
    form = JournalFilter(request.GET)
    page = newest_first(form.entries(request.user), request.GET.get("before"))
    asked = request.GET.copy()
    asked.pop("before", None)
    filtered = any(asked.values())
    with_names(page.rows, request.user)
    context = {"form": form, "page": page, "asked": asked.urlencode(), "filtered": filtered}
    return render(request, "foundation/journal.html", context)


@require_GET
@needs(READ_JOURNAL)
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """Everything that is asked for, and a line of the journal that says so."""
    entries = JournalFilter(request.GET).entries(request.user)
    try:
        response = FORMATS[form](str(_("journal")), HEADER, lines(entries, request.user))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(f"{reverse('foundation:journal')}?{request.GET.urlencode()}")
    record("journal.exported", by=request.user, name=form.upper(), asked=request.GET.dict())
    return response


def lines(entries: EntryQuerySet, reader: Any) -> Iterator[tuple[Any, ...]]:
    read = entries.order_by("-id").iterator(chunk_size=2_000)
    for entry in chain.from_iterable(with_names(some, reader) for some in iter(lambda: list(islice(read, 2_000)), [])):
        details = json.dumps(entry.details, ensure_ascii=False) if entry.details else ""
        yield (
            entry.at, entry.by_name, entry.what, entry.subject_name, entry.kind_in_words, entry.subject_id,
            entry.reason, entry.verb, details,
        )  # fmt: skip
