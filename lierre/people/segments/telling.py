"""A question, in a sentence that somebody would say."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.people.directory.facets import FACET
from lierre.people.directory.sight import Sight
from lierre.people.directory.values import label_of
from lierre.people.models import Segment
from lierre.people.segments.question import Condition, Group

KINDS: Final[dict[str, str | Promise]] = {
    "all": gettext_lazy("all of this"),
    "any": gettext_lazy("at least one of this"),
    "none": gettext_lazy("none of this"),
}
# The empty subject: any facet.
PHRASES: Final[dict[tuple[str, str], str | Promise]] = {
    ("", "in"): gettext_lazy("%(subject)s: %(values)s"),
    ("", "not_in"): gettext_lazy("%(subject)s: not %(values)s"),
    ("", "known"): gettext_lazy("%(subject)s known"),
    ("", "unknown"): gettext_lazy("%(subject)s unknown"),
    ("year", "last"): gettext_lazy("class of the last %(values)s years"),
    ("year", "before"): gettext_lazy("class older than %(values)s years"),
    ("heard", "within"): gettext_lazy("heard of in the last %(values)s months"),
    ("heard", "not_within"): gettext_lazy("not heard of in the last %(values)s months"),
    ("words", "in"): gettext_lazy("of whom %(values)s is said"),
    ("words", "not_in"): gettext_lazy("of whom %(values)s is not said"),
    ("reach", "reachable"): gettext_lazy("can be reached by e-mail"),
    ("reach", "unreachable"): gettext_lazy("cannot be reached by e-mail"),
    ("segment", "in"): gettext_lazy("held by %(values)s"),
    ("segment", "not_in"): gettext_lazy("not held by %(values)s"),
}
JOINS: Final = {"all": gettext_lazy("and"), "any": gettext_lazy("or"), "none": gettext_lazy("or")}


def in_words(sight: Sight, question: Group) -> str:
    """Everybody, when nothing is asked yet."""
    return group(sight, question, outermost=True) or _("everybody")


def group(sight: Sight, asked: Group, *, outermost: bool = False) -> str:
    parts = [
        group(sight, member) if isinstance(member, Group) else condition(sight, member)
        for member in asked.members
        if not isinstance(member, Condition) or member.is_complete
    ]
    parts = [part for part in parts if part]
    said = f" {JOINS[asked.kind]} ".join(parts)
    if asked.kind == "none" and parts:
        return _("except: %(said)s") % {"said": said}
    return said if outermost or len(parts) < 2 else f"({said})"


def condition(sight: Sight, asked: Condition) -> str:
    """
    The subject is named as the directory names it, unless a phrase of its own says it better.

    >>> str(PHRASES["heard", "within"] % {"values": 24})
    'heard of in the last 24 months'
    """
    phrase = PHRASES.get((asked.on, asked.how)) or PHRASES["", asked.how]
    values = f" {_('or')} ".join(value_labels(sight, asked))
    return str(phrase % {"subject": str(asked.subject.label).lower(), "values": values})


def value_labels(sight: Sight, asked: Condition) -> list[str]:
    if not asked.subject.takes_values or asked.how in {"known", "unknown"}:
        return []
    if asked.on in FACET and not asked.subject.is_number(asked.how):
        return [label_of(sight, FACET[asked.on], value) for value in asked.values]
    if asked.on == "segment":
        numbers = [int(value) for value in asked.values if value.isdigit()]
        return [f"« {name} »" for name in Segment.objects.filter(pk__in=numbers).values_list("name", flat=True)]
    if asked.on == "words":
        return [f"« {value} »" for value in asked.values]
    return list(asked.values)
