"""What waits for each person when they come in, and the rooms of the house."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lierre.accounts.models import User
from lierre.site.desk import desk_of
from lierre.site.navigation import rooms


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """First what waits, then figures, then what happened."""
    assert isinstance(request.user, User)
    return render(request, "site/home.html", desk_of(request.user))


@require_safe
def house(request: HttpRequest) -> HttpResponse:
    """Everything that does not stand in the masthead."""
    return render(request, "site/house.html", {"floors": rooms(request)})
