"""Dates as people know them: a day, a month, or only a year. Nothing is invented to complete them."""

import re
from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

WRITTEN: Final = re.compile(r"(?:(?:(\d{1,2})[/. -])?(\d{1,2})[/. -])?(\d{4})")
ISO: Final = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?")
FIRST_YEAR: Final = 1850


def understood(text: str) -> str:
    """
    The ISO date, as partial as what was written. Raises ValueError for what is no date.

    >>> understood("17/05/1991"), understood("5/1991"), understood("1991"), understood("1991-05-17")
    ('1991-05-17', '1991-05', '1991', '1991-05-17')
    """
    text = text.strip()
    if found := ISO.fullmatch(text):
        year, month, day = found.groups()
    elif found := WRITTEN.fullmatch(text):
        day, month, year = found.groups()
    else:
        raise ValueError(text)
    whole = date(int(year), int(month or 1), int(day or 1))
    if not FIRST_YEAR <= whole.year <= date.today().year + 10:  # noqa: DTZ011 - a bound, not a day
        raise ValueError(text)
    return "-".join(filter(None, [year, month and f"{whole.month:02}", day and f"{whole.day:02}"]))


def written(iso: str) -> str:
    """
    As it is typed in France.

    >>> written("1991-05-17"), written("1991-05"), written("yes")
    ('17/05/1991', '05/1991', 'yes')
    """
    return "/".join(reversed(iso.split("-")))


class PartialDateField(forms.CharField):
    """Gives an ISO date, perhaps partial."""

    def __init__(self, **options: Any) -> None:
        options.setdefault(
            "help_text", gettext_lazy("Day, month and year, or what is known of it: 17/05/1991, 05/1991, 1991.")
        )
        super().__init__(max_length=10, **options)

    def prepare_value(self, value: Any) -> Any:
        return written(value) if isinstance(value, str) and ISO.fullmatch(value) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(understood(str(data or "")) != initial)
        except ValueError:
            return bool((data or "").strip() != (self.prepare_value(initial) or ""))

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return ""
        try:
            return understood(text)
        except ValueError as error:
            raise ValidationError(
                _("“%(text)s” is not a date. Write 17/05/1991, 05/1991 or 1991.") % {"text": text}
            ) from error


class DeathField(PartialDateField):
    """A date, or “yes” when nobody knows it."""

    def clean(self, value: Any) -> Any:
        if str(value or "").strip().lower() in {"yes", "oui", _("yes")}:
            return "yes"
        return super().clean(value)

    def prepare_value(self, value: Any) -> Any:
        return _("yes") if value == "yes" else super().prepare_value(value)
