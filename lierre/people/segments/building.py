"""The builder: a question being written, one plain form at a time. Nothing is kept until somebody says so."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, Self

import numpy as np
from django.http import QueryDict
from django.utils.translation import gettext as _

from lierre.people.directory.facets import FACET, Facet
from lierre.people.directory.names import words_of
from lierre.people.directory.sight import Sight
from lierre.people.directory.values import (
    NOBODY,
    code_label,
    code_value,
    codes_of,
    leads_somewhere,
    most_frequent,
    years_of,
)
from lierre.people.fold.text import folded
from lierre.people.segments.question import Condition, Group, Nonsense, Place, read
from lierre.people.segments.subjects import SUBJECT

ROOT: Final = "q"
OPENING: Final = Group()


def spelled(place: Place) -> str:
    """
    How a place is named in a form.

    >>> spelled(()), spelled((0, 2))
    ('q', 'q-0-2')
    """
    return "-".join([ROOT, *map(str, place)])


def place_of(text: str) -> Place:
    """
    >>> place_of("q-0-2")
    (0, 2)
    """
    root, *steps = text.split("-")
    if root != ROOT or len(steps) > 6 or not all(step.isdigit() and len(step) < 4 for step in steps):
        raise Nonsense(_("There is nothing at this place."))
    return tuple(map(int, steps))


@dataclass(frozen=True)
class Draft:
    """`faults`: place → what is wrong with what was typed there."""

    question: Group
    name: str = ""
    purpose: str = ""
    faults: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def sent(cls, data: QueryDict, sight: Sight) -> Self:
        """As the form says it: the tree it was drawn from, then what was chosen and typed in each field."""
        try:
            drawn = read(json.loads(data.get("question", "")[:20_000]))
        except (ValueError, RecursionError):
            raise Nonsense(_("The form has come back broken: open the page again.")) from None
        faults: dict[str, str] = {}
        question = overlaid(drawn, (), data, sight, faults)
        name, purpose = (" ".join(data.get(key, "").split()) for key in ("name", "purpose"))
        return cls(question, name[:100], purpose[:300], faults)

    def doing(self, act: str, data: QueryDict) -> Self:
        """After a button: add a condition, add a group, take one away. Anything else only looks again."""
        verb, _colon, where = act.partition(":")
        question = self.question
        if verb == "add":
            subject = SUBJECT.get(data.get(f"{where}-new", ""))
            if subject is not None:
                added = Condition(subject.name, next(iter(subject.relations)))
                question = question.adding(place_of(where), added)
        elif verb == "group":
            question = question.adding(place_of(where), Group("any"))
        elif verb == "remove":
            question = question.putting(place_of(where), None)
        return replace(self, question=read(question.as_json()))

    @property
    def as_text(self) -> str:
        return json.dumps(self.question.as_json(), ensure_ascii=False)

    @property
    def kept(self) -> Group:
        """Without what says nothing yet."""
        return complete(self.question)


def complete(group: Group) -> Group:
    members: list[Condition | Group] = []
    for member in group.members:
        if isinstance(member, Group):
            inside = complete(member)
            members += [inside] if inside.members else []
        elif member.is_complete:
            members.append(member)
    return replace(group, members=tuple(members))


def overlaid(group: Group, place: Place, data: QueryDict, sight: Sight, faults: dict[str, str]) -> Group:
    members: list[Condition | Group] = []
    for at, member in enumerate(group.members):
        here = (*place, at)
        if isinstance(member, Group):
            members.append(overlaid(member, here, data, sight, faults))
        else:
            members.append(filled(member, spelled(here), data, sight, faults))
    kind = data.get(f"{spelled(place)}-kind", group.kind)
    return Group(kind if kind in {"all", "any", "none"} else group.kind, tuple(members))


def filled(asked: Condition, name: str, data: QueryDict, sight: Sight, faults: dict[str, str]) -> Condition:
    """What is ticked, and what is typed once it is understood."""
    how = data.get(f"{name}-how", asked.how)
    how = how if how in asked.subject.relations else asked.how
    asked = replace(asked, how=how)
    if not asked.needs_values:
        return replace(asked, values=())
    typed = " ".join(data.get(f"{name}-typed", "").split())[:200]
    if asked.subject.kind == "number" or asked.subject.is_number(how):
        if typed and not (typed.isdigit() and 0 < int(typed) <= 1_200):
            faults[name] = _("Write a whole number.")
            typed = ""
        return replace(asked, values=(typed,) if typed else ())
    if asked.subject.kind == "words":
        return replace(asked, values=(typed,) if typed else ())
    chosen = data.getlist(f"{name}-value")
    if typed:
        value = understood(sight, FACET[asked.on], typed) if asked.on in FACET else ""
        if value:
            chosen.append(value)
        else:
            faults[name] = _("Nobody has “%(value)s”. Write another word of it.") % {"value": typed}
    return replace(asked, values=tuple(dict.fromkeys(value for value in chosen if value)))


def understood(sight: Sight, facet: Facet, typed: str) -> str:
    """The value that was meant: as it is spelled, else the most frequent one that says these words."""
    if facet.kind == "year":
        return typed if years_of(typed)[0] != NOBODY[0] else ""
    if codes_of(sight, facet, typed)[0] > 0 and leads_somewhere(sight, facet, typed):
        return typed
    words = words_of(typed)
    if not words:
        return ""
    counts = sight.plain_counts[facet.name].copy()
    if facet.kind == "term":
        said = sight.columns.lexicons[facet.name].codes_saying_all(words)
        mask = np.ones(len(counts), bool)
        mask[said[said < len(counts)]] = False
        counts[mask] = 0
    else:
        for code in range(1, len(counts)):
            if not all(word in folded(code_label(sight, facet, code)) for word in words):
                counts[code] = 0
    best: Sequence[int] = most_frequent(sight, facet, counts, 1)
    return code_value(sight, facet, best[0]) if best else ""


def opening_of(said: Any) -> Group:
    """What a segment asks, as it was kept."""
    return read(said)
