"""What someone looks for in the list of users."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from lierre.accounts.forms.units import UnitChoice
from lierre.accounts.models import Role, Unit, User
from lierre.accounts.models.user import UserQuerySet
from lierre.accounts.permissions import users_visible_to
from lierre.foundation.forms.dressed import HouseForm

STATES: Final = [
    ("", _("Whatever the state")),
    ("active", _("may sign in")),
    ("inactive", _("deactivated")),
    ("never", _("never came")),
]


class UserFilter(HouseForm):
    """Every field may be left empty."""

    q = forms.CharField(label=_("Name or e-mail"), max_length=100, required=False)
    role = forms.ChoiceField(label=_("Role"), required=False, choices=[("", _("Any role")), *Role.Kind.choices])
    unit = UnitChoice(
        Unit.objects.order_by("path"), label=_("In this unit or below"), required=False, empty_label=_("Anywhere")
    )
    state = forms.ChoiceField(label=_("State"), required=False, choices=STATES)

    def users(self, by: User) -> UserQuerySet:
        """Those asked for, among those this person may see. What is not understood filters nothing."""
        self.is_valid()
        asked: dict[str, Any] = self.cleaned_data
        found = users_visible_to(by).called(asked.get("q", ""))
        if asked.get("role") or asked.get("unit"):
            found = found.holding(asked.get("role", ""), within=[asked["unit"]] if asked.get("unit") else None)
        if asked.get("state") == "never":
            return found.active().who_never_came()
        if asked.get("state"):
            return found.filter(is_active=asked["state"] == "active")
        return found
