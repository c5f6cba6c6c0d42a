"""Icons, and the other small marks that every page draws."""

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

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
