"""What someone does now: four fields, one of which is enough."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lierre.foundation.forms.dressed import HouseForm
from lierre.people.forms.dates import PartialDateField


class AnswerForm(HouseForm):
    title = forms.CharField(label=_("What do you do?"), max_length=200, required=False)
    employer = forms.CharField(
        label=_("Where?"), max_length=200, required=False, widget=forms.TextInput({"autocomplete": "organization"})
    )
    city = forms.CharField(
        label=_("In which town?"),
        max_length=100,
        required=False,
        widget=forms.TextInput({"autocomplete": "address-level2"}),
    )
    started = PartialDateField(label=_("Since when?"), required=False, help_text=_("A year is enough."))
    nothing = forms.BooleanField(label=_("I hold no position at the moment."), required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not given.get("nothing") and not given.get("title") and not given.get("employer"):
            self.add_error("title", gettext("Say what you do, or where; or that you hold no position."))
        return given

    def position(self) -> dict[str, Any]:
        """As a record says it; nothing when they hold none."""
        if self.cleaned_data.get("nothing"):
            return {}
        names = ("employer", "title", "city", "started")
        return {name: self.cleaned_data[name] for name in names if self.cleaned_data.get(name)}
