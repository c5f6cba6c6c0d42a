"""Series: posts that come back. Each time is a draft of its own; here one changes those to come, or stops."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lierre.accounts.views.answers import acted, done, refused
from lierre.foundation.abilities import NotAllowed, may, needs
from lierre.foundation.errors import Refused
from lierre.publishing.forms.rhythm import SeriesForm
from lierre.publishing.models import Series
from lierre.publishing.permissions import SEE_POSTS, WRITE_POSTS, accounts_written_by, may_change_series
from lierre.publishing.rhythm.unrolling import change, coming, make, stop


@require_safe
@needs(SEE_POSTS)
def series(request: HttpRequest) -> HttpResponse:
    found = Series.objects.prefetch_related("accounts").select_related("owner")
    running = [(each, next(iter(coming(each, 1)), None)) for each in found.running()]
    context = {
        "running": running, "stopped": found.exclude(stopped_at=None)[:20],
        "may_write": may(request.user, WRITE_POSTS),
    }  # fmt: skip
    return render(request, "publishing/series.html", context)


@require_http_methods(["GET", "POST"])
@needs(WRITE_POSTS)
def new_series(request: HttpRequest) -> HttpResponse:
    form = SeriesForm(request.POST or None, written=list(accounts_written_by(request.user)))
    made: list[Series] = []
    if acted(request, form, lambda: made.append(make(form.kept, form.chosen, by=request.user))):
        return redirect(made[0])
    return render(request, "publishing/series_form.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@needs(SEE_POSTS)
def a_series(request: HttpRequest, series_id: int) -> HttpResponse:
    found = get_object_or_404(Series.objects.prefetch_related("accounts").select_related("owner"), pk=series_id)
    today = timezone.localdate()
    occurrences = list(found.occurrences.from_day(today).select_related("post"))
    untouched = set(found.occurrences.untouched().values_list("pk", flat=True))
    context = {
        "series": found, "occurrences": [(each, each.pk in untouched) for each in occurrences],
        "coming": [] if found.stopped_at else coming(found), "past": found.occurrences.filter(day__lt=today).count(),
        "may_write": may_change_series(request.user, found),
    }  # fmt: skip
    return render(request, "publishing/series_one.html", context)


@require_http_methods(["GET", "POST"])
@needs(WRITE_POSTS)
def change_series(request: HttpRequest, series_id: int) -> HttpResponse:
    """This time and the next: from a day on (`?a-partir`), today when none is named."""
    found = writable(request, series_id)
    start = day_asked(request)
    form = SeriesForm(request.POST or None, written=list(accounts_written_by(request.user)), series=found)
    if acted(request, form, lambda: change(found, form.kept, form.chosen, start, by=request.user)):
        return done(
            request, _("Kept. Times that somebody has touched stay as they are."), "publishing:a_series", found.pk
        )
    context = {"form": form, "series": found, "start": start}
    return render(request, "publishing/series_form.html", context, status=422 if form.errors else 200)


@require_POST
@needs(WRITE_POSTS)
def stop_series(request: HttpRequest, series_id: int) -> HttpResponse:
    found = writable(request, series_id)
    try:
        dropped = stop(found, by=request.user)
    except Refused as refusal:
        return refused(request, refusal, "publishing:a_series", found.pk)
    sentence = ngettext(
        "It is stopped. %(count)d draft that nobody had touched is withdrawn.",
        "It is stopped. %(count)d drafts that nobody had touched are withdrawn.",
        dropped,
    )
    return done(request, sentence % {"count": dropped}, "publishing:a_series", found.pk)


def writable(request: HttpRequest, series_id: int) -> Series:
    found = get_object_or_404(Series, pk=series_id)
    if not may_change_series(request.user, found):
        raise NotAllowed(WRITE_POSTS)
    return found


def day_asked(request: HttpRequest) -> Any:
    try:
        found = parse_date(request.GET.get("a-partir", ""))
    except ValueError:
        found = None
    return max(found, timezone.localdate()) if found else timezone.localdate()
