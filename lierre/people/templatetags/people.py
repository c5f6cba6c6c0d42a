"""Small marks of the pages about persons."""

from typing import Any

from django import template

from lierre.people.models import Delivery
from lierre.people.readings.apparatus import Reading
from lierre.people.readings.columns import how_written, label_of_dialect
from lierre.people.readings.effect import label_of, words_of
from lierre.people.readings.sheet import Sheet
from lierre.people.readings.wording import seers_in_words

register = template.Library()


@register.filter
def cut_after_comma(text: str) -> str:
    """
    Of a span of time, its largest unit alone.

    >>> cut_after_comma("3 weeks, 2 days")
    '3 weeks'
    """
    return text.split(",")[0]


@register.filter
def field_label(name: str) -> Any:
    """What a field of the facts is called."""
    return label_of(name)


@register.filter
def field_words(text: str, name: str) -> str:
    """A value of a difference, in words."""
    return words_of(name, text)


@register.filter
def seen_by(reading: Reading | str, sheet: Sheet) -> str:
    """Who reads this value on the page of the person, in words; nothing of what is not there."""
    return seers_in_words(sheet.seers(reading.name)) if isinstance(reading, Reading) else ""


@register.filter
def mappable(delivery: Delivery) -> bool:
    """Whether someone may say what its columns mean: a table that no preset knows."""
    return bool(delivery.header) and delivery.dialect in {"", "generic"}


@register.simple_tag
def dialect_label(delivery: Delivery) -> Any:
    """How a file was recognised, in words."""
    return label_of_dialect(delivery.dialect)


@register.simple_tag
def written_in(delivery: Delivery) -> str:
    """Encoding and delimiter, as people name them."""
    return how_written(delivery.encoding, delivery.delimiter)
