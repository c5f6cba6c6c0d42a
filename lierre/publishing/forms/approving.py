"""What is said with a yes, or with a no."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lierre.foundation.forms.dressed import HouseForm


class SendBackForm(HouseForm):
    why = forms.CharField(
        label=_("What to correct"), max_length=500, widget=forms.Textarea({"rows": 3}),
        help_text=_("Its author receives it by mail."),
    )  # fmt: skip
