"""Finding one's record again: by an address, or by what only the person and the school know."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lierre.foundation.forms.dressed import HouseForm
from lierre.people.forms.dates import understood


class AddressForm(HouseForm):
    prefix = "address"
    email = forms.EmailField(
        label=_("An e-mail address that we may know"),
        help_text=_("The one of your studies, or any that you gave us since."),
    )
    # Filled in by programs only: people do not see it.
    website = forms.CharField(required=False, widget=forms.HiddenInput)

    def evidence(self) -> dict[str, Any]:
        return {"email": self.cleaned_data["email"]}


class NumberForm(HouseForm):
    prefix = "number"
    given = forms.CharField(label=_("Given name"), max_length=100)
    family = forms.CharField(label=_("Family name, at the time of your studies"), max_length=100)
    year = forms.IntegerField(label=_("Year of your degree"), min_value=1900, max_value=2100)
    degree = forms.CharField(
        label=_("Degree, as you would say it"), max_length=200, required=False,
        help_text=_("A delegate of your class may be asked whether you were of it: they read your name, class and degree."),
    )  # fmt: skip
    born = forms.CharField(label=_("Date of birth"), max_length=10, help_text=_("17/05/1991"))
    number = forms.CharField(
        label=_("Student number or INE"),
        max_length=20,
        help_text=_("On your student card, your transcripts, your degree."),
    )
    email = forms.EmailField(label=_("Where to answer you"))
    website = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_born(self) -> str:
        try:
            found = understood(self.cleaned_data["born"])
        except ValueError:
            found = ""
        if len(found) != len("1991-05-17") or found > timezone.localdate().isoformat():
            raise ValidationError(_("Write the whole date, as 17/05/1991."))
        return found

    def evidence(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "website"}


class JudgeForm(HouseForm):
    """What staff says of a claim."""

    person = forms.SlugField(required=False)
    reason = forms.CharField(label=_("What convinced you"), max_length=500, required=False)
