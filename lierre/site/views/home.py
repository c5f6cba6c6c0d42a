"""What waits for each person when they come in, and the rooms of the house."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from lierre.accounts.models import User
from lierre.foundation import permissions as foundation
from lierre.foundation.abilities import may
from lierre.foundation.models.journal import Entry
from lierre.people import permissions as people
from lierre.people.directory.snapshot import current
from lierre.people.directory.viewer import Viewer
from lierre.people.models import Import, Person
from lierre.site.navigation import HOUSE, open_to
from lierre.site.waiting import waiting_for

LATEST = 6


def home(request: HttpRequest) -> HttpResponse:
    user = request.user
    assert isinstance(user, User)
    brings = may(user, people.BRING_FILES)
    context = {
        "today": timezone.localdate(),
        "tasks": waiting_for(user),
        "brings_files": brings,
        "imports": list(Import.objects.latest_first()[:LATEST]) if brings else [],
        "persons": len(current().sight(Viewer.of(user)).everybody) if may(user, people.SEE_PERSONS) else None,
        "own": Person.objects.filter(account=user).first(),
        "entries": list(Entry.objects.order_by("-id")[:LATEST]) if may(user, foundation.READ_JOURNAL) else [],
    }
    return render(request, "site/home.html", context)


def house(request: HttpRequest) -> HttpResponse:
    """Everything that does not stand in the masthead."""
    return render(request, "site/house.html", {"rooms": open_to(request, HOUSE)})
