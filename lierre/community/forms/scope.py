"""Whom to ask: which classes, which faculty, how many, and a word of the office."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lierre.community.asking.preparing import MOST, Scope
from lierre.foundation.forms.dressed import HouseForm
from lierre.people.models import Term

USUAL: Final = 100


def year(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=1900, max_value=2100, required=False)


class ScopeForm(HouseForm):
    first_class = year(_("From the class of"))
    last_class = year(_("to that of"))
    unit = forms.ChoiceField(label=_("Faculty or school"), required=False)
    wanted = forms.IntegerField(
        label=_("How many persons"),
        min_value=1,
        max_value=MOST,
        initial=USUAL,
        help_text=_("The most valuable first, one question each."),
    )
    word = forms.CharField(
        label=_("A word from the office"),
        max_length=600,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("It stands above the question. Write it as you would say it."),
    )

    def __init__(self, *values: Any, **options: Any) -> None:
        super().__init__(*values, **options)
        units = Term.objects.filter(kind="unit").order_by("label").values_list("id", "label")[:300]
        self.fields["unit"].choices = [("", gettext("all of them")), *((str(number), label) for number, label in units)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        first, last = given.get("first_class"), given.get("last_class")
        if first and last and first > last:
            self.add_error("last_class", gettext("The last class comes before the first: swap them."))
        return given

    def scope(self) -> Scope:
        given = self.cleaned_data
        unit = given["unit"]
        name = dict(self.fields["unit"].choices)[unit] if unit else ""  # type: ignore[attr-defined]
        return Scope(given["first_class"], given["last_class"], int(unit) if unit else None, str(name))
