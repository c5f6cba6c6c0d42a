"""What the page of a group shows: its members, as far as whoever looks may see each of them."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np

from lierre.community.models import Group, Membership
from lierre.community.permissions import MANAGE_GROUPS
from lierre.foundation.abilities import may
from lierre.people.directory.question import Question
from lierre.people.directory.rows import Row, rows_of
from lierre.people.directory.searching import find
from lierre.people.directory.sight import Sight
from lierre.people.directory.snapshot import sight_of
from lierre.people.directory.viewer import Viewer
from lierre.people.models import Person

SHOWN: Final = 60
FOUND: Final = 8


@dataclass
class Inside:
    """`start`: how many members were shown on the pages before."""

    group: Group
    user: Any
    start: int = 0
    words: str = ""

    @cached_property
    def mine(self) -> Membership | None:
        """What stands between the group and whoever looks."""
        return Membership.objects.filter(group=self.group, person__account=self.user.pk).first()

    @cached_property
    def person(self) -> Person | None:
        """Whose account this is: groups are of persons."""
        return Person.objects.filter(account=self.user.pk).first()

    @property
    def is_in(self) -> bool:
        return self.mine is not None and self.mine.state == Membership.State.IN

    @cached_property
    def manages(self) -> bool:
        return may(self.user, MANAGE_GROUPS)

    @property
    def answers(self) -> bool:
        """Whether they let in those who ask, and invite."""
        return self.manages or (self.is_in and self.mine is not None and self.mine.hosts)

    @property
    def opens(self) -> bool:
        """Whether the members are shown. For the others a group is a name, and no number tells how large it is."""
        return self.is_in or self.manages

    @cached_property
    def sight(self) -> Sight:
        return sight_of(Viewer.of(self.user))

    @cached_property
    def memberships(self) -> dict[int, Membership]:
        """By number of person."""
        held = self.group.memberships.filter(state=Membership.State.IN).select_related("person")
        return {each.person_id: each for each in held}

    @cached_property
    def seen(self) -> list[int]:
        """The members who exist for whoever looks, by name."""
        ids = self.sight.among(np.array(sorted(self.memberships), np.int64))
        return [int(each) for each in ids[np.argsort(self.sight.columns.rank[ids], kind="stable")]]

    @property
    def total(self) -> int:
        return len(self.seen)

    @cached_property
    def members(self) -> list[tuple[Row, Membership]]:
        """This page of them."""
        shown = self.seen[self.start : self.start + SHOWN]
        by_address = {self.memberships[number].person.public_id: self.memberships[number] for number in shown}
        return [(row, by_address[row.public_id]) for row in rows_of(self.sight, shown)]

    @property
    def next(self) -> int:
        following = self.start + SHOWN
        return following if following < self.total else 0

    @cached_property
    def requests(self) -> list[Membership]:
        """Those who ask: whoever answers reads their name, as they were told."""
        asked = self.group.memberships.asking().select_related("person", "group").order_by("at")
        return list(asked[:SHOWN]) if self.answers else []

    def sees(self, person: Person) -> bool:
        """Whether this person exists for whoever looks."""
        return bool(self.sight.among(np.array([person.pk], np.int64)).size)

    @cached_property
    def found(self) -> list[Row]:
        """Whom one could invite, among those whom one sees in the directory."""
        words = Question(text=self.words).words
        if not words or not self.answers:
            return []
        ids = find(self.sight, words).ids
        others = [] if ids is None else [int(each) for each in ids if int(each) not in self.memberships]
        return rows_of(self.sight, others[:FOUND])
