"""Addresses that change one thing of a question, and words marked where they were found."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django import template
from django.utils import formats
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from lierre.people.directory.listing import Column
from lierre.people.directory.maps import Place
from lierre.people.directory.panels import Panel
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


@register.simple_tag
def boxes(panel: Panel) -> SafeString:
    """The values of a facet, each with its box. Sixty of them are written again at every letter typed."""
    name, pieces = panel.facet.parameter, []
    for value in panel.values:
        number = f"f-{name}-{value.key}"
        pieces.append(
            f'<div class="choice"><input type="checkbox" form="search" name="{name}" value="{escape(value.value)}"'
            f' id="{number}"{" checked" if value.chosen else ""}><label for="{number}">{escape(value.label)}'
            f'<span class="count">{formats.number_format(value.count)}</span></label></div>'
        )
    return mark_safe("".join(pieces))  # what comes from outside is escaped just above


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
def unlocalized(number: float) -> str:
    """For attributes that machines read."""
    return str(number)


@register.simple_tag
def first_places(places: Sequence[Place]) -> str:
    """What a map shows, for someone who does not see it."""
    if not places:
        return _("No place is known.")
    first, others = places[0], places[1:3]
    told = _("%(place)s comes first, with %(count)s.") % {
        "place": first.label,
        "count": formats.number_format(first.count),
    }
    if others:
        told += " " + _("Then come: %(places)s.") % {"places": ", ".join(place.label for place in others)}
    return told + " " + _("The table that follows gives the numbers.")
