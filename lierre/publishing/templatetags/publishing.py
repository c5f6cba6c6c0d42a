"""The marks of networks, and the states of what leaves, as every page of the domain draws them."""

from typing import Any, Final

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from lierre.foundation.templatetags.components import state
from lierre.publishing.desk import evidence as lines
from lierre.publishing.measures import UNITS
from lierre.publishing.models import Delivery
from lierre.publishing.network_names import mark_of, name_of

register = template.Library()
# tone, shape
STATES: Final[dict[str, tuple[str, str]]] = {
    "draft": ("", "pencil"), "waiting": ("note", "hourglass"), "claimed": ("note", "send"), "in_flight": ("note", "send"),
    "confirmed": ("good", "check-check"), "refused": ("bad", "circle-alert"), "to_check": ("bad", "circle-help"),
    "missed": ("warn", "clock-alert"), "cancelled": ("", "x"),
}  # fmt: skip


@register.simple_tag
def siglum(code: str) -> SafeString:
    return format_html('<abbr class="siglum" title="{}">{}</abbr>', name_of(code), mark_of(code))


@register.filter
def network_name(code: str) -> str:
    return name_of(code)


@register.simple_tag
def delivery_state(delivery: Delivery) -> SafeString:
    tone, shape = STATES[delivery.state]
    return state(tone, delivery.get_state_display(), shape)


@register.filter
def evidence(delivery: Delivery) -> list[dict[str, Any]]:
    return lines(delivery)


@register.filter
def count_unit(unit: str) -> str:
    """What a count counts, in words."""
    return str(UNITS.get(unit, unit))
