"""Who sees each family of values: one row of boxes per family, and for what may be shown apart from it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms import BoundField

from lierre.people.facts import AUDIENCES
from lierre.people.fold.visibility import FINER, audiences_of
from lierre.people.readings.choices import FAMILY_LABELS, families


class AudiencesForm(forms.Form):
    """Without a choice, the boxes show what the law leaves visible."""

    def __init__(self, *values: Any, chosen: Mapping[str, Any], **options: Any) -> None:
        super().__init__(*values, **options)
        for family in families():
            self.fields[family] = forms.MultipleChoiceField(
                label=str(FAMILY_LABELS[family]),
                choices=list(AUDIENCES.items()),
                widget=forms.CheckboxSelectMultiple,
                required=False,
                initial=audiences_of(chosen, family),
            )

    def rows(self) -> list[tuple[BoundField, bool]]:
        """Each family with its boxes, and whether it is a part of the one above."""
        return [(self[family], family in FINER) for family in self.fields]

    def seen_by(self) -> dict[str, Sequence[str]]:
        return {family: self.cleaned_data[family] for family in self.fields}
