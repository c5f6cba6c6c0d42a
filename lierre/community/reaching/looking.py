"""Those of one's class whom the school cannot reach: only names that whoever looks may see."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, Self

import numpy as np
from django.db.models import Exists, OuterRef, Q, QuerySet

from lierre.community.models import Barring, Proposal
from lierre.community.roster import NOTHING, Asked, Roster
from lierre.people.directory.sight import Sight
from lierre.people.directory.snapshot import sight_of
from lierre.people.directory.viewer import Viewer
from lierre.people.models import ContactPoint, Person, Study

SHOWN: Final = 60


@dataclass
class Lost:
    """`class`: the same degree, the same year. Whoever hides their studies is of no class for others."""

    user: Any
    person: Person
    is_barred: bool = False
    asked: Asked = NOTHING

    @classmethod
    def of(cls, user: Any, asked: Asked = NOTHING) -> Self | None:
        """None when the account is nobody’s."""
        barred = Exists(Barring.objects.filter(person=OuterRef("pk")))
        person = Person.objects.filter(account=user.pk).annotate(is_barred=barred).first()
        return cls(user, person, bool(getattr(person, "is_barred", False)), asked) if person else None

    @cached_property
    def sight(self) -> Sight:
        return sight_of(Viewer.of(self.user))

    @cached_property
    def classes(self) -> list[Study]:
        held = Study.objects.filter(person=self.person, year__isnull=False, degree_id__isnull=False)
        return list(held.exclude(obtained=False).select_related("degree"))

    @property
    def mates(self) -> QuerySet[Any, int]:
        """The numbers of those of these classes: a question, not its answer."""
        among = Q(pk__in=[])
        for study in self.classes:
            among |= Q(degree_id=study.degree_id, year=study.year)
        return Study.objects.filter(among).exclude(obtained=False).values_list("person_id", flat=True)

    @cached_property
    def unreachable(self) -> set[int]:
        """
        Of these classes, those of whom no address works, or who are known to be lost from sight.

        Whoever asked for silence is among them as any other: being left out would tell it. A proposal about them leads nowhere.
        """
        works = ContactPoint.objects.filter(person=OuterRef("pk"), kind="email", refused=False)
        found = Person.objects.alive().filter(Q(lost=True) | ~Exists(works), pk__in=self.mates)
        return set(found.values_list("pk", flat=True)) - {self.person.pk}

    @cached_property
    def proposals(self) -> dict[str, int]:
        """Those to whom whoever looks has proposed a way: that it was, and nothing of what became of it."""
        held = Proposal.objects.filter(proposer=self.person).order_by("-id")
        return dict(held.values_list("person__public_id", "person_id"))

    @cached_property
    def roster(self) -> Roster:
        """Those whose name and studies exist for whoever looks, and to whom they have proposed no way yet."""
        found = self.sight.among(np.array(sorted(self.unreachable - {*self.proposals.values()}), np.int64))
        known = dict(list(self.proposals.items())[:SHOWN])
        return Roster(self.sight, found[self.sight.family("study")[found]], self.asked, also=known, brief=True)

    @property
    def total(self) -> int:
        return len(self.roster.everybody)

    def chosen(self, public_id: str) -> Person | None:
        """One of them, to whom a way is about to be proposed."""
        person = Person.objects.filter(public_id=public_id).first() if public_id else None
        return person if person and person.pk in self.roster.everybody else None

    def shows(self, person: Person) -> bool:
        return person.pk in self.roster.everybody or person.pk in self.proposals.values()
