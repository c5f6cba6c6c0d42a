"""What every form of the house shares: fields dressed alike, and a reason."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

UNDRESSED = (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple)


def dress(field: forms.Field) -> None:
    if not isinstance(field.widget, UNDRESSED):
        field.widget.attrs["class"] = "input"


def day(label: Any, *, required: bool = False, **options: Any) -> forms.DateField:
    """A day, chosen in the calendar of the browser."""
    widget = forms.DateInput({"type": "date"}, "%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, **options)


class HouseForm(forms.Form):
    """Fields dressed as those of the house."""

    def __init__(self, *values: Any, **options: Any) -> None:
        super().__init__(*values, **options)
        for field in self.fields.values():
            dress(field)


class ReasonForm(HouseForm):
    """Why: the next reader of the journal will ask."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("It is kept in the journal."),
    )

    @property
    def why(self) -> str:
        return str(self.cleaned_data.get("reason", ""))
