"""What is known of a breach, and whether the authority is told."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lierre.foundation.forms.dressed import HouseForm, day
from lierre.privacy.models import Breach

TEXT = forms.Textarea({"rows": 4})


def moment(label: Any, **options: Any) -> forms.DateTimeField:
    """A day and an hour, as browsers spell them."""
    widget = forms.DateTimeInput({"type": "datetime-local"}, "%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=widget, input_formats=["%Y-%m-%dT%H:%M"], **options)


class BreachForm(HouseForm):
    """Names of persons do not belong here: how many they are does."""

    title = forms.CharField(label=_("In a few words"), max_length=150)
    nature = forms.ChoiceField(label=_("Nature"), choices=Breach.Nature.choices)
    noticed_at = moment(_("Noticed on"), help_text=_("The 72 hours begin here."))
    happened = forms.CharField(label=_("What happened"), max_length=4_000, widget=TEXT)
    about = forms.CharField(label=_("Which data, of whom"), max_length=1_000, widget=TEXT)
    persons = forms.IntegerField(
        label=_("How many persons"), min_value=0, required=False, help_text=_("Empty: not known yet.")
    )
    consequences = forms.CharField(label=_("What may follow for them"), max_length=2_000, widget=TEXT, required=False)
    measures = forms.CharField(label=_("What was done"), max_length=4_000, widget=TEXT, required=False)
    persons_told_on = day(_("The persons were told on"), help_text=_("When the risk for them is high."))

    def clean_noticed_at(self) -> Any:
        found = self.cleaned_data["noticed_at"]
        if found > timezone.now():
            raise ValidationError(_("This hour has not come yet."))
        return found


class AuthorityForm(HouseForm):
    """Told, and when; or not, and why."""

    told = forms.ChoiceField(
        label=_("The authority"), widget=forms.RadioSelect,
        choices=[("yes", _("is told")), ("no", _("is not told: no risk for the persons"))],
    )  # fmt: skip
    at = moment(_("Told on"), required=False)
    reason = forms.CharField(label=_("Why there is no risk"), max_length=1_000, widget=TEXT, required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("told") == "yes" and not said.get("at"):
            self.add_error("at", _("Say when."))
        if said.get("told") == "no" and not said.get("reason", "").strip():
            self.add_error("reason", _("Say why there is no risk for the persons: the authority may ask."))
        return said
