"""The class of a ceremony, and who is missing: read by the alumni office."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

from django.db.models import Sum
from django.utils.translation import gettext as _

from lierre.community.models import Capture, Ceremony, CeremonyDay
from lierre.people.models import ContactPoint, Person, Study

SHOWN: Final = 500


@dataclass(frozen=True, slots=True)
class Line:
    """`state`: "reached", "waiting" or "missing"."""

    person: Person
    state: str
    since: date | None = None

    @property
    def in_words(self) -> str:
        return {
            "reached": _("confirmed a personal address"), "waiting": _("left an address, not confirmed yet"),
            "missing": _("nothing yet"),
        }[self.state]  # fmt: skip

    @property
    def tone(self) -> str:
        return {"reached": "good", "waiting": "note", "missing": "warn"}[self.state]


@dataclass(frozen=True)
class Roll:
    ceremony: Ceremony
    only: str = ""

    @cached_property
    def everybody(self) -> list[Line]:
        """By name. A programme that was not completed is not of the class."""
        studies = Study.objects.filter(year=self.ceremony.year).exclude(obtained=False)
        if self.ceremony.degree_id:
            studies = studies.filter(degree_id=self.ceremony.degree_id)
        persons = list(Person.objects.alive().filter(pk__in=studies.values("person_id"))[:SHOWN])
        numbers = [person.pk for person in persons]
        proven = ContactPoint.objects.filter(
            person__in=numbers, kind="email", use="personal", confirmed=True, refused=False
        )
        reached = set(proven.values_list("person_id", flat=True))
        left = Capture.objects.filter(ceremony=self.ceremony, person__in=numbers).exclude(state="dropped")
        when = {each.person_id: each.at.date() for each in left.order_by("at")}
        return [
            Line(
                each,
                "reached" if each.pk in reached else "waiting" if each.pk in when else "missing",
                when.get(each.pk),
            )
            for each in persons
        ]

    @property
    def lines(self) -> list[Line]:
        return [each for each in self.everybody if not self.only or each.state == self.only]

    def many(self, state: str) -> int:
        return sum(each.state == state for each in self.everybody)

    @property
    def reached(self) -> int:
        return self.many("reached")

    @property
    def missing(self) -> int:
        return self.many("missing")

    @property
    def waiting(self) -> int:
        return self.many("waiting")

    @cached_property
    def days(self) -> list[CeremonyDay]:
        return list(self.ceremony.days.all())

    @cached_property
    def totals(self) -> dict[str, int]:
        sums: dict[str, Any] = self.ceremony.days.aggregate(
            opened=Sum("opened"), done=Sum("done"), confirmed=Sum("confirmed")
        )
        return {name: value or 0 for name, value in sums.items()}

    def header(self) -> list[str]:
        return [str(name) for name in (_("Name"), _("Given name"), _("State"), _("Since"))]

    def rows(self) -> Iterator[list[Any]]:
        for line in self.lines:
            yield [line.person.shown_family, line.person.given, line.in_words, line.since]
