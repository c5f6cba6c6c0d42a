"""People for the tests of the directory, written by the very projection that imports use."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, cast

from django.db import connection

from lierre.people import projection
from lierre.people.directory import circles
from lierre.people.fold import DEFAULT_POLICY, Testimony, fold, rows_of
from lierre.people.models import DirectoryEntry, Person, Record
from lierre.people.saying import staff_source

HEARD = 20_700

AMELIE = {
    "given": "Amélie",
    "family": "Hervé",
    "usage": "Hervé-Cariou",
    "studies": [
        {"degree": "Master Statistique et société", "level": "master", "discipline": "Statistique",
         "unit": "Faculté des sciences", "year": 2014, "obtained": True}
    ],
    "positions": [
        {"employer": "Armor Énergies", "title": "Responsable données", "rome": "M1423", "sector": "D", "city": "Brest",
         "department": "29", "country": "FR", "started": "2023-01"}
    ],
}  # fmt: skip
SHOWN_TO_GRADUATES = {"audience_position": ["graduates"], "audience_place": ["graduates"]}
HIDDEN = {"audience_name": [], "audience_study": []}


def settle(*people: Mapping[str, Any]) -> list[Person]:
    """Write these persons, each with one record, and give them back."""
    source, sheaf, ids = staff_source(), projection.Sheaf(), []
    for facts in people:
        person = Person.objects.create()
        record = keep(person, facts, source.pk)
        sheaf.add(rows_of(person.pk, fold([Testimony(record.pk, "staff", record.asserted, facts)], DEFAULT_POLICY)))
        ids.append(person.pk)
    projection.write(sheaf, known=ids)
    found = Person.objects.in_bulk(ids)
    return [found[number] for number in ids]


def rewrite(person: Person, facts: Mapping[str, Any]) -> None:
    """Write a person again, with other facts."""
    sheaf = projection.Sheaf()
    sheaf.add(rows_of(person.pk, fold([Testimony(1, "staff", heard(facts), facts)], DEFAULT_POLICY)))
    projection.write(sheaf, known=[person.pk])


def keep(person: Person, facts: Mapping[str, Any], source_id: int) -> Record:
    text = json.dumps(facts)
    return Record.objects.create(
        person=person, source_id=source_id, asserted=heard(facts), digest=0, raw=text, facts=text
    )


def heard(facts: Mapping[str, Any]) -> int:
    return facts.get("heard", HEARD)


class TownCircles:
    """Groups as a domain above would answer for them: number → the persons who are in it."""

    def __init__(self, within: Mapping[int, Collection[int]]) -> None:
        self.within = within

    def of_account(self, user_id: int) -> dict[int, str]:
        held = set(Person.objects.filter(account=user_id).values_list("pk", flat=True))
        return {number: f"group {number}" for number, persons in self.within.items() if held & set(persons)}

    def members(self, groups: Collection[int]) -> circles.Numbers:
        found = {person for number in groups for person in self.within.get(number, ())}
        return cast(circles.Numbers, DirectoryEntry.objects.filter(pk__in=found).values_list("person_id", flat=True))


@contextmanager
def in_groups(within: Mapping[int, Collection[Person]]) -> Iterator[None]:
    """These persons are in these groups."""
    before = list(circles._held)
    circles.answer_with(TownCircles({number: [each.pk for each in persons] for number, persons in within.items()}))
    yield
    circles._held[:] = before


def leave(people: Sequence[Person]) -> None:
    """Take these persons out of the base, without a trace."""
    ids = [person.pk for person in people]
    projection.clear(ids)
    projection.changed(ids)
    Record.objects.filter(person_id__in=ids).delete()
    Person.objects.filter(id__in=ids).delete()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM people_term")
