"""Somebody who had asked to be erased comes back: which number they bear, and how they said so."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lierre.foundation.forms.dressed import HouseForm


class ComebackForm(HouseForm):
    """No free text: a line of the journal could not forget a name."""

    identifier = forms.CharField(
        label=_("Student number, national number or e-mail"), max_length=254,
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text=_("As it will stand in the next file. It is not kept: only the mark is looked for, and taken away."),
    )  # fmt: skip
    how = forms.ChoiceField(
        label=_("How they said so"), widget=forms.RadioSelect,
        choices=[
            ("wrote", _("they wrote to us")), ("called", _("they called, and were called back")),
            ("met", _("they were met in person")), ("enrolled", _("they enrolled again")),
        ],
    )  # fmt: skip

    @property
    def because(self) -> str:
        return str(dict(self.fields["how"].choices)[self.cleaned_data["how"]])  # type: ignore[attr-defined]
