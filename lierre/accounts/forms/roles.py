"""A role to give: which one, where, from when and until when, and why."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.accounts.forms.units import UnitChoice
from lierre.accounts.models import Role, Unit, User
from lierre.accounts.permissions import giving, may_give, roles_given_by, units_where
from lierre.foundation.forms.dressed import ReasonForm, day


def units_to_choose(user: User, kinds: list[str]) -> QuerySet[Unit]:
    """The units where this person may give one of these roles."""
    wanted = Q(pk__in=[])
    for ability in {giving(kind) for kind in kinds}:
        wanted |= Q(pk__in=units_where(user, ability))
    return Unit.objects.filter(wanted).order_by("path")


class RoleForm(ReasonForm):
    """Only what this person may give is offered, and checked again with the unit that was chosen."""

    kind = forms.ChoiceField(label=gettext_lazy("Role"))
    unit = UnitChoice(
        Unit.objects.none(),
        label=gettext_lazy("In"),
        empty_label=None,
        help_text=gettext_lazy("It counts there and in every unit below."),
    )
    since = day(gettext_lazy("First day"), initial=timezone.localdate, required=True)
    until = day(gettext_lazy("Last day"), help_text=gettext_lazy("Leave empty when no end is known."))
    field_order = ["kind", "unit", "since", "until", "reason"]

    def __init__(self, *values: Any, by: User, **options: Any) -> None:
        super().__init__(*values, **options)
        self.by = by
        kinds = roles_given_by(by)
        kind, unit = self.fields["kind"], self.fields["unit"]
        assert isinstance(kind, forms.ChoiceField)
        assert isinstance(unit, UnitChoice)
        kind.choices = [choice for choice in Role.Kind.choices if choice[0] in kinds]
        unit.queryset = units_to_choose(by, kinds)

    def clean(self) -> dict[str, Any]:
        asked = super().clean() or self.cleaned_data
        kind, unit, since, until = (asked.get(name) for name in ("kind", "unit", "since", "until"))
        if kind and unit and not may_give(self.by, kind, unit):
            raise ValidationError(_("Your role does not let you give this one there. Choose another unit."))
        first: date = since or timezone.localdate()
        if until and until < max(first, timezone.localdate()):
            self.add_error("until", _("This last day is already over, or comes before the first one."))
        return asked


class InvitationForm(RoleForm):
    """An address, the role that waits there, and a word of welcome."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail"), max_length=254, widget=forms.EmailInput({"autocomplete": "off"})
    )
    message = forms.CharField(
        label=gettext_lazy("A word of welcome"),
        max_length=1_000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=gettext_lazy("It stands at the head of the message, above the link. May be left empty."),
    )
    since = None  # type: ignore[assignment]
    reason = None  # type: ignore[assignment]
    field_order = ["email", "kind", "unit", "until", "message"]

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    @property
    def said(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("email", "kind", "unit", "until", "message")}
