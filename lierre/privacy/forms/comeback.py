"""Somebody who had asked to be erased comes back: which number they bear, and how they said so."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lierre.foundation.forms.dressed import HouseForm, day
from lierre.people.erasing_likeness import Likeness
from lierre.privacy.suppression import hashes_of


class ComebackForm(HouseForm):
    """No free text: a line of the journal could not forget a name."""

    identifier = forms.CharField(
        label=_("Student number, national number or e-mail"), max_length=254, required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text=_("As it will stand in the next file. It is not kept: only the mark is looked for, and taken away."),
    )  # fmt: skip
    given = forms.CharField(
        label=_("Given name"), max_length=100, required=False, widget=forms.TextInput({"autocomplete": "off"}),
        help_text=_("For somebody who bore no number: given name, name and day of birth, all three."),
    )  # fmt: skip
    family = forms.CharField(
        label=_("Name"), max_length=100, required=False, widget=forms.TextInput({"autocomplete": "off"})
    )
    born = day(_("Date of birth"))
    how = forms.ChoiceField(
        label=_("How they said so"), widget=forms.RadioSelect,
        choices=[
            ("wrote", _("they wrote to us")), ("called", _("they called, and were called back")),
            ("met", _("they were met in person")), ("enrolled", _("they enrolled again")),
        ],
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not said.get("identifier") and not all(said.get(name) for name in ("given", "family", "born")):
            self.add_error("identifier", _("Give a number or an address; or else the name and the day of birth."))
        return said

    @property
    def hashes(self) -> list[int]:
        """Of the number, and of the name with the day of birth: whatever was typed."""
        said = self.cleaned_data
        found = hashes_of(said["identifier"]) if said["identifier"] else []
        born = said["born"].isoformat() if said["born"] else ""
        likeness = Likeness.in_facts({"given": said["given"], "family": said["family"], "born": born})
        return [*found, *likeness.born]

    @property
    def because(self) -> str:
        return str(dict(self.fields["how"].choices)[self.cleaned_data["how"]])  # type: ignore[attr-defined]
