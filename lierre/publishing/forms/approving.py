"""What is said with a yes, or with a no; by somebody of the house, or by somebody outside."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lierre.foundation.forms.dressed import HouseForm
from lierre.publishing.reviewing import DAYS, MOST_DAYS


class SendBackForm(HouseForm):
    why = forms.CharField(
        label=_("What to correct"), max_length=500, widget=forms.Textarea({"rows": 3}),
        help_text=_("Its author receives it by mail."),
    )  # fmt: skip


class AskOutsideForm(HouseForm):
    """Who reads it, and until when."""

    name = forms.CharField(label=_("Who reads it"), max_length=150)
    email = forms.EmailField(label=_("E-mail"), required=False, help_text=_("Left empty, you send the link yourself."))
    days = forms.IntegerField(
        label=_("Days during which the link opens"), min_value=1, max_value=MOST_DAYS, initial=DAYS
    )


class AnswerForm(HouseForm):
    """`seen`: the fingerprint of the words that were on the screen."""

    answer = forms.ChoiceField(
        label=_("Your answer"), choices=[("yes", _("Yes, it may be published so")), ("no", _("No, not as it stands"))],
        widget=forms.RadioSelect,
    )  # fmt: skip
    name = forms.CharField(label=_("Your name"), max_length=150)
    words = forms.CharField(
        label=_("What you want to say about it"), max_length=2000, required=False, widget=forms.Textarea({"rows": 4})
    )
    seen = forms.CharField(widget=forms.HiddenInput)

    def said(self) -> dict[str, Any]:
        told = {name: str(self.cleaned_data[name]) for name in ("name", "words", "seen")}
        return {**told, "yes": self.cleaned_data["answer"] == "yes"}
