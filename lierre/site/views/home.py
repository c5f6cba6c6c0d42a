"""What waits for each person when they come in, and the rooms of the house."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lierre.accounts.models import Acting, User
from lierre.site.desk import desk_of
from lierre.site.navigation import rooms


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """First what waits, then figures, then what happened."""
    assert isinstance(request.user, User)
    acted = Acting.objects.for_place_of(request.user).of_this_week() if request.user.replaced_until else ()
    return render(request, "site/home.html", {**desk_of(request.user), "acted": acted})


@require_safe
def house(request: HttpRequest) -> HttpResponse:
    """Everything that does not stand in the masthead."""
    return render(request, "site/house.html", {"floors": rooms(request)})
