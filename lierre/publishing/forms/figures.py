"""Figures that somebody read on a network."""

from typing import Any

from django import forms

from lierre.foundation.forms.dressed import HouseForm
from lierre.publishing.figures.words import DEFINITIONS, LABELS

OF_POST = ("impressions", "reach", "likes", "answers", "reposts", "clicks")


class FiguresForm(HouseForm):
    """`names`: those that are asked for. What is left empty stays unknown."""

    def __init__(self, *values: Any, names: tuple[str, ...] = OF_POST, **options: Any) -> None:
        super().__init__(*values, **options)
        for name in names:
            widget = forms.NumberInput({"class": "input", "inputmode": "numeric"})
            self.fields[name] = forms.IntegerField(
                label=str(LABELS[name]), help_text=str(DEFINITIONS[name]), required=False, min_value=0, max_value=10**12,
                widget=widget,
            )  # fmt: skip
