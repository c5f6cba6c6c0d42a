"""What an ambassador sees of their own: what is known of something they sent, what a visual shows."""

from typing import Any

from django import template

from lierre.publishing.models import Medium, OwnDelivery
from lierre.publishing.own.desk import evidence as lines

register = template.Library()


@register.filter
def own_evidence(row: OwnDelivery) -> list[dict[str, Any]]:
    return lines(row)


@register.simple_tag
def alt_of(medium: Medium, language: str) -> str:
    """What somebody who does not see it is told, in the language of the topic."""
    return medium.told_in(language)
