"""A first name or a civility changed by law."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lierre.foundation.forms.dressed import HouseForm
from lierre.people.models import Person
from lierre.people.readings.wording import SEXES


class RenamingForm(HouseForm):
    given = forms.CharField(label=_("First name from now on"), max_length=100)
    given_others = forms.CharField(
        label=_("Other first names from now on"), max_length=200, required=False, help_text=_("Left empty, none stays.")
    )
    sex = forms.ChoiceField(label=_("Civility from now on"), required=False)
    gone = forms.MultipleChoiceField(
        label=_("Addresses that carry the former first name: those that go with it"),
        widget=forms.CheckboxSelectMultiple, required=False,
    )  # fmt: skip
    seen = forms.BooleanField(label=_("I have seen the decision, or the civil status that follows from it"))

    def __init__(self, *values: Any, person: Person, addresses: Sequence[str], **options: Any) -> None:
        super().__init__(*values, **options)
        self.fields["sex"].choices = [("", _("not said")), *SEXES.items()]  # type: ignore[attr-defined]
        self.fields["sex"].initial = ["", *SEXES][person.sex]
        self.fields["gone"].choices = [(each, each) for each in addresses]  # type: ignore[attr-defined]
        if not addresses:
            del self.fields["gone"]

    def said(self) -> dict[str, str]:
        return {name: str(self.cleaned_data[name]).strip() for name in ("given", "given_others", "sex")}
