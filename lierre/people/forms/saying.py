"""What every form that says something of a person shares: a reason, and facts made of what has changed."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from lierre.foundation.forms.dressed import HouseForm


class SayingForm(HouseForm):
    """Only what differs from what is known is said: the rest would be repeated in the name of someone else."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Who told you, how you know. It is kept with the value."),
    )
    key_names: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *values: Any, wants_reason: bool = True, **options: Any) -> None:
        super().__init__(*values, **options)
        if not wants_reason:
            del self.fields["reason"]
        elif self.fields:
            self.order_fields([name for name in self.fields if name != "reason"] + ["reason"])

    @property
    def why(self) -> str:
        return str(self.cleaned_data.get("reason", ""))

    def said(self) -> dict[str, Any]:
        """What was filled in and is not already known, by name of field."""
        return {
            name: self.cleaned_data[name]
            for name in self.changed_data
            if name != "reason" and self.cleaned_data.get(name) not in ("", None, [])
        }

    def facts(self) -> Mapping[str, Any]:
        """What the record will say."""
        return self.said()
