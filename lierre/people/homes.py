"""Whose each record of a merged person would be, were the merges undone: by where it came in, else by what it bears."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Self

from lierre.people.models import Decision, Merge, Person, Record


@dataclass(frozen=True, slots=True)
class Home:
    """`others`: who else it may be of, when nothing tells. Then `person` is whom it was given to when it came."""

    record: Record
    person: int
    others: frozenset[int] = frozenset()
    path: tuple[Decision, ...] = ()  # the merges that brought it here, the oldest first

    @property
    def possible(self) -> frozenset[int]:
        return self.others | {self.person}


@dataclass
class Homes:
    """Of everybody who became one person."""

    root: Person
    merges: list[Merge]
    found: list[Home] = field(default_factory=list)
    bearers: dict[int, set[int]] = field(default_factory=dict)  # whose each key is

    @classmethod
    def of(cls, root: Person) -> Self:
        homes = cls(root, Merge.objects.around(root))
        records = list(Record.objects.of([root.pk]).select_related("source"))
        paths = homes.paths(records)
        came = [homes.where_it_came(record, paths[record.pk]) for record in records]
        for home in came:
            if not home.others:
                homes.settle(home)
        for home in came:
            if home.others:
                homes.settle(homes.by_what_it_bears(home))
        homes.found.sort(key=lambda home: home.record.pk)
        return homes

    def side_of(self, gone: int) -> set[int]:
        """Someone who joined, with all those who had joined them before."""
        side = {gone}
        for _step in self.merges:  # one more than there can be between someone and whoever they joined
            side |= {each.gone_id for each in self.merges if each.first_kept_id in side}
        return side

    def paths(self, records: Sequence[Record]) -> dict[int, tuple[Decision, ...]]:
        """For each record, the merges that still stand and moved it, unless somebody has placed it since."""
        standing = {merge.pk for merge in self.merges}
        taken: dict[int, list[Decision]] = {record.pk: [] for record in records}
        for decision in Decision.objects.filter(record__in=taken, undone_at=None).order_by("pk"):
            if decision.merge_id in standing:
                taken[decision.record_id].append(decision)
            else:
                taken[decision.record_id].clear()
        return {number: tuple(decisions) for number, decisions in taken.items()}

    def where_it_came(self, record: Record, path: tuple[Decision, ...]) -> Home:
        """Whoever it was given to; and, when they were several already, all of those."""
        person = (path[0].before_id if path else None) or self.root.pk
        others: set[int] = set()
        for merge in self.merges:
            if merge.first_kept_id == person and record.pk not in merge.stayed:
                others |= self.side_of(merge.gone_id)
        return Home(record, person, frozenset(others - {person}), path)

    def by_what_it_bears(self, home: Home) -> Home:
        """A number, an address or an account that belongs to one of them only."""
        bearers: Iterable[int] = set().union(*(self.bearers.get(key.hash, set()) for key in home.record.keys))
        found = set(home.possible & set(bearers))
        if not found and home.record.source.kind == "member":
            found = set(home.possible) & self.owners_of_the_account()
        if len(found) == 1:
            return Home(home.record, found.pop(), path=home.path)
        return home

    def owners_of_the_account(self) -> set[int]:
        """Whose the account was before the merges."""
        moved = [merge.gone_id for merge in self.merges if merge.account_id == self.root.account_id]
        return {moved[0]} if moved and self.root.account_id else {self.root.pk}

    def settle(self, home: Home) -> None:
        self.found.append(home)
        if not home.others:
            for key in home.record.keys:
                self.bearers.setdefault(key.hash, set()).add(home.person)
