"""Those of one's class whom the school cannot reach: only names that whoever looks may see."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from django.db.models import Exists, OuterRef, Q

from lierre.accounts.models import User
from lierre.community.models import Barring, Proposal
from lierre.people.directory.rows import Row, rows_of
from lierre.people.directory.sight import Sight
from lierre.people.directory.snapshot import sight_of
from lierre.people.directory.viewer import Viewer
from lierre.people.models import ContactPoint, Person, Study

SHOWN: Final = 60


@dataclass
class Lost:
    """`class`: the same degree, the same year. Whoever hides their studies is of no class for others."""

    user: User
    person: Person

    @cached_property
    def sight(self) -> Sight:
        return sight_of(Viewer.of(self.user))

    @cached_property
    def classes(self) -> list[Study]:
        held = Study.objects.filter(person=self.person, year__isnull=False, degree_id__isnull=False)
        return list(held.exclude(obtained=False).select_related("degree"))

    @cached_property
    def mates(self) -> list[int]:
        """Numbers of the persons of these classes whose name and studies exist for whoever looks."""
        among = Q(pk__in=[])
        for study in self.classes:
            among |= Q(degree_id=study.degree_id, year=study.year)
        numbers = set(Study.objects.filter(among).exclude(obtained=False).values_list("person_id", flat=True))
        ids = self.sight.among(np.array(sorted(numbers - {self.person.pk}), np.int64))
        return [int(each) for each in ids[self.sight.family("study")[ids]]]

    @cached_property
    def unreachable(self) -> list[int]:
        """
        No address of theirs works, or they are known to be lost from sight.

        Whoever asked for silence is among them as any other: being left out would tell it. A proposal about them leads nowhere.
        """
        works = ContactPoint.objects.filter(person=OuterRef("pk"), kind="email", refused=False)
        found = Person.objects.alive().filter(pk__in=self.mates).filter(Q(lost=True) | ~Exists(works))
        order = self.sight.columns.rank
        known = {each.person_id for each in self.proposals}
        return sorted(
            (each for each in found.values_list("pk", flat=True) if each not in known), key=lambda each: order[each]
        )

    @property
    def total(self) -> int:
        return len(self.unreachable)

    @cached_property
    def rows(self) -> list[Row]:
        return rows_of(self.sight, self.unreachable[:SHOWN])

    @cached_property
    def proposals(self) -> list[Proposal]:
        """What whoever looks has proposed: that it was, and nothing of what became of it."""
        return list(Proposal.objects.filter(proposer=self.person).only("person_id", "at"))

    @cached_property
    def proposed(self) -> list[Row]:
        """The names, as far as they may still be seen."""
        return rows_of(self.sight, list(dict.fromkeys(each.person_id for each in self.proposals))[:SHOWN])

    @cached_property
    def is_barred(self) -> bool:
        return Barring.objects.filter(person=self.person).exists()

    def shows(self, person: Person) -> bool:
        return person.pk in self.unreachable or person.pk in {each.person_id for each in self.proposals}
