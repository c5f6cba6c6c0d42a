"""Somebody saw a post online, and gives its address."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lierre.foundation.forms.dressed import HouseForm


class SeenForm(HouseForm):
    link = forms.URLField(
        label=_("Address of the post"), max_length=500, assume_scheme="https",
        widget=forms.URLInput({"placeholder": "https://", "autocomplete": "off"}),
        help_text=_("Open it on the network, then copy its address here: it is the proof that is kept."),
        error_messages={"required": _("Give the address at which you see it.")},
    )  # fmt: skip
