"""The question as the builder draws it: a tree of groups and conditions, each with its fields and their names."""

from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise

from lierre.people.directory.facets import FACET
from lierre.people.directory.sight import Sight
from lierre.people.directory.values import code_label, code_value, label_of, most_frequent
from lierre.people.models import Segment
from lierre.people.segments.building import Draft, spelled
from lierre.people.segments.question import KINDS, Condition, Group, Place
from lierre.people.segments.subjects import SUBJECTS
from lierre.people.segments.telling import KINDS as KIND_LABELS

# Offered without typing: the most frequent ones.
OFFERED: Final = 6

Choice = tuple[str, str | Promise, bool]  # value, label, whether it is chosen


@dataclass(frozen=True)
class GroupDrawn:
    name: str
    kinds: list[Choice]
    members: "list[GroupDrawn | ConditionDrawn]"
    subjects: list[tuple[str, str | Promise]]
    is_group: bool = True

    @property
    def is_whole(self) -> bool:
        return "-" not in self.name


@dataclass(frozen=True)
class ConditionDrawn:
    """`entry`: "number", "words", "choices" (with a word to type besides), "list" or nothing."""

    name: str
    label: str | Promise
    relations: list[Choice]
    entry: str
    choices: list[Choice]
    typed: str
    fault: str
    is_group: bool = False


def drawn(sight: Sight, draft: Draft, itself: int | None = None) -> GroupDrawn:
    """`itself`: the segment that is being changed, which cannot be asked by itself."""
    return draw_group(sight, draft, draft.question, (), itself)


def draw_group(sight: Sight, draft: Draft, group: Group, place: Place, itself: int | None) -> GroupDrawn:
    members: list[GroupDrawn | ConditionDrawn] = []
    for at, member in enumerate(group.members):
        here = (*place, at)
        if isinstance(member, Group):
            members.append(draw_group(sight, draft, member, here, itself))
        else:
            members.append(draw_condition(sight, draft, member, spelled(here), itself))
    subjects = [(each.name, each.label) for each in SUBJECTS if sight.viewer.everything or not each.staff]
    kinds: list[Choice] = [(kind, KIND_LABELS[kind], kind == group.kind) for kind in KINDS]
    return GroupDrawn(spelled(place), kinds, members, subjects)


def draw_condition(sight: Sight, draft: Draft, asked: Condition, name: str, itself: int | None) -> ConditionDrawn:
    relations: list[Choice] = [(how, label, how == asked.how) for how, label in asked.subject.relations.items()]
    entry, choices = entry_of(asked), []
    if entry == "choices":
        choices = of_facet(sight, asked)
    elif entry == "list":
        choices = of_segments(asked, itself)
    typed = asked.values[0] if entry in {"number", "words"} and asked.values else ""
    return ConditionDrawn(name, asked.subject.label, relations, entry, choices, typed, draft.faults.get(name, ""))


def entry_of(asked: Condition) -> str:
    if not asked.needs_values:
        return ""
    if asked.subject.is_number(asked.how):
        return "number"
    return {"facet": "choices", "words": "words", "segment": "list"}.get(asked.subject.kind, "number")


def of_facet(sight: Sight, asked: Condition) -> list[Choice]:
    """What is chosen, then what is offered."""
    facet = FACET[asked.on]
    chosen: list[Choice] = [(value, label_of(sight, facet, value), True) for value in asked.values]
    known = set(asked.values)
    for code in most_frequent(sight, facet, sight.plain_counts[facet.name], OFFERED):
        value = code_value(sight, facet, code)
        if value not in known:
            chosen.append((value, code_label(sight, facet, code), False))
    return chosen


def of_segments(asked: Condition, itself: int | None) -> list[Choice]:
    standing: Any = Segment.objects.standing().exclude(pk=itself or 0).values_list("pk", "name")
    return [(str(number), name, str(number) in asked.values) for number, name in standing]
