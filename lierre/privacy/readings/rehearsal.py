"""A rehearsal of the retention clock, as its page shows it: numbers, and a few persons as they are called today."""

from dataclasses import dataclass
from typing import Any, Self

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lierre.people.facts import GROUPS
from lierre.people.models import Person

LABELS: dict[str, str | Promise] = {
    "positions": _("positions"),
    "contacts": _("contact points"),
    "consents": _("consents"),
    "messages": _("messages that were sent"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """`values` and `families`: what would go, in words. `leaving` and `staying`: the first persons of each."""

    counts: dict[str, Any]
    values: list[tuple[str | Promise, int]]
    families: list[tuple[str | Promise, int, int]]
    leaving: list[Person]
    staying: list[tuple[Person, str]]
    staying_count: int

    @classmethod
    def of(cls, result: dict[str, Any]) -> Self:
        """Whoever has left since is shown no more."""
        leaving, staying = result["leaving"], result["staying"]
        named = Person.objects.in_bulk([*leaving["sample"], *(number for number, _families in staying["sample"])])
        found = staying["families"]
        return cls(
            leaving,
            [(LABELS[name], count) for name, count in leaving["values"].items()],
            [(label, found[name]["persons"], found[name]["values"]) for name, label in GROUPS.items() if name in found],
            [named[number] for number in leaving["sample"] if number in named],
            [(named[number], in_words(families)) for number, families in staying["sample"] if number in named],
            staying["persons"],
        )

    @property
    def persons(self) -> list[Person]:
        return [*self.leaving, *(person for person, _families in self.staying)]


def in_words(families: list[str]) -> str:
    return ", ".join(str(label).lower() for name, label in GROUPS.items() if name in families)
