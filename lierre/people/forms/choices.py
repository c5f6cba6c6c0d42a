"""Who sees each family of values: one row of boxes per family."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from lierre.people.facts import AUDIENCES
from lierre.people.fold.visibility import FAMILIES, UNSAID
from lierre.people.readings.choices import FAMILY_LABELS


class AudiencesForm(forms.Form):
    """Without a choice, the boxes show what the law leaves visible."""

    def __init__(self, *values: Any, chosen: Mapping[str, Any], **options: Any) -> None:
        super().__init__(*values, **options)
        for family in FAMILIES:
            self.fields[family] = forms.MultipleChoiceField(
                label=str(FAMILY_LABELS[family]),
                choices=list(AUDIENCES.items()),
                widget=forms.CheckboxSelectMultiple,
                required=False,
                initial=chosen.get(f"audience_{family}", UNSAID.get(family, ())),
            )

    def seen_by(self) -> dict[str, Sequence[str]]:
        return {family: self.cleaned_data[family] for family in FAMILIES}
