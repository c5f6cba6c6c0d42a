"""The forms of the quarantine: which lines to look at, and the cells of one of them."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from lierre.foundation.forms.dressed import HouseForm
from lierre.people.faults import WORDS
from lierre.people.models import Import, QuarantinedLine

REASONS: Final = (
    "keys_disagree", "resembles", "resembles_a_line", "like_somebody_erased", "no_name", "missing_identifier",
    "no_person_yet", "impossible_date", "ambiguous_date", "too_old_or_future_date", "bad_year", "bad_ine",
    "bad_email", "unknown_value", "suspicious_formula", "nul_byte", "encoding_changes", "wrong_column_count",
    "too_many_cells", "cell_too_long", "unclosed_quote", "stray_line_break", "truncated",
)  # fmt: skip
SHORT: Final = {
    "keys_disagree": _("keys of several persons"),
    "resembles": _("resembles somebody"),
    "resembles_a_line": _("resembles another line"),
    "like_somebody_erased": _("resembles somebody who was erased"),
    "no_name": _("no name"),
    "missing_identifier": _("no identifier"),
    "no_person_yet": _("person not known yet"),
    "impossible_date": _("impossible date"),
    "ambiguous_date": _("ambiguous date"),
    "too_old_or_future_date": _("date too far away"),
    "bad_year": _("year that cannot be"),
    "bad_ine": _("wrong national student number"),
    "bad_email": _("wrong e-mail"),
    "unknown_value": _("value not known here"),
    "suspicious_formula": _("formula"),
    "nul_byte": _("character that is no text"),
    "encoding_changes": _("another encoding"),
    "wrong_column_count": _("wrong number of cells"),
    "too_many_cells": _("lines run together"),
    "cell_too_long": _("cell that never ends"),
    "unclosed_quote": _("quotation mark never closed"),
    "stray_line_break": _("line break inside the line"),
    "truncated": _("line cut short"),
}
# Whatever waits for somebody to say of whom a line speaks.
TO_DECIDE: Final = "to_decide"
LONGEST_CELL: Final = 10_000


def reason_label(code: str) -> Any:
    return SHORT.get(code, code)


class QuarantineFilter(HouseForm):
    """Every choice may be left empty: then all that waits."""

    state = forms.ChoiceField(
        label=_("State"), choices=[("", _("waiting")), *QuarantinedLine.State.choices[1:]], required=False
    )
    code = forms.ChoiceField(
        label=_("Reason"),
        choices=[
            ("", _("any")),
            (TO_DECIDE, _("to decide")),
            *((code, SHORT[code]) for code in REASONS if code in WORDS),
        ],
        required=False,
    )
    imported = forms.ModelChoiceField(Import.objects.none(), label=_("Import"), required=False, empty_label=_("any"))

    def __init__(self, *values: Any, **options: Any) -> None:
        super().__init__(*values, **options)
        field = self.fields["imported"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = (
            Import.objects.filter(deliveries__quarantined__isnull=False).distinct().prefetch_related("deliveries")
        )

    def lines(self) -> Any:
        """The lines asked for. What is not understood filters nothing."""
        self.is_valid()
        asked = self.cleaned_data
        lines = QuarantinedLine.objects.filter(state=asked.get("state") or QuarantinedLine.State.WAITING)
        if asked.get("code") == TO_DECIDE:
            lines = lines.to_decide()
        elif asked.get("code"):
            lines = lines.filter(code=asked["code"])
        if asked.get("imported"):
            lines = lines.filter(delivery__imported=asked["imported"])
        return lines.select_related("delivery__imported")


class CellsForm(HouseForm):
    """The cells of one line, under the names of their columns. What was typed is what will be read."""

    def __init__(
        self, *values: Any, header: Sequence[str], cells: Sequence[str], at_fault: str = "", **options: Any
    ) -> None:
        super().__init__(*values, **options)
        self.size = len(header)
        for number, column in enumerate(header):
            field = forms.CharField(
                label=column or f"{number + 1}",
                required=False,
                strip=False,
                max_length=LONGEST_CELL,
                initial=cells[number] if number < len(cells) else "",
            )
            field.widget.attrs["class"] = "input"
            if column == at_fault:
                field.help_text = _("This is the column at fault.")
            self.fields[f"cell-{number}"] = field

    def cells(self) -> list[str]:
        return [self.cleaned_data[f"cell-{number}"] for number in range(self.size)]

    @property
    def filled_first(self) -> list[forms.BoundField]:
        """The column at fault, then those that hold something, then the empty ones; in their order if none is at fault."""
        if not any(field.help_text for field in self):
            return list(self)
        return sorted(self, key=lambda field: (not field.help_text, not field.value()))
