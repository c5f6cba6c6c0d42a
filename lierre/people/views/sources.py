"""Sources: who speaks in the base, under which mark, and how much they are believed."""

from django.contrib import messages
from django.db.models import Count, Max, OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lierre.foundation.abilities import may, needs
from lierre.foundation.errors import Refused
from lierre.people.forms.sources import SourceForm
from lierre.people.models import Import, Source
from lierre.people.permissions import BRING_FILES, DECIDE_POLICY
from lierre.people.sourcing import keep_source
from lierre.people.views.loading import see_other


@require_safe
@needs(BRING_FILES)
def sources(request: HttpRequest) -> HttpResponse:
    applied = Import.objects.filter(source=OuterRef("pk"), state=Import.State.APPLIED).order_by().values("source")
    known = Source.objects.annotate(
        imports_applied=Subquery(applied.annotate(number=Count("pk")).values("number")),
        latest=Subquery(applied.annotate(day=Max("asserted_on")).values("day")),
    )
    context = {"sources": known, "may_decide": may(request.user, DECIDE_POLICY)}
    return render(request, "people/sources/list.html", context)


@require_http_methods(["GET", "POST"])
@needs(BRING_FILES)
def source(request: HttpRequest, source_id: int | None = None) -> HttpResponse:
    """Create one, or change its name, its mark and whether it applies alone."""
    known = get_object_or_404(Source, pk=source_id) if source_id else Source()
    form = SourceForm(request.POST or None, source=known)
    if request.method == "POST" and form.is_valid():
        try:
            kept = keep_source(known, form.cleaned_data, by=request.user)
            messages.success(request, _("“%(source)s” is kept.") % {"source": kept})
            return see_other("people:sources")
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "source": known}
    return render(request, "people/sources/form.html", context, status=422 if form.errors else 200)
