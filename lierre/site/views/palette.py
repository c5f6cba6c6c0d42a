"""Go to a place of the house, or to a person, by a few letters."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from lierre.foundation.abilities import may
from lierre.people.directory.suggesting import find_persons
from lierre.people.fold.text import folded
from lierre.people.permissions import SEE_PERSONS
from lierre.site.navigation import PLACES, Section, open_to


@require_safe
def go(request: HttpRequest) -> HttpResponse:
    """The page; only the options when the palette asks. Nobody finds here what they may not open."""
    query = request.GET.get("q", "")[:100].strip()
    sees_persons = may(request.user, SEE_PERSONS)
    context = {
        "query": query,
        "places": places_named(request, query),
        "sees_persons": sees_persons,
        "persons": find_persons(request, query) if sees_persons else [],
    }
    template = "site/go_options.html" if request.headers.get("HX-Request") else "site/go.html"
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def places_named(request: HttpRequest, query: str) -> list[Section]:
    """The places that each word begins a word of. All of them when nothing is asked."""
    words = folded(query).split()
    places = open_to(request, PLACES)
    return [place for place in places if all(f" {word}" in f" {folded(str(place.label))}" for word in words)]
