"""Who speaks for the institution: its ambassadors, and the units that have none."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from lierre.accounts.models import Role, Unit
from lierre.foundation.charts.words import number
from lierre.site.figures.shown import Shown, figure


def figures_of_voices() -> Iterator[Shown]:
    held = Role.objects.in_force().filter(kind=Role.Kind.AMBASSADOR, user__is_active=True)
    holders = list(held.values_list("user", "unit__path"))
    paths = {path for _user, path in holders}
    units = list(Unit.objects.open().exclude(parent=None).values_list("path", flat=True))
    without = sum(not any(path.startswith(unit) or unit.startswith(path) for path in paths) for unit in units)
    yield Shown(
        figure(_("Ambassadors"), len({user for user, _path in holders}), "",
               _("Teachers and staff who hold this role today, wherever in the institution.")),
        beside=_("%(count)s of %(all)s units have none, neither theirs nor above them.")
        % {"count": number(without), "all": number(len(units))} if units else "",
        address=reverse("accounts:units"),
    )  # fmt: skip
