"""What the page of a group shows: its members, as far as whoever looks may see each of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, Self

import numpy as np
from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from lierre.community.models import Group, Membership
from lierre.community.permissions import MANAGE_GROUPS
from lierre.community.roster import NOTHING, Asked, Roster
from lierre.foundation.abilities import may
from lierre.people.directory.listing import columns_asked
from lierre.people.directory.names import words_of
from lierre.people.directory.rows import Row, all_rows, rows_of
from lierre.people.directory.searching import find
from lierre.people.directory.sight import Sight
from lierre.people.directory.snapshot import sight_of
from lierre.people.directory.viewer import Viewer
from lierre.people.models import Person

SHOWN: Final = 60
FOUND: Final = 8
AT_ONCE: Final = 500


@dataclass
class Inside:
    """
    `asked`: which page of the members, and who among them. `words`: the name of somebody to invite.

    `between`: what stands between the group and whoever looks, or asks to join it.
    """

    group: Group
    user: Any
    between: Sequence[Membership]
    asked: Asked = NOTHING
    words: str = ""

    @classmethod
    def or_404(cls, group_id: int, user: Any, asked: Asked = NOTHING, words: str = "") -> Self:
        """With the group, in one question when something stands between it and whoever looks."""
        waits = Q(person__account=user.pk) | Q(state=Membership.State.ASKED)
        held = Membership.objects.filter(waits, group=group_id, group__closed_at=None).order_by("at")
        between = list(held.select_related("person", "group"))
        group = between[0].group if between else get_object_or_404(Group.objects.standing(), pk=group_id)
        return cls(group, user, between, asked, words)

    @cached_property
    def mine(self) -> Membership | None:
        """What stands between the group and whoever looks."""
        return next((each for each in self.between if each.person.account_id == self.user.pk), None)

    @cached_property
    def person(self) -> Person | None:
        """Whose account this is: groups are of persons."""
        return self.mine.person if self.mine else Person.objects.filter(account=self.user.pk).first()

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
    def numbers(self) -> set[int]:
        """The numbers of the persons who are in."""
        held = self.group.memberships.filter(state=Membership.State.IN)
        return set(held.values_list("person_id", flat=True))

    @cached_property
    def roster(self) -> Roster:
        """The members who exist for whoever looks."""
        return Roster.of(self.sight, self.numbers, self.asked)

    @cached_property
    def members(self) -> list[tuple[Row, Membership]]:
        """This page of them."""
        held = self.memberships(self.roster.page.ids)
        return [(row, held[row.public_id]) for row in self.roster.rows if row.public_id in held]

    def memberships(self, numbers: Sequence[int]) -> dict[str, Membership]:
        """By public identifier of their person."""
        held = self.group.memberships.filter(state=Membership.State.IN, person__in=numbers).select_related("person")
        return {each.person.public_id: each for each in held}

    def header(self) -> list[str]:
        told = (_("How they are in it"), _("Hosts the group"), _("Since"))
        return [*(str(column.label) for column in columns_asked(self.sight.viewer, ())), *told]

    def table(self) -> Iterator[list[Any]]:
        """Every member who answers what was typed, in the usual columns: what whoever takes them may see."""
        columns, ids = columns_asked(self.sight.viewer, ()), self.roster.in_order()
        for at in range(0, len(ids), AT_ONCE):
            some = ids[at : at + AT_ONCE]
            held = self.memberships(some)
            for row in all_rows(self.sight, some):
                if each := held.get(row.public_id):
                    hosts = _("yes") if each.hosts else ""
                    yield [*(column.value(row) for column in columns), each.get_how_display(), hosts, each.at.date()]

    @property
    def requests(self) -> list[Membership]:
        """Those who ask: whoever answers reads their name, as they were told."""
        asked = [each for each in self.between if each.state == Membership.State.ASKED]
        return asked[:SHOWN] if self.answers else []

    def sees(self, person: Person) -> bool:
        """Whether this person exists for whoever looks."""
        return bool(self.sight.among(np.array([person.pk], np.int64)).size)

    @cached_property
    def found(self) -> list[Row]:
        """Whom one could invite, among those whom one sees in the directory."""
        words = words_of(self.words)
        if not words or not self.answers:
            return []
        ids = find(self.sight, words).ids
        others = [] if ids is None else [int(each) for each in ids if int(each) not in self.numbers]
        return rows_of(self.sight, others[:FOUND])
