"""What somebody says about a post."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lierre.foundation.forms.dressed import HouseForm


class CommentForm(HouseForm):
    body = forms.CharField(
        label=_("Your comment"), max_length=2000, widget=forms.Textarea({"rows": 3}),
        help_text=_("An at sign and a name tell somebody by mail: @Solenn Kerbrat."),
        error_messages={"required": _("Write your comment first.")},
    )  # fmt: skip
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
