"""The form of the thresholds: two shares in a hundred."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.foundation.forms.dressed import HouseForm
from lierre.people.models.matching_rule import LEAST


def chances(label: Any, help_text: Any) -> forms.FloatField:
    widget = forms.NumberInput({"step": "0.1", "min": 100 * LEAST, "max": "100", "inputmode": "decimal"})
    return forms.FloatField(label=label, help_text=help_text, min_value=100 * LEAST, max_value=100, widget=widget)


class ThresholdsForm(HouseForm):
    """In chances out of a hundred, as people speak."""

    ask = chances(
        gettext_lazy("Ask somebody from"),
        gettext_lazy("Chances in 100. Below, the line makes a new person: lower, and more is asked of you."),
    )
    link = chances(
        gettext_lazy("Link alone from"),
        gettext_lazy("Chances in 100. Above, nobody is asked: higher, and the machine is wrong less often."),
    )

    def clean(self) -> dict[str, Any]:
        asked: dict[str, Any] = super().clean() or {}
        if "ask" in asked and "link" in asked and asked["ask"] > asked["link"]:
            raise ValidationError(
                _("Somebody must be asked before a line is linked alone: the first threshold is the lower.")
            )
        return asked

    @property
    def thresholds(self) -> tuple[float, float]:
        """Those to ask from, and to link alone from, as probabilities."""
        return self.cleaned_data["ask"] / 100, self.cleaned_data["link"] / 100
