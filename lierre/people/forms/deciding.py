"""Decisions about records and persons: each with its reason."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.foundation.forms.dressed import HouseForm
from lierre.people.models import Person


class ReasonForm(HouseForm):
    """Why: the next reader will ask."""

    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("What makes you sure. It is kept with the decision."),
    )

    @property
    def why(self) -> str:
        return str(self.cleaned_data["reason"])


class ErasingForm(ReasonForm):
    """Typing the name is the last moment to see that it is the wrong person."""

    name = forms.CharField(
        label=gettext_lazy("Type the whole name"), max_length=210, widget=forms.TextInput({"autocomplete": "off"})
    )

    on_request = forms.BooleanField(
        label=gettext_lazy("They asked for it themselves"), required=False, initial=True,
        help_text=gettext_lazy("A new file will not bring them back: only they can come back."),
    )  # fmt: skip

    def __init__(self, *values: Any, person: Person, **options: Any) -> None:
        super().__init__(*values, **options)
        self.person = person
        self.fields["reason"].help_text = _(
            "The journal keeps it, without the names and the addresses that it may hold."
        )
        self.fields["name"].help_text = _("As it is written above: %(name)s") % {"name": person}

    def clean_name(self) -> str:
        typed = " ".join(str(self.cleaned_data["name"]).split())
        if typed.casefold() != str(self.person).casefold():
            raise ValidationError(_("This is not the name of this person."))
        return typed
