"""Who answers a question: one flag per person, on the columns of the directory and with the eyes of the viewer."""

from collections.abc import Sequence
from datetime import timedelta
from functools import reduce
from typing import Any, Final

import numpy as np
from django.utils import timezone
from django.utils.translation import gettext as _

from lierre.people.directory.columns import Ids
from lierre.people.directory.counting import passing
from lierre.people.directory.facets import FACET, Facet
from lierre.people.directory.names import words_of
from lierre.people.directory.searching import find
from lierre.people.directory.sight import Flags, Sight
from lierre.people.directory.values import codes_of
from lierre.people.models import Segment
from lierre.people.models.imports import EPOCH
from lierre.people.segments import reach
from lierre.people.segments.question import Condition, Group, Nonsense, read

DAYS_IN_A_MONTH: Final = 30.4375
EVERYTHING: Final = slice(None)


def ids_of(sight: Sight, question: Group, within: Sequence[int] = ()) -> Ids:
    """The numbers of those who answer. `within`: the segments one comes from, so that none asks itself."""
    return np.flatnonzero(flags_of(sight, question, within))


def flags_of(sight: Sight, question: Group, within: Sequence[int] = ()) -> Flags:
    """A group that says nothing narrows nothing: everybody, as the whole does before its first condition."""
    members = [flags for member in question.members if (flags := member_flags(sight, member, within)) is not None]
    if not members:
        return sight.exists
    if question.kind == "all":
        return reduce(np.logical_and, members, sight.exists)
    found: Flags = reduce(np.logical_or, members)
    return sight.exists & (found if question.kind == "any" else ~found)


def member_flags(sight: Sight, member: Condition | Group, within: Sequence[int]) -> Flags | None:
    """None for what is not complete yet."""
    if isinstance(member, Group):
        return flags_of(sight, member, within) if any(each.is_complete for each in member.conditions()) else None
    if not member.is_complete or (member.subject.staff and not sight.viewer.everything):
        return None
    if member.on in FACET:
        return of_facet(sight, FACET[member.on], member)
    asked = {"heard": heard, "words": words, "reach": reachable, "segment": segment}[member.on]
    flags = asked(sight, member, within)
    return sight.exists & ~flags if member.how in {"not_in", "not_within", "unreachable"} else flags


def of_facet(sight: Sight, facet: Facet, asked: Condition) -> Flags:
    """What someone hides is not known: whoever may not see it cannot tell the one from the other."""
    known = sight.family(facet.family) & (sight.codes(facet) > 0)
    if asked.how in {"known", "unknown"}:
        return known if asked.how == "known" else sight.exists & ~known
    if asked.how in {"last", "before"}:
        first = timezone.localdate().year - number(asked) + 1
        years = sight.codes(facet)
        flags: Flags = known & ((years >= first) if asked.how == "last" else (years < first))
        return flags
    codes = np.concatenate([codes_of(sight, facet, value) for value in asked.values])
    found = passing(sight, facet, codes, EVERYTHING)
    return sight.exists & ~found if asked.how == "not_in" else found


def heard(sight: Sight, asked: Condition, _within: Sequence[int]) -> Flags:
    today = timezone.localdate()
    since = (today - timedelta(days=round(number(asked) * DAYS_IN_A_MONTH)) - EPOCH).days
    flags: Flags = sight.exists & (sight.columns.heard >= max(since, 1))
    return flags


def words(sight: Sight, asked: Condition, _within: Sequence[int]) -> Flags:
    flags = np.zeros(len(sight.exists), bool)
    for text in asked.values:
        found = find(sight, words_of(text)).ids
        flags[sight.everybody if found is None else found] = True
    return flags


def reachable(sight: Sight, _asked: Condition, _within: Sequence[int]) -> Flags:
    marks = reach.current().of(np.arange(len(sight.exists)))
    flags: Flags = sight.exists & (marks & reach.TAKES_MAIL > 0)
    return flags


def segment(sight: Sight, asked: Condition, within: Sequence[int]) -> Flags:
    """One that is gone holds nobody; one that would ask itself is refused."""
    flags = np.zeros(len(sight.exists), bool)
    numbers = [int(value) for value in asked.values if value.isdigit()]
    if set(numbers) & set(within):
        raise Nonsense(_("This segment would ask itself."))
    for one in Segment.objects.standing().filter(pk__in=numbers):
        flags |= flags_of(sight, read(one.question), (*within, one.pk))
    return flags


def number(asked: Condition) -> int:
    value: Any = asked.values[0] if asked.values else ""
    return min(int(value), 1_200) if value.isdigit() else 0
