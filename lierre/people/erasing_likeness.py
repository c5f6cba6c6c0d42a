"""What is left to recognise somebody by when they bear no number: the name, the day of birth, the year of the degree.

Only hashes leave this module: what is remembered of somebody who was erased must not say who they were.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Self

from lierre.people.fold.text import folded
from lierre.people.matching.keys import hashed
from lierre.people.models import Person

NAMES: Final = ("family", "usage", "former")
A_WHOLE_DATE: Final = 10  # "1991-05-17": a year alone tells nobody apart


@dataclass(frozen=True, slots=True)
class Likeness:
    """`born`: name and day of birth. `year`: name and year of a degree. One hash for each name that was ever borne."""

    born: frozenset[int] = frozenset()
    year: frozenset[int] = frozenset()

    @classmethod
    def in_facts(cls, facts: Mapping[str, Any]) -> Self:
        """
        >>> one = Likeness.in_facts({"given": "Gaëlle", "family": "LE GOFF", "born": "1990-02-03"})
        >>> one == Likeness.in_facts({"given": "GAELLE", "family": "Le Goff", "born": "1990-02-03", "lost": True})
        True
        >>> Likeness.in_facts({"given": "Gaëlle", "family": "Le Goff", "born": "1990"}).born
        frozenset()
        """
        given = folded(facts.get("given", ""))
        names = {folded(facts[name]) for name in NAMES if facts.get(name)} if given else set()
        born = str(facts.get("born", ""))
        days = {born} if len(born) == A_WHOLE_DATE else set()
        years = {study["year"] for study in facts.get("studies", ()) if study.get("year")}
        return cls(
            frozenset(hashed(f"born|{name}|{given}|{day}") for name in names for day in days),
            frozenset(hashed(f"year|{name}|{given}|{year}") for name in names for year in years),
        )

    def __or__(self, other: "Likeness") -> "Likeness":
        return Likeness(self.born | other.born, self.year | other.year)

    def __bool__(self) -> bool:
        return bool(self.born or self.year)


def of_everything(said: "list[Mapping[str, Any]]") -> Likeness:
    """Of all that was ever said of one person: a name in one file, a day of birth in another, go together."""
    given = {folded(facts["given"]): facts["given"] for facts in said if facts.get("given")}
    names = {folded(facts[name]): facts[name] for facts in said for name in NAMES if facts.get(name)}
    born = {str(facts["born"]) for facts in said if facts.get("born")}
    studies = [study for facts in said for study in facts.get("studies", ())]
    found = Likeness()
    for one in given.values():
        for name in names.values():
            for day in born or {""}:
                found |= Likeness.in_facts({"given": one, "family": name, "born": day, "studies": studies})
    return found


def namesake_is_here(facts: Mapping[str, Any]) -> bool:
    """Whether somebody of the base bears the same name and was born that day: the line may well be theirs."""
    wanted = Likeness.in_facts(facts).born
    same_day = Person.objects.filter(born=facts.get("born") or "-")
    return any(
        wanted & Likeness.in_facts({"given": each.given, "family": name, "born": each.born}).born
        for each in same_day.iterator()
        for name in (each.family, each.usage)
    )
