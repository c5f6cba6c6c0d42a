"""Addresses that change one thing of a question, and words marked where they were found."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django import template
from django.utils import formats
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from lierre.people.directory.listing import Column
from lierre.people.directory.question import Question
from lierre.people.directory.rows import Row
from lierre.people.fold.text import folded

register = template.Library()
WORD: Final = re.compile(r"(\w+)")


@register.simple_tag
def asking(question: Question, order: str = "", view: str = "") -> str:
    """The same question in another order, or seen another way."""
    if order:
        question = question.ordered(order)
    return (question.seen_as(view) if view else question).query


@register.simple_tag
def instead(question: Question, facet: str, value: str) -> str:
    """A value of a facet instead of the words that were typed."""
    return question.saying("").adding(facet, value).query


@register.filter
def marked(text: str, words: Sequence[str]) -> SafeString:
    """The text, with the words that begin like one of these in <mark>."""
    pieces = WORD.split(text) if words else [text]
    shown = (
        f"<mark>{escape(piece)}</mark>" if at % 2 and folded(piece).startswith(tuple(words)) else escape(piece)
        for at, piece in enumerate(pieces)
    )
    return mark_safe("".join(shown))  # every piece is escaped just above


@register.filter
def cell(row: Row, column: Column) -> Any:
    """What a column says of a person: a year is written without a space in its thousands."""
    value = column.value(row)
    if isinstance(value, date):
        return formats.date_format(value, "SHORT_DATE_FORMAT")
    return "" if value is None else str(value)


@register.filter
def unlocalized(number: int) -> str:
    """For attributes that machines read."""
    return str(number)
