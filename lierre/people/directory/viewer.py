"""The eyes that look at the directory: to whom each value must be visible to exist."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any, Self

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value

from lierre.foundation.abilities import Holder, may
from lierre.people.directory import circles, lending
from lierre.people.facts import AUDIENCES
from lierre.people.fold.visibility import BITS, sees
from lierre.people.models import DirectoryEntry, Study
from lierre.people.permissions import SEE_EVERYTHING

# Which roles belong to which audience. What is shown to everybody is shown to all of them.
AUDIENCE_OF = {
    "graduate": "graduates",
    "student": "students",
    "recruiter": "recruiters",
    "hr": "recruiters",
    "recruiter_relations": "recruiters",
}
HAVE_A_CLASS = ("graduate", "student")
# To these one belongs towards some persons, and not towards others.
TOWARDS_SOME = {"class", "groups"}


@dataclass(frozen=True, slots=True)
class Viewer:
    """
    Staff in charge sees everything. The others belong to audiences; `years` are the classes they graduated with, and
    `groups` the numbers of the groups they are in. `is_with`: borrowed eyes, of somebody who shares a group with
    whoever is looked at.

    >>> Viewer.among("graduates", years=[2014]).audiences
    ('graduates', 'public')
    """

    everything: bool = False
    audiences: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    groups: tuple[int, ...] = ()
    is_with: bool = False
    # What an agreement lets whoever acts for another controller see, of those whom graduates may know.
    lent: frozenset[str] = frozenset()

    @classmethod
    def of(cls, user: Any) -> Self:
        """The roles decide; the person linked to the account, when there is one, says which classes and groups are theirs."""
        if (lent := lending.to(user)) is not None:
            return replace(cls.among(), lent=lent)
        if may(user, SEE_EVERYTHING):
            return cls(everything=True)
        held = [kind for kind in AUDIENCE_OF if isinstance(user, Holder) and user.holds(kind)]
        years = class_years(user) if set(held) & set(HAVE_A_CLASS) else []
        return cls.among(*(AUDIENCE_OF[kind] for kind in held), years=years, groups=circles.groups_of(user))

    @classmethod
    def among(cls, *audiences: str, years: Iterable[int] = (), groups: Iterable[int] = ()) -> Self:
        """Someone who belongs to these audiences, and to everybody."""
        belongs = {*audiences, "public"}
        return cls(
            audiences=tuple(name for name in AUDIENCES if name in belongs and name not in TOWARDS_SOME),
            years=tuple(sorted(set(years))),
            groups=tuple(sorted(set(groups))),
        )

    @classmethod
    def like(cls, kind: str, year: int | None) -> Self:
        """
        Somebody of this kind who looks at a person of that class: who they would be, were they to sign in.

        >>> Viewer.like("class", 2014) == Viewer.among("graduates", years=[2014])
        True
        >>> Viewer.like("groups", 2014).audiences_towards(2014)
        ('public', 'groups')
        """
        if kind == "class":
            return cls.among("graduates", years=[year] if year else [])
        return replace(cls.among(kind), is_with=kind == "groups")

    @property
    def plain(self) -> Self:
        """Somebody of the same audiences, who has neither class nor group."""
        return replace(self, years=(), groups=())

    def audiences_towards(self, year: int | None, *, together: bool = False) -> tuple[str, ...]:
        """The audiences this viewer belongs to for someone of that class. `together`: in one of the viewer's groups."""
        found = (*self.audiences, "class") if year and year in self.years else self.audiences
        return (*found, "groups") if together or self.is_with else found

    def sees(self, mask: int, year: int | None, family: str = "name", *, together: bool = False) -> bool:
        """Whether this family of values of a person exists for this viewer."""
        if self.everything or self.is_lent(mask, family):
            return True
        return sees(mask, self.audiences_towards(year, together=together), family)

    def is_lent(self, mask: int, family: str) -> bool:
        """Whether an agreement lets this flow. Whoever hides from graduates hides from another controller too."""
        return family in self.lent and "name" in self.lent and bool(mask & BITS["graduates", "name"])

    def companions(self, person_ids: Collection[int]) -> set[int]:
        """Those of these persons who share a group with this viewer: asked of the base itself."""
        return set() if self.everything else circles.sharing(self.groups, person_ids)

    def marking_companions(self, entries: "QuerySet[DirectoryEntry]") -> Any:
        """The same entries, each saying whether its person shares a group with this viewer: in the same question."""
        if self.everything or not self.groups:
            return entries.annotate(together=Value(False))
        return entries.annotate(together=Exists(circles.members(self.groups).filter(person_id=OuterRef("pk"))))

    def existing(self, entries: "QuerySet[DirectoryEntry]") -> "QuerySet[DirectoryEntry]":
        """Those of the entries that exist for this viewer: asked of the base itself, whatever memory believes."""
        if self.everything:
            return entries
        names = sum(BITS[audience, "name"] for audience in self.audiences)
        names |= BITS["graduates", "name"] if "name" in self.lent else 0
        asked = entries.annotate(
            bits=F("mask").bitand(names),
            class_bit=F("mask").bitand(BITS["class", "name"]),
            group_bit=F("mask").bitand(BITS["groups", "name"]),
        )
        mates = Q(year__in=self.years) & ~Q(class_bit=0)
        if self.groups:
            mates |= Q(pk__in=circles.members(self.groups)) & ~Q(group_bit=0)
        return asked.filter(~Q(bits=0) | mates)


def class_years(user: Any) -> list[int]:
    """The years in which the person of this account graduated. A programme that was not completed is no class."""
    studies = Study.objects.filter(person__account=user, year__isnull=False).exclude(obtained=False)
    return sorted({year for year in studies.values_list("year", flat=True) if year})


def hidden_from_graduates(mask: int) -> bool:
    """Whether the person does not exist for other graduates: looking at them is then written in the journal."""
    return not sees(mask, ("graduates",), "name")


GRADUATES = Viewer.among("graduates")
