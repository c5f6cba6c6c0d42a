"""Taking the persons of a segment away, with a reason."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lierre.foundation.forms.dressed import ReasonForm


class TakeForm(ReasonForm):
    form = forms.ChoiceField(label=_("As"), choices=[("csv", "CSV"), ("xlsx", "XLSX")])
    whom = forms.ChoiceField(
        label=_("Whom"),
        choices=[("writable", _("those who may be written to")), ("all", _("everybody it holds"))],
    )
    field_order = ("whom", "form", "reason")
