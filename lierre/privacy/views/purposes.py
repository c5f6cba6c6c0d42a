"""The purposes: read, searched, taken away, each with its versions."""

from collections.abc import Iterator
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_safe

from lierre.foundation.abilities import may, needs
from lierre.foundation.export import csv_response, xlsx_response
from lierre.foundation.models.journal import record
from lierre.foundation.naming import with_names
from lierre.privacy.forms.purposes import PurposeFilter
from lierre.privacy.models import Purpose
from lierre.privacy.permissions import DECIDE_PURPOSES, READ_PURPOSES
from lierre.privacy.views.writing import above

FORMATS: Final = {"csv": csv_response, "xlsx": xlsx_response}
HEADER: Final = (
    gettext_lazy("Controller"),
    gettext_lazy("Population"),
    gettext_lazy("Purpose"),
    gettext_lazy("Key"),
    gettext_lazy("Legal basis"),
    gettext_lazy("What for"),
    gettext_lazy("What is used"),
    gettext_lazy("Who receives it"),
    gettext_lazy("Kept for (months)"),
    gettext_lazy("Counted from"),
    gettext_lazy("Channel"),
    gettext_lazy("Balance test"),
    gettext_lazy("Closed on"),
)


@require_safe
@needs(READ_PURPOSES)
def purposes(request: HttpRequest) -> HttpResponse:
    form = PurposeFilter(request.GET)
    found = list(form.purposes())
    context = {
        "form": form, "purposes": found, "filtered": any(request.GET.values()), "asked": request.GET.urlencode(),
        "decides": may(request.user, DECIDE_PURPOSES), "above": above(), "title": gettext_lazy("Purposes"),
    }  # fmt: skip
    return render(request, "privacy/purposes/list.html", context)


@require_GET
@needs(READ_PURPOSES)
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """Those asked for, and a line of the journal that says so."""
    record("purposes.exported", by=request.user, name=form.upper())
    return FORMATS[form](_("purposes"), HEADER, lines(PurposeFilter(request.GET).purposes()))


def lines(found: Any) -> Iterator[tuple[Any, ...]]:
    for each in found:
        yield (
            each.controller.name, each.get_population_display(), each.label, each.key, each.get_legal_basis_display(),
            each.why, each.families_in_words, each.recipients, each.retention_months, each.get_counted_from_display(),
            each.get_channel_display(), each.balance_test, each.closed_on,
        )  # fmt: skip


@require_safe
@needs(READ_PURPOSES)
def purpose(request: HttpRequest, purpose_id: int) -> HttpResponse:
    found = purpose_or_404(purpose_id)
    names = {field.name: field.verbose_name for field in Purpose._meta.fields}
    versions = [
        (line, [str(names.get(name, name)) for name in line.details.get("changed", [])])
        for line in with_names(found.versions()[:50])
    ]
    elsewhere = Purpose.objects.filter(key=found.key).exclude(pk=found.pk)
    context = {
        "purpose": found, "versions": versions, "decides": may(request.user, DECIDE_PURPOSES),
        "above": above((gettext_lazy("Purposes"), reverse("privacy:purposes"))), "elsewhere": elsewhere,
    }  # fmt: skip
    return render(request, "privacy/purposes/page.html", context)


def purpose_or_404(purpose_id: int) -> Purpose:
    return get_object_or_404(Purpose.objects.select_related("controller"), pk=purpose_id)
