"""Segments: the list, the builder, the page of one, and taking its persons away."""

from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lierre.foundation.abilities import may, needs
from lierre.foundation.errors import Refused
from lierre.foundation.export import csv_response, xlsx_response
from lierre.people.directory.listing import columns_asked
from lierre.people.directory.question import Question
from lierre.people.directory.rows import all_rows
from lierre.people.directory.snapshot import sight_of
from lierre.people.directory.viewer import Viewer
from lierre.people.forms.segments import TakeForm
from lierre.people.models import SavedSearch, Segment
from lierre.people.permissions import EXPORT_PERSONS, USE_SEGMENTS
from lierre.people.segments.answering import Answer
from lierre.people.segments.building import OPENING, Draft
from lierre.people.segments.converting import from_search
from lierre.people.segments.drawing import drawn
from lierre.people.segments.question import Group, read
from lierre.people.segments.using import uses
from lierre.people.views.loading import see_other

# Beyond, a spreadsheet takes minutes to write and to open.
MOST_ROWS_OF_A_SHEET: Final = 100_000


@require_safe
@needs(USE_SEGMENTS)
def segments(request: HttpRequest) -> HttpResponse:
    sight = sight_of(Viewer.of(request.user))
    found = [(each, Answer(sight, read(each.question), each.pk)) for each in Segment.objects.standing()]
    return render(
        request,
        "people/segments/list.html",
        {"segments": found, "searches": SavedSearch.objects.of(request.user)},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(USE_SEGMENTS)
def new_segment(request: HttpRequest) -> HttpResponse:
    """Begun with nothing, or with what was asked of the directory."""
    if request.method == "POST":
        return build(request, None)
    search = SavedSearch.objects.of(request.user).filter(pk=number_in(request.GET.get("recherche", ""))).first()
    query = search.query if search else request.GET.get("de", "")[:4000]
    question = from_search(Question.read(QueryDict(query))) if query else OPENING
    return builder(request, Draft(question, str(search or "")), None)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(USE_SEGMENTS)
def change_segment(request: HttpRequest, segment_id: int) -> HttpResponse:
    segment = get_object_or_404(Segment.objects.standing(), pk=segment_id)
    if request.method == "POST":
        return build(request, segment)
    return builder(request, Draft(read(segment.question), segment.name, segment.purpose), segment)


def build(request: HttpRequest, segment: Segment | None) -> HttpResponse:
    """One gesture on the question; it is kept only when that is what was asked."""
    sight, act = sight_of(Viewer.of(request.user)), request.POST.get("act", "")
    draft = Draft(OPENING)
    try:
        draft = Draft.sent(request.POST, sight).doing(act, request.POST)
        if act == "keep" and not draft.faults:
            return keep(request, draft, segment)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return builder(request, draft, segment, status=422)
    return builder(request, draft, segment, status=422 if draft.faults else 200)


def keep(request: HttpRequest, draft: Draft, segment: Segment | None) -> HttpResponse:
    if not draft.kept.members:
        raise Refused(_("This asks nothing yet: add a condition first."))
    question = draft.kept.as_json()
    if segment is None:
        segment = Segment.objects.keep(draft.name, question, by=request.user, purpose=draft.purpose)
    else:
        segment.change(draft.name, question, by=request.user, purpose=draft.purpose)
    messages.success(request, _("The segment “%(name)s” is kept.") % {"name": segment})
    return see_other(segment)


def builder(request: HttpRequest, draft: Draft, segment: Segment | None, status: int = 200) -> HttpResponse:
    """The page; only the part that changes when htmx asks."""
    sight, itself = sight_of(Viewer.of(request.user)), segment.pk if segment else None
    answer = answered(sight, draft.question, itself or 0)
    part = "builder" if request.headers.get("HX-Request") else "build"
    context = {"draft": draft, "whole": drawn(sight, draft, itself), "segment": segment, "answer": answer}
    response = render(request, f"people/segments/{part}.html", context, status=200 if part == "builder" else status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def answered(sight: Any, question: Group, itself: int) -> Answer | None:
    """None for a question that would ask itself: it is said, and can be mended."""
    answer = Answer(sight, question, itself)
    try:
        _total = answer.total
    except Refused:
        return None
    return answer


@require_safe
@needs(USE_SEGMENTS)
def segment(request: HttpRequest, segment_id: int) -> HttpResponse:
    return page(request, get_object_or_404(Segment.objects.standing(), pk=segment_id), TakeForm())


def page(request: HttpRequest, segment: Segment, form: TakeForm, status: int = 200) -> HttpResponse:
    answer = Answer(sight_of(Viewer.of(request.user)), read(segment.question), segment.pk)
    answer.looked_at(by=request.user)
    context = {
        "segment": segment, "answer": answer, "form": form, "uses": uses(segment), "versions": segment.versions.all(),
        "may_export": may(request.user, EXPORT_PERSONS),
    }  # fmt: skip
    return render(request, "people/segments/page.html", context, status=status)


@require_POST
@needs(EXPORT_PERSONS)
def take_segment(request: HttpRequest, segment_id: int) -> HttpResponseBase:
    """Its persons, in the usual columns: what the viewer may see, and a line in the journal with the reason."""
    segment, form = get_object_or_404(Segment.objects.standing(), pk=segment_id), TakeForm(request.POST)
    if not form.is_valid():
        return page(request, segment, form, status=422)
    sight, asked = sight_of(Viewer.of(request.user)), form.cleaned_data
    answer = Answer(sight, read(segment.question), segment.pk)
    ids = answer.in_order(writable=asked["whom"] == "writable")
    if asked["form"] == "xlsx" and len(ids) > MOST_ROWS_OF_A_SHEET:
        form.add_error("form", _("This is too long for a spreadsheet: take it as CSV, or narrow it down."))
        return page(request, segment, form, status=422)
    columns = columns_asked(sight.viewer, ())
    try:
        answer.taken_away(segment, ids, form=asked["form"], reason=form.why, by=request.user)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return page(request, segment, form, status=422)
    rows = ([column.value(row) for column in columns] for row in all_rows(sight, ids))
    respond = csv_response if asked["form"] == "csv" else xlsx_response
    return respond(_("segment"), [str(column.label) for column in columns], rows)


@require_POST
@needs(USE_SEGMENTS)
def forget_segment(request: HttpRequest, segment_id: int) -> HttpResponse:
    """Refused as long as something asks it: that would change in silence."""
    segment = get_object_or_404(Segment.objects.standing(), pk=segment_id)
    if uses(segment):
        messages.error(request, _("This segment is used: take it away from there first."))
        return see_other(segment)
    segment.forget(by=request.user)
    messages.success(
        request, _("The segment “%(name)s” is forgotten. What was done with it stays explained.") % {"name": segment}
    )
    return see_other("people:segments")


def number_in(text: str) -> int:
    return int(text) if text.isdigit() and len(text) < 12 else 0
