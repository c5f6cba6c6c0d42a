"""What stands in the way of writing to some persons, and the rules of the house: four small tables in one question."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import BooleanField, Case, F, IntegerField, QuerySet, TextField, Value, When
from django.db.models.functions import Cast

from lierre.people.models import ContactPoint
from lierre.privacy.models import Budget, Clock, Request
from lierre.privacy.models.contact import USUAL_ASKS

OBJECTION, BUDGET, CLOCK = "objection", "budget", "clock"
ONE: Final = Case(When(is_so=True, then=Value(1)), default=Value(0), output_field=IntegerField())


@dataclass(slots=True)
class Obstacles:
    """`reachable` and `refused`: (person, channel). `clock_runs`: silence then counts."""

    asks_a_year: int = USUAL_ASKS
    clock_runs: bool = False
    reachable: set[tuple[int, str]] = field(default_factory=set)
    refused: set[tuple[int, str]] = field(default_factory=set)
    objecting: set[int] = field(default_factory=set)

    def take(self, person: int, what: str, value: int) -> None:
        if what == BUDGET:
            self.asks_a_year = value
        elif what == CLOCK:
            self.clock_runs = bool(value)
        elif what == OBJECTION:
            self.objecting.add(person)
        else:
            (self.refused if value else self.reachable).add((person, what))


def obstacles_of(person_ids: Collection[int], channels: Collection[str]) -> Obstacles:
    points = ContactPoint.objects.filter(person__in=person_ids, kind__in=channels).annotate(is_so=F("refused"))
    objections = Request.objects.objecting(person_ids).annotate(is_so=Value(True, BooleanField()))
    clock = Clock.objects.filter(pk=1).annotate(is_so=F("running"))
    found = Obstacles()
    rows = lines(points, F("person_id"), F("kind"), ONE).union(
        lines(objections, F("person_id"), Value(OBJECTION), ONE),
        lines(clock, Value(0), Value(CLOCK), ONE),
        lines(Budget.objects.filter(pk=1), Value(0), Value(BUDGET), F("asks")),
        all=True,
    )
    for person, what, value in rows:
        found.take(person, what, value)
    return found


def lines(rows: QuerySet[Any], who: Any, what: Any, value: Any) -> Any:
    """In columns that can stand under those of another table."""
    return (
        rows.order_by()
        .annotate(who=Cast(who, IntegerField()), what=Cast(what, TextField()), value_of_it=Cast(value, IntegerField()))
        .values_list("who", "what", "value_of_it")
    )
