"""Icons, and the other small marks that every page draws."""

from datetime import datetime

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from lierre.foundation.zones import said

register = template.Library()


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
def moment(at: datetime | None, form: str = "DATETIME_FORMAT") -> str:
    """A day and an hour on the clock of whoever reads, who is told which one when it is not that of the institution."""
    return said(at, form) if at else ""
