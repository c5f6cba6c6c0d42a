"""The form of a source: who speaks."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.foundation.forms.dressed import HouseForm
from lierre.people.facts import SOURCE_KINDS
from lierre.people.models import Record, Source


class SourceForm(HouseForm):
    """A source that has spoken keeps its kind: the policy has read everything it said by that kind."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=100)
    siglum = forms.CharField(
        label=gettext_lazy("Mark"), max_length=2, help_text=gettext_lazy("One or two letters, shown beside each value.")
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=list(SOURCE_KINDS.items()),
        help_text=gettext_lazy("How much it is believed, value by value, is decided by its kind."),
    )
    applies_alone = forms.BooleanField(
        label=gettext_lazy("What it drops in the watched folder is applied without asking"), required=False
    )

    def __init__(self, *values: Any, source: Source, **options: Any) -> None:
        known = {name: getattr(source, name) for name in ("name", "siglum", "kind", "applies_alone")}
        super().__init__(*values, initial=known, **options)
        self.source = source
        if source.pk and Record.objects.filter(source=source).exists():
            self.fields["kind"].disabled = True
            self.fields["kind"].help_text = _("It has spoken already, and was believed as such: its kind stays.")

    def clean_name(self) -> str:
        name = " ".join(str(self.cleaned_data["name"]).split())
        if Source.objects.filter(name__iexact=name).exclude(pk=self.source.pk).exists():
            raise ValidationError(_("Another source bears this name."))
        return name

    def clean_siglum(self) -> str:
        siglum = str(self.cleaned_data["siglum"])
        if Source.objects.filter(siglum=siglum).exclude(pk=self.source.pk).exists():
            raise ValidationError(_("Another source bears this mark: choose different letters."))
        return siglum
