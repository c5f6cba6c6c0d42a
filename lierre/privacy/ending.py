"""What ends for somebody who stays: the families of values that no purpose of theirs needs any more."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from lierre.foundation.periods import months_later
from lierre.people.erasing_families import erase_families, family_of
from lierre.people.facts import GROUPS
from lierre.people.models import Person, Record
from lierre.privacy.clocks import running, silent_since, stages
from lierre.privacy.models import Lapse, Purpose
from lierre.privacy.oneness import absorbed_by
from lierre.privacy.populations import populations_of
from lierre.privacy.silence import Heard, heard_of

# What was chosen, and what befell them, binds whoever still holds anything of them.
STAYS: Final = frozenset({"identity", "choices", "states"})


@dataclass(frozen=True, slots=True)
class Ending:
    """
    One person, and the families of values that go; `values` counts what would, family by family.

    `leaves`: no purpose of their population is left at all, although those of others last longer.
    """

    person: Person
    families: frozenset[str]
    values: Mapping[str, int] = field(default_factory=dict)
    leaves: bool = False

    @property
    def in_words(self) -> str:
        return ", ".join(str(GROUPS[name]).lower() for name in GROUPS if name in self.families)


def reached(day: date | None = None) -> QuerySet[Person]:
    """Those who stay, but for whom some clock ran out since anything was last taken out of their record."""
    day = day or timezone.localdate()
    all_stages = stages(running())
    found = Person.objects.none()
    for at, months in enumerate(all_stages[:-1]):
        theirs = Lapse.objects.filter(person=OuterRef("pk"))
        # What a file has brought since goes again: it ended.
        brought = Record.objects.filter(
            person=OuterRef("pk"), delivery__imported__applied_at__gt=F("person__lapse__at")
        )
        here = silent_since(months_later(day, -months)).exclude(
            Exists(theirs.filter(months__gte=months)) & ~Exists(brought)
        )
        following = all_stages[at + 1]
        found = found | here.exclude(pk__in=silent_since(months_later(day, -following)).order_by().values("pk"))
    return found.distinct() if len(all_stages) > 1 else found


def endings_of(persons: Collection[Person], day: date | None = None) -> list[Ending]:
    """For each of them, what no purpose of their population needs. Those of whom nothing goes are left out."""
    day = day or timezone.localdate()
    numbers = [person.pk for person in persons]
    needs = needs_by_population()
    populations, heard = populations_of(persons), heard_whole(numbers)
    held = families_held(numbers)
    found = []
    for person in persons:
        theirs = needs.get(populations[person.pk], [])
        left = [each for each in theirs if not heard[person.pk].is_over(each, day)]
        needed = {family for purpose in left for family in purpose.families}
        going = frozenset(held.get(person.pk, {})) - needed - STAYS
        leaves = all(each.counted_from == Purpose.Clock.NEVER for each in left)
        if going or leaves:
            values = {name: held[person.pk][name] for name in sorted(going)}
            found.append(Ending(person, going, values, leaves))
    return found


def needs_by_population() -> dict[str, list[Purpose]]:
    found: dict[str, list[Purpose]] = {}
    for purpose in Purpose.objects.in_force():
        found.setdefault(purpose.population, []).append(purpose)
    return found


def heard_whole(numbers: Collection[int]) -> dict[int, Heard]:
    """Two who became one are heard together."""
    absorbed = absorbed_by(numbers)
    everybody = {*numbers, *(other for others in absorbed.values() for other in others)}
    heard = heard_of(everybody)
    found = {}
    for number in numbers:
        whole = heard.get(number, Heard())
        for other in absorbed[number]:
            whole = whole.with_(heard.get(other, Heard()))
        found[number] = whole
    return found


def families_held(numbers: Collection[int]) -> dict[int, dict[str, int]]:
    """Person → family → how many values their records say: a list counts for each of its items."""
    found: dict[int, dict[str, int]] = {}
    for record in Record.objects.filter(person__in=numbers).iterator(chunk_size=2_000):
        assert record.person_id is not None
        theirs = found.setdefault(record.person_id, {})
        for name, value in record.said.items():
            count = len(value) if name in {"studies", "positions", "contacts"} and isinstance(value, list) else 1
            theirs[family_of(name)] = theirs.get(family_of(name), 0) + count
    return found


def months_reached(person: Person, day: date) -> int:
    """The longest of the clocks that ran out for them, in months."""
    since = heard_whole([person.pk])[person.pk]
    return max((months for months in stages(running()) if since.is_silent_for(months, day)), default=0)


def take_out(endings: Collection[Ending], *, by: str, reason: str) -> int:
    """Erase these families of these persons. Answers of how many."""
    today = timezone.localdate()
    erase_families({each.person: each.families for each in endings}, by=by, reason=reason)
    for each in endings:
        before = Lapse.objects.filter(person=each.person).first()
        families = sorted({*each.families, *(before.families if before else ())})
        values = {"families": families, "months": months_reached(each.person, today), "at": timezone.now()}
        Lapse.objects.update_or_create(person=each.person, defaults=values)
    return len(endings)


def nothing_ends_for(persons: Collection[Person], day: date) -> None:
    """They are not looked at again until a longer clock runs out, or a file speaks of them."""
    for each in persons:
        values = {"months": months_reached(each, day), "at": timezone.now()}
        Lapse.objects.update_or_create(person=each, defaults=values)
