"""The directory: search, narrow down, keep a search, take a list away."""

from dataclasses import replace
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lierre.accounts.views.answers import acted
from lierre.foundation.abilities import may, needs
from lierre.foundation.errors import Refused
from lierre.foundation.export import csv_response, xlsx_response
from lierre.foundation.forms.dressed import ReasonForm
from lierre.people.directory import looks, maps, mass
from lierre.people.directory.answering import Answer, answer
from lierre.people.directory.drawing import drawn
from lierre.people.directory.facets import FACETS
from lierre.people.directory.listing import columns_asked, columns_for, unusual
from lierre.people.directory.question import Question
from lierre.people.directory.rows import all_rows
from lierre.people.directory.suggesting import suggestions
from lierre.people.directory.viewer import Viewer
from lierre.people.models import SavedSearch
from lierre.people.permissions import BRING_FILES, EXPORT_PERSONS, SEE_PERSONS

ORDERS: Final[tuple[tuple[str, str | Promise], ...]] = (
    ("nom", _("name")),
    ("promotion", _("class")),
    ("fraicheur", _("freshness")),
)
VIEWS: Final = (("liste", _("list")), ("tableau", _("table")), ("vignettes", _("cards")), ("carte", _("map")))
# Beyond, a spreadsheet takes minutes to write and to open.
MOST_ROWS_OF_A_SHEET: Final = 100_000


@require_safe
@needs(SEE_PERSONS)
def directory(request: HttpRequest) -> HttpResponse:
    """The page; only its answer when htmx asks."""
    viewer = Viewer.of(request.user)
    question = Question.read(request.GET)
    found = answer(replace(question, columns=unusual(viewer, question.columns)), viewer)
    if viewer.everything and found.question.view != "carte":
        looks.saw_list(found.rows, found, by=request.user)
    asked_by = request.headers.get("HX-Source", "")
    template = "fragment" if asked_by else "page"
    context = {**page_context(request, found), "asked_by": asked_by}
    response = render(request, f"people/directory/{template}.html", context)
    if asked_by:
        # What is typed replaces the address, what is chosen is one step that “back” takes back.
        response["HX-Push-Url" if asked_by == "details#filters" else "HX-Replace-Url"] = address_of(found.question)
    patch_vary_headers(response, ["HX-Source"])
    return response


def page_context(request: HttpRequest, found: Answer) -> dict[str, Any]:
    viewer, question = found.sight.viewer, found.question
    return {
        "answer": found,
        "question": question,
        "start": question.from_the_start.query,
        "columns": columns_asked(viewer, question.columns),
        "possible_columns": columns_for(viewer),
        "may_export": may(request.user, EXPORT_PERSONS),
        "is_mass": mass.is_mass(found.total),
        "may_bring": may(request.user, BRING_FILES),
        "orders": [each for each in ORDERS if viewer.everything or each[0] != "fraicheur"],
        "views": VIEWS,
        "searches": SavedSearch.objects.of(request.user),
        **drawings(found),
    }


def drawings(found: Answer) -> dict[str, Any]:
    places = maps.places(found)
    france, world = drawn("departments", places.departments), drawn("countries", places.countries)
    return {"places": places, "france": france, "world": world}


@require_safe
@needs(SEE_PERSONS)
def suggest(request: HttpRequest) -> HttpResponse:
    """What may be meant by the beginning of a word, as JSON or as a list of options."""
    found = suggestions(Viewer.of(request.user), request.GET.get("q", "")[:200])
    if request.accepts("text/html"):
        return render(request, "people/directory/suggestions.html", {"suggestions": found})
    return JsonResponse(
        {"suggestions": [{"label": one.label, "detail": one.detail, "address": one.address} for one in found]}
    )


@require_safe
@needs(SEE_PERSONS)
def facet(request: HttpRequest, parameter: str) -> HttpResponse:
    """All the values of one facet, and a search among them."""
    asked = next((each for each in FACETS if each.parameter == parameter), None)
    if asked is None:
        raise Http404
    question, words = Question.read(request.GET).from_the_start, request.GET.get("dans", "")[:100]
    found = answer(question, Viewer.of(request.user))
    values = [
        (value, (question.removing if value.chosen else question.adding)(asked.name, value.value).query)
        for value in found.values(asked, words)
    ]
    part = "#values" if request.headers.get("HX-Request") else ""
    context = {"facet": asked, "question": question, "values": values, "words": words, "total": found.total}
    response = render(request, f"people/directory/facet.html{part}", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@needs(EXPORT_PERSONS)
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The persons found, in the columns asked for: what the viewer may see, and a line in the journal."""
    found = answer(Question.read(request.GET).from_the_start, Viewer.of(request.user))
    if form == "xlsx" and found.total > MOST_ROWS_OF_A_SHEET:
        messages.error(request, gettext("This is too long for a spreadsheet: take it as CSV, or narrow it down."))
        return redirect(address_of(found.question))
    why = ReasonForm(request.POST or None)
    if not mass.is_mass(found.total):
        looks.took_away(found, form, by=request.user)
    elif not acted(request, why, lambda: looks.took_away(found, form, by=request.user, why=why.why)):
        context = {
            "form": why, "total": found.total, "most": settings.MASS_EXPORT, "back": address_of(found.question),
        }  # fmt: skip
        return render(request, "people/directory/take_away.html", context, status=422 if why.errors else 200)
    columns = columns_asked(found.sight.viewer, found.question.columns)
    rows = ([column.value(row) for column in columns] for row in all_rows(found.sight, found.all_ids()))
    respond = csv_response if form == "csv" else xlsx_response
    return respond(gettext("directory"), [str(column.label) for column in columns], rows)


@require_POST
@needs(SEE_PERSONS)
def keep_search(request: HttpRequest) -> HttpResponse:
    question = Question.read(QueryDict(request.POST.get("recherche", "")[:4000])).from_the_start
    try:
        kept = SavedSearch.objects.keep(request.POST.get("nom", ""), question.query, by=request.user)
        messages.success(request, gettext("This search is kept as “%(name)s”.") % {"name": kept})
    except Refused as refusal:
        messages.error(request, str(refusal))
    return see_other(question)


@require_POST
@needs(SEE_PERSONS)
def forget_search(request: HttpRequest, search_id: int) -> HttpResponse:
    """The address stays open on what the search asked, so that keeping it again takes one gesture."""
    search = get_object_or_404(SavedSearch.objects.of(request.user), id=search_id)
    search.forget(by=request.user)
    messages.success(request, gettext("The search “%(name)s” is forgotten.") % {"name": search})
    return see_other(Question.read(QueryDict(search.query)))


def see_other(question: Question) -> HttpResponse:
    response = redirect(address_of(question))
    response.status_code = 303
    return response


def address_of(question: Question) -> str:
    return f"{reverse('people:directory')}?{question.query}".rstrip("?")
