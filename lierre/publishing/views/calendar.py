"""The editorial calendar: a month, a week, a list; and moving a post, or a mailing, to another day."""

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from lierre.accounts.models import Unit
from lierre.accounts.views.answers import done, refused, see_other
from lierre.foundation.abilities import NotAllowed, may, needs
from lierre.foundation.errors import Refused
from lierre.foundation.zones import said
from lierre.publishing.desk import asking
from lierre.publishing.forms.moving import MoveForm
from lierre.publishing.mailing.planning import LETTER
from lierre.publishing.models import Account
from lierre.publishing.network_names import name_of
from lierre.publishing.permissions import SEE_POSTS, WRITE_POSTS
from lierre.publishing.planning import Day, Filter, days, month_bounds
from lierre.publishing.rhythm.in_sight import day_asked, in_sight, on_its_clock, seen_on
from lierre.publishing.spoken import Spoken, may_move, named, needed_to_move

LOOKS = ("draft", "waiting", "ready", "stuck", "sent")
# Where the last move is kept until the next page, so that it can be undone there.
MOVED = "publishing.moved"
FILTERS = ("reseau", "compte", "unite", "campagne")


def asked_of(request: HttpRequest) -> Filter:
    network, code = request.GET.get("reseau", ""), request.GET.get("unite", "")
    unit = Unit.objects.filter(code=code).first() if code else None
    account = request.GET.get("compte", "")
    number = int(account) if account.isdecimal() and len(account) < 10 else 0
    return Filter(network[:30], unit.path if unit else "", number, request.GET.get("campagne", "").strip()[:100])


def day_of(request: HttpRequest) -> date:
    return day_asked(request.GET)


def surroundings(request: HttpRequest, found: list[Day]) -> dict[str, Any]:
    """What the views by day share: how many of each state, the tools, who may write."""
    looks = Counter(slot.look for day in found if not day.outside for slot in day.slots)
    counts = {"counts": {look: looks[look] for look in LOOKS}, "total": looks.total(), "to_check": asking().count()}
    return counts | {"may_write": may(request.user, WRITE_POSTS)} | tools(request)


def tools(request: HttpRequest) -> dict[str, Any]:
    """The filters that every view of the calendar keeps."""
    accounts = list(Account.objects.living().only("network", "name", "label").order_by("network", "label"))
    codes = dict.fromkeys(each.network for each in accounts)
    networks = [*((code, name_of(code)) for code in codes), (LETTER, pgettext("channel", "letters"))]
    kept = request.GET.copy()
    for name in ("mois", "jour"):
        kept.pop(name, None)
    return {
        "networks": networks, "accounts": accounts, "units": Unit.objects.open(),
        "filtered": any(request.GET.get(name) for name in FILTERS),
        "kept": f"&{kept.urlencode()}" if kept else "", "undo": request.session.pop(MOVED, None),
    }  # fmt: skip


@require_safe
@needs(SEE_POSTS)
def month(request: HttpRequest) -> HttpResponse:
    first = day_of(request).replace(day=1)
    found = days(*month_bounds(first.year, first.month), asked_of(request), first.month)
    weeks = [found[start : start + 7] for start in range(0, len(found), 7)]
    context = {
        "month": first, "first": first, "weeks": weeks, "before": first - timedelta(days=1),
        "after": first + timedelta(days=32), "view": "month",
    }  # fmt: skip
    return render(request, "publishing/month.html", context | surroundings(request, found))


@require_safe
@needs(SEE_POSTS)
def week(request: HttpRequest) -> HttpResponse:
    day = day_of(request)
    first = day - timedelta(days=day.weekday())
    found = days(first, first + timedelta(days=6), asked_of(request))
    context = {
        "days": found, "first": first, "last": first + timedelta(days=6), "before": first - timedelta(days=7),
        "after": first + timedelta(days=7), "view": "week",
    }  # fmt: skip
    return render(request, "publishing/week.html", context | surroundings(request, found))


@require_safe
@needs(SEE_POSTS)
def agenda(request: HttpRequest) -> HttpResponse:
    """A list: four weeks from a day on."""
    first = day_of(request)
    last = first + timedelta(days=27)
    found = days(first, last, asked_of(request))
    context = {
        "days": [day for day in found if day.slots or day.notes or day.is_today], "first": first, "last": last,
        "before": first - timedelta(days=28), "after": first + timedelta(days=28), "view": "list",
    }  # fmt: skip
    return render(request, "publishing/agenda.html", context | surroundings(request, found))


@require_POST
@needs(WRITE_POSTS)
def move(request: HttpRequest) -> HttpResponse:
    """It goes to another day, at the same hour of the clock. Back to where one was, in sight; and it can be undone."""
    form = MoveForm(request.POST)
    if not form.is_valid():
        return see_other("publishing:calendar")
    key, back = form.cleaned_data["post"], form.cleaned_data["back"] or "publishing:calendar"
    if (found := named(key)) is None:
        raise Http404
    if not may_move(request.user, found):
        raise NotAllowed(needed_to_move(found))
    day, undone = form.cleaned_data["day"], "undone" in request.POST
    before = {"post": key, "title": found.title, "day": str(seen_on(found) or ""), "at": str(found.due_at or "")}
    try:
        put(found, day, form.cleaned_data["at"] if undone else None, by=request.user)
    except Refused as refusal:
        return refused(request, refusal, at_card(back, key))
    if not undone:
        request.session[MOVED] = before
    return tell_moved(request, found, at_card(in_sight(back, day), key))


def put(found: Spoken, day: date, at: datetime | None, *, by: Any) -> None:
    """On a day; or, undone, at the very instant where it was, when that is still to come."""
    if at is None or (at < timezone.now() and found.state != "draft"):
        found.move_to(on_its_clock(found, day), by=by)
    else:
        found.reschedule(at, by=by)


def tell_moved(request: HttpRequest, found: Spoken, address: str) -> HttpResponse:
    """A draft may stand in the past: whoever puts it there is told."""
    told = {"post": found, "moment": said(found.due_at, "DATETIME_FORMAT") if found.due_at else ""}
    if found.due_at and found.due_at < timezone.now():
        passed = _(
            "“%(post)s” is now on %(moment)s, which has passed: nothing leaves of it before another hour is chosen."
        )
        messages.warning(request, passed % told, extra_tags="tone-warn")
        return see_other(address)
    return done(request, _("“%(post)s” is now planned for %(moment)s.") % told, address)


def at_card(back: str, key: str) -> str:
    """Where it stands there: it has the focus again, and what is said of it is said aloud."""
    return f"{back}#p{key}" if back.startswith("/") else back
