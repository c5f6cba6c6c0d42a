"""Who answers a question: one flag per person, on the columns of the directory and with the eyes of the viewer."""

from collections.abc import Sequence
from datetime import timedelta
from functools import reduce
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from django.utils import timezone
from django.utils.translation import gettext as _

from lierre.people.directory.columns import Ids
from lierre.people.directory.facets import FACET, Facet
from lierre.people.directory.names import words_of
from lierre.people.directory.searching import find
from lierre.people.directory.sight import Flags, Sight
from lierre.people.directory.studies import among
from lierre.people.directory.values import codes_of
from lierre.people.models import Segment
from lierre.people.models.imports import EPOCH
from lierre.people.segments import reach
from lierre.people.segments.question import Condition, Group, Nonsense, read

DAYS_IN_A_MONTH: Final = 30.4375
WANTED: Final = ("in", "last", "before")


def ids_of(sight: Sight, question: Group, within: Sequence[int] = ()) -> Ids:
    """The numbers of those who answer. `within`: the segments one comes from, so that none asks itself."""
    return np.flatnonzero(flags_of(sight, question, within))


def flags_of(sight: Sight, question: Group, within: Sequence[int] = ()) -> Flags:
    """A group that says nothing narrows nothing: everybody, as the whole does before its first condition."""
    studied = of_one_study(question)
    others = [member for member in question.members if member not in studied]
    members = [flags for member in others if (flags := member_flags(sight, member, within)) is not None]
    if studied:
        members.append(studying(sight, studied))
    if not members:
        return sight.exists
    if question.kind == "all":
        return reduce(np.logical_and, members, sight.exists)
    found: Flags = reduce(np.logical_or, members)
    return sight.exists & (found if question.kind == "any" else ~found)


def of_one_study(question: Group) -> list[Condition]:
    """
    What a group asks of one and the same study, as a search of the directory does: all that is wanted of it.

    One that wants two degrees means two studies, and so each of its conditions stands alone.
    """
    wanted = [
        member
        for member in question.members
        if isinstance(member, Condition) and member.is_complete and member.how in WANTED
        and member.on in FACET and FACET[member.on].of_study
    ]  # fmt: skip
    named = [asked.on for asked in wanted if asked.how == "in"]
    return wanted if question.kind == "all" and len(set(named)) == len(named) else []


def studying(sight: Sight, wanted: Sequence[Condition]) -> Flags:
    first, beside = sight.family("study"), sight.further_shown
    for asked in wanted:
        facet = FACET[asked.on]
        first = first & says(sight, asked, sight.codes(facet))
        beside = beside & says(sight, asked, sight.further.codes[facet.name])
    return first | sight.who_studied(beside)


def says(sight: Sight, asked: Condition, codes: npt.NDArray[Any]) -> Flags:
    """Whether each of these codes of a facet is one that is wanted; any that is known, when none is named."""
    flags: Flags = codes > 0
    if asked.how in {"last", "before"}:
        first = timezone.localdate().year - number(asked) + 1
        flags &= (codes >= first) if asked.how == "last" else (codes < first)
    elif asked.how in {"in", "not_in"}:
        wanted = [codes_of(sight, FACET[asked.on], value) for value in asked.values]
        flags = among(codes, np.concatenate(wanted))
    return flags


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
    found = sight.family(facet.family) & says(sight, asked, sight.codes(facet))
    if facet.of_study:
        found = studying(sight, [asked])
    return sight.exists & ~found if asked.how in {"not_in", "unknown"} else found


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
