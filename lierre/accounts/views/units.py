"""The tree of the units, and each unit: who works there, and what can be changed."""

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from lierre.accounts.models import Role, Unit
from lierre.accounts.permissions import MANAGE_UNITS, SEE_UNITS, SEE_USERS, STAFF
from lierre.accounts.tree import grow
from lierre.foundation.abilities import may, needs
from lierre.foundation.models.journal import Entry
from lierre.foundation.permissions import READ_JOURNAL

ENTRIES = 12


@require_safe
@needs(SEE_UNITS)
def units(request: HttpRequest) -> HttpResponse:
    closed = request.GET.get("closed") == "1"
    context = {
        "root": grow(closed_too=closed),
        "closed": closed,
        "closed_count": Unit.objects.exclude(closed_on=None).count(),
        "open_count": Unit.objects.open().count(),
        "may_manage": may(request.user, MANAGE_UNITS),
    }
    return render(request, "accounts/units/tree.html", context)


@require_safe
@needs(SEE_UNITS)
def unit(request: HttpRequest, unit_id: int) -> HttpResponse:
    shown = get_object_or_404(Unit.objects.select_related("parent"), pk=unit_id)
    in_force = Role.objects.in_force().filter(user__is_active=True)
    # Thousands of graduates may hold a role at the top: they are counted, the staff is named.
    staff = in_force.filter(kind__in=STAFF).select_related("user", "unit")
    context = {
        "unit": shown,
        "above": Unit.objects.above(shown).exclude(pk=shown.pk),
        "branches": Unit.objects.filter(parent=shown).order_by("closed_on", "path"),
        "held": staff.held_in(shown).order_by("kind", "user__name"),
        "members": members_in(shown),
        "inherited": staff.felt_in(shown).exclude(unit=shown).order_by("unit__path", "kind", "user__name"),
        "below": in_force.below(shown).exclude(unit=shown).count(),
        "may_manage": may(request.user, MANAGE_UNITS, shown),
        "may_see_users": may(request.user, SEE_USERS),
        "entries": Entry.objects.about(shown)[:ENTRIES] if may(request.user, READ_JOURNAL) else None,
    }
    return render(request, "accounts/units/unit.html", context)


def members_in(unit: Unit) -> list[tuple[str, int]]:
    """Each role that is not one of staff, and how many hold it in this very unit."""
    held = Role.objects.in_force().held_in(unit).filter(user__is_active=True).exclude(kind__in=STAFF)
    counted = held.values("kind").annotate(count=Count("pk")).order_by("kind")
    return [(str(Role.Kind(each["kind"]).label), each["count"]) for each in counted]
