"""The class of a ceremony, and who is missing: read by the alumni office."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from lierre.community.models import Capture, Ceremony, CeremonyDay
from lierre.community.roster import NOTHING, Asked, Roster
from lierre.people.directory.rows import Row, rows_of
from lierre.people.directory.sight import Sight
from lierre.people.models import ContactPoint, Person, Study

AT_ONCE: Final = 500
NEITHER: Final = "missing"


@dataclass(frozen=True, slots=True)
class Line:
    """`state`: "reached", "waiting" or "missing"."""

    row: Row
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
    """Everybody is counted, whatever is typed; `only` of one state are listed, page by page."""

    ceremony: Ceremony
    sight: Sight
    asked: Asked = NOTHING
    only: str = ""

    @cached_property
    def studies(self) -> QuerySet[Study]:
        """A programme that was not completed is not of the class."""
        studies = Study.objects.filter(year=self.ceremony.year, person__died="").exclude(obtained=False)
        return studies.filter(degree_id=self.ceremony.degree_id) if self.ceremony.degree_id else studies

    @cached_property
    def everybody(self) -> Roster:
        return Roster.of(self.sight, set(self.studies.values_list("person_id", flat=True)), NOTHING)

    @cached_property
    def states(self) -> dict[int, str]:
        """Of each person of the class who is not missing: the number → "reached" or "waiting"."""
        proven = ContactPoint.objects.filter(
            person__in=self.studies.values("person_id"), kind="email", use="personal", confirmed=True, refused=False
        )
        known = {int(number) for number in self.everybody.everybody}
        reached = known & set(proven.values_list("person_id", flat=True))
        return {
            number: "reached" if number in reached else "waiting" for number in known & (reached | self.left.keys())
        }

    @cached_property
    def left(self) -> dict[int, date]:
        """The number of whoever left an address at this ceremony → the day, the latest."""
        left = Capture.objects.filter(ceremony=self.ceremony, person__isnull=False).exclude(state="dropped")
        return {number: at.date() for number, at in left.order_by("at").values_list("person_id", "at") if number}

    @cached_property
    def roster(self) -> Roster:
        """Those whom the page lists."""
        numbers = {int(number) for number in self.everybody.everybody}
        wanted = {number for number in numbers if not self.only or self.states.get(number, NEITHER) == self.only}
        return Roster.of(self.sight, wanted, self.asked, brief=True)

    @cached_property
    def lines(self) -> list[Line]:
        """This page of them."""
        return list(self.lines_of(self.roster.rows, self.roster.page.ids))

    def lines_of(self, rows: list[Row], numbers: list[int]) -> Iterator[Line]:
        known = {each.public_id: each for each in Person.objects.filter(pk__in=numbers)}
        for row in rows:
            if person := known.get(row.public_id):
                yield Line(row, person, self.states.get(person.pk, NEITHER), self.left.get(person.pk))

    @property
    def total(self) -> int:
        return len(self.everybody.everybody)

    def many(self, state: str) -> int:
        return sum(each == state for each in self.states.values())

    @property
    def reached(self) -> int:
        return self.many("reached")

    @property
    def waiting(self) -> int:
        return self.many("waiting")

    @property
    def missing(self) -> int:
        return self.total - len(self.states)

    @cached_property
    def days(self) -> list[CeremonyDay]:
        return list(self.ceremony.days.all())

    @property
    def totals(self) -> dict[str, int]:
        return {
            "opened": sum(each.opened for each in self.days), "done": sum(each.done for each in self.days),
            "confirmed": sum(each.confirmed for each in self.days),
        }  # fmt: skip

    def header(self) -> list[str]:
        return [str(name) for name in (_("Name"), _("Given name"), _("Degree"), _("State"), _("Since"))]

    def table(self) -> Iterator[list[Any]]:
        """Everybody whom the page lists, on all its pages."""
        ids = self.roster.in_order()
        for at in range(0, len(ids), AT_ONCE):
            some = ids[at : at + AT_ONCE]
            for line in self.lines_of(rows_of(self.sight, some, brief=True), some):
                who = [line.person.shown_family, line.person.given, line.row.studied]
                yield [*who, line.in_words, line.since]
