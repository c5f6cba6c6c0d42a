"""A way to reach somebody; and who one is, to say yes to it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lierre.foundation.forms.dressed import HouseForm


class ProposalForm(HouseForm):
    person = forms.SlugField(widget=forms.HiddenInput)
    email = forms.EmailField(label=_("An e-mail address that may be theirs"))


class YesForm(HouseForm):
    family = forms.CharField(
        label=_("Your family name, at the time of your studies"),
        max_length=100,
        widget=forms.TextInput({"autocomplete": "family-name"}),
    )
    year = forms.IntegerField(label=_("Year of your degree"), min_value=1900, max_value=2100)
