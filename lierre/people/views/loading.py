"""What the pages about one person begin with: find the person, say who looks."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, resolve_url

from lierre.people.directory import looks
from lierre.people.models import Person
from lierre.people.readings.sheet import Sheet


class SeeOther(HttpResponseRedirect):
    status_code = 303


def person_or_404(public_id: str) -> Person:
    return get_object_or_404(Person.objects.select_related("account"), public_id=public_id)


def sheet_or_404(request: HttpRequest, public_id: str) -> Sheet:
    """For those who may see everything. Whatever page shows it, looking at someone who is hidden leaves a trace."""
    sheet = Sheet.for_everyone_to_know(person_or_404(public_id))
    looks.saw_person(sheet.person, by=request.user)
    return sheet


def own_person_or_404(request: HttpRequest) -> Person:
    """The person of this account."""
    person = Person.objects.filter(account=request.user.pk).first()
    if person is None:
        raise Http404
    return person


def see_other(address: Any, *arguments: object, **named: object) -> HttpResponse:
    """After a change, look at the result: the address can be loaded again without doing it twice."""
    return SeeOther(resolve_url(address, *arguments, **named))
