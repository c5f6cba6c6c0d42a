"""Imports: the list, the files that are brought, and the page of one import whatever its state."""

from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lierre.foundation.abilities import may, needs
from lierre.foundation.errors import Refused
from lierre.foundation.models.work import Work
from lierre.foundation.paging import newest_first
from lierre.people.forms.imports import DescribeForm, UploadForm
from lierre.people.models import Import, Person
from lierre.people.permissions import BRING_FILES, DECIDE_MATCHING, SEE_EVERYTHING
from lierre.people.readings.columns import columns_of
from lierre.people.readings.rehearsal import Report
from lierre.people.views.loading import see_other

State: Final = Import.State
FILES_EXPLAINED: Final = 6


@require_safe
@needs(BRING_FILES)
def imports(request: HttpRequest) -> HttpResponse:
    known = Import.objects.select_related("source").prefetch_related("deliveries")
    page = newest_first(known, request.GET.get("before"))
    return render(request, "people/imports/list.html", {"page": page})


@require_http_methods(["GET", "POST"])
@needs(BRING_FILES)
def new_import(request: HttpRequest) -> HttpResponse:
    """Take the files, look at them, then ask who speaks."""
    from lierre.people.importing.receiving import receive

    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return see_other(receive(form.brought(), by=request.user))
        except Refused as refusal:
            form.add_error("files", str(refusal))
    return render(request, "people/imports/new.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def one_import(request: HttpRequest, import_id: int) -> HttpResponse:
    """For whoever brings files; the person may see the archive they brought themselves."""
    imported = import_or_404(request, import_id)
    if not may(request.user, BRING_FILES):
        return render(request, "people/imports/own.html", {"imported": imported, "report": Report(imported),
                                                           "work": latest_work(imported)})  # fmt: skip
    form = DescribeForm(request.POST or None, imported=imported)
    if request.method == "POST" and form.is_valid():
        try:
            imported.describe(by=request.user, **form.cleaned_data)
            messages.success(request, _("It is kept. Rehearse the import: nothing is written before you have read it."))
            return see_other(imported)
        except Refused as refusal:
            messages.error(request, str(refusal))
    deliveries = list(imported.deliveries.all())
    context = {
        "imported": imported,
        "deliveries": deliveries,
        "readings_of_columns": [
            (each, columns) for each in deliveries[:FILES_EXPLAINED] if (columns := columns_of(each))
        ],
        "form": form,
        "report": Report(imported),
        "work": latest_work(imported),
        "unexplained": next((each for each in deliveries if not each.dialect), None),
        "is_stopped": imported.is_busy and not imported.has_work,
        "may_see": may(request.user, SEE_EVERYTHING),
        "may_decide_matching": may(request.user, DECIDE_MATCHING),
        "may_describe": imported.state in {State.RECEIVED, State.READY, State.REHEARSED},
    }
    return render(request, "people/imports/page.html", context)


def import_or_404(request: HttpRequest, import_id: int) -> Import:
    """An import exists for those who bring files, and for the person who brought it about themselves."""
    imported = get_object_or_404(Import.objects.latest_first().prefetch_related("deliveries"), pk=import_id)
    if may(request.user, BRING_FILES):
        return imported
    own = Person.objects.filter(account=request.user.pk).values_list("pk", flat=True).first()
    if own is None or imported.member_id != own:
        raise Http404
    return imported


def latest_work(imported: Import) -> Work | None:
    """What was asked last of this import."""
    return Work.objects.filter(subject_url=imported.get_absolute_url()).first()
