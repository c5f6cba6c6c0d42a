"""In French the first day of a month is an ordinal where the month is written in words: 1er décembre, then 2 décembre."""

import re
from typing import Any, Final

from django.utils import dateformat
from django.utils.translation import get_language

# A day that a month in words follows.
IN_WORDS: Final = re.compile(r"(?<!\\)j(?=[ \u00a0\u202f][FNbME])")


class DateFormat(dateformat.DateFormat):
    """
    >>> from datetime import date
    >>> from django.utils import translation
    >>> with translation.override("fr"):
    ...     [DateFormat(date(2026, 12, day)).format("l j F") for day in (1, 2)]
    ['mardi 1er décembre', 'mercredi 2 décembre']
    >>> with translation.override("en"):
    ...     DateFormat(date(2026, 12, 1)).format("j F")
    '1 December'
    """

    def format(self, formatstr: Any) -> str:
        if getattr(self.data, "day", 0) == 1 and (get_language() or "").startswith("fr"):
            formatstr = IN_WORDS.sub(r"j\\e\\r", str(formatstr))
        return super().format(formatstr)


def follow() -> None:
    """Every template, message and table writes its dates so: all of them pass by this class of Django."""
    dateformat.DateFormat = DateFormat  # type: ignore[misc]
