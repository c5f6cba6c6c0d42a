"""Icons, and the other small marks that every page draws."""

import re
from datetime import datetime
from typing import Final

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from lierre.foundation.weights import weighed
from lierre.foundation.zones import said

register = template.Library()
BEFORE: Final = re.compile(r" (?=[:;!?»])")
AFTER: Final = re.compile(r"(?<=«) ")


@register.simple_tag
def icon(name: str, css: str = "icon") -> SafeString:
    """One drawing of the sprite. It says nothing by itself: a word always stands beside it."""
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>', css, static("lierre/icons/icons.svg"), name
    )


@register.filter
def first_word(name: str) -> str:
    """
    >>> first_word("Gwenaël Riou")
    'Gwenaël'
    """
    return name.split()[0] if name.split() else ""


@register.filter
def unbroken(text: object) -> str:
    """
    A line never begins with the sign that ends something, where whoever wrote it left a space before, as in French.

    >>> unbroken("La halle : venez !"), unbroken("« Oui »"), unbroken("Nine: come!")
    ('La halle\\u202f: venez\\u202f!', '«\\u202fOui\\u202f»', 'Nine: come!')
    """
    return AFTER.sub("\u202f", BEFORE.sub("\u202f", str(text)))


@register.filter
def moment(at: datetime | None, form: str = "DATETIME_FORMAT") -> str:
    """A day and an hour on the clock of whoever reads, who is told which one when it is not that of the institution."""
    return said(at, form) if at else ""


@register.filter
def weight(size: float) -> str:
    """Of a file, in bytes."""
    return weighed(size)
