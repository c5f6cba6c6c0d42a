"""The eyes that look at the directory: to whom each value must be visible to exist."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from django.db.models import F, Q, QuerySet

from lierre.foundation.abilities import Holder, may
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


@dataclass(frozen=True, slots=True)
class Viewer:
    """
    Staff in charge sees everything. The others belong to audiences; `years` are the classes they graduated with.

    >>> Viewer.among("graduates", years=[2014]).audiences
    ('graduates', 'public')
    """

    everything: bool = False
    audiences: tuple[str, ...] = ()
    years: tuple[int, ...] = ()

    @classmethod
    def of(cls, user: Any) -> Self:
        """The roles decide; the person linked to the account, when there is one, says which classes are theirs."""
        if may(user, SEE_EVERYTHING):
            return cls(everything=True)
        held = [kind for kind in AUDIENCE_OF if isinstance(user, Holder) and user.holds(kind)]
        years = class_years(user) if set(held) & set(HAVE_A_CLASS) else []
        return cls.among(*(AUDIENCE_OF[kind] for kind in held), years=years)

    @classmethod
    def among(cls, *audiences: str, years: Iterable[int] = ()) -> Self:
        """Someone who belongs to these audiences, and to everybody."""
        belongs = {*audiences, "public"}
        return cls(
            audiences=tuple(name for name in AUDIENCES if name in belongs and name != "class"),
            years=tuple(sorted(set(years))),
        )

    @classmethod
    def like(cls, kind: str, year: int | None) -> Self:
        """
        Somebody of this kind who looks at a person of that class: who they would be, were they to sign in.

        >>> Viewer.like("class", 2014) == Viewer.among("graduates", years=[2014])
        True
        """
        if kind == "class":
            return cls.among("graduates", years=[year] if year else [])
        return cls.among(kind)

    def audiences_towards(self, year: int | None) -> tuple[str, ...]:
        """The audiences this viewer belongs to for someone of that class."""
        return (*self.audiences, "class") if year and year in self.years else self.audiences

    def sees(self, mask: int, year: int | None, family: str = "name") -> bool:
        """Whether this family of values of a person exists for this viewer."""
        return self.everything or sees(mask, self.audiences_towards(year), family)

    def existing(self, entries: "QuerySet[DirectoryEntry]") -> "QuerySet[DirectoryEntry]":
        """Those of the entries that exist for this viewer: asked of the base itself, whatever memory believes."""
        if self.everything:
            return entries
        names = sum(BITS[audience, "name"] for audience in self.audiences)
        asked = entries.annotate(bits=F("mask").bitand(names), class_bit=F("mask").bitand(BITS["class", "name"]))
        return asked.filter(~Q(bits=0) | (Q(year__in=self.years) & ~Q(class_bit=0)))


def class_years(user: Any) -> list[int]:
    """The years in which the person of this account graduated. A programme that was not completed is no class."""
    studies = Study.objects.filter(person__account=user, year__isnull=False).exclude(obtained=False)
    return sorted({year for year in studies.values_list("year", flat=True) if year})


def hidden_from_graduates(mask: int) -> bool:
    """Whether the person does not exist for other graduates: looking at them is then written in the journal."""
    return not sees(mask, ("graduates",), "name")


GRADUATES = Viewer.among("graduates")
