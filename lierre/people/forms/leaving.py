"""Why everything is taken away."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lierre.foundation.forms.dressed import ReasonForm


class AskForm(ReasonForm):
    reason = forms.CharField(
        label=_("Why"),
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("A change of provider, a yearly archive, a request of the direction… The journal keeps it."),
        error_messages={"required": _("Say why: the journal keeps it, and the data protection officer reads it.")},
    )
