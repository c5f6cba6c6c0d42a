"""Whatever is merged, split, imported, corrected, reverted or given back, in any order: nothing is lost, nothing is invented."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as some

from lierre.accounts.models import User
from lierre.foundation.errors import Refused
from lierre.people.duplicates.splitting import split
from lierre.people.linking import link, separate, undo
from lierre.people.merging import Undecided, merge, undecided, unmerge
from lierre.people.models import Decision, Import, Merge, Person, Record, RecordKey, Source
from lierre.people.projection import Sheaf
from lierre.people.rebuilding import expected_tables, rebuild, stored
from lierre.people.saying import correct, say
from lierre.people.tests.imports import applied
from lierre.people.tests.story import Forgotten

PHASES = [Phase.explicit, Phase.reuse, Phase.generate]
FIRST = date(2026, 1, 1)
PERSONS = 4
NUMBERS = [f"2100000{number}" for number in range(PERSONS)]
NAMES = ["Hervé", "HERVE", "Hervé-Cariou", "Le Goff"]
ACTS = some.lists(
    some.tuples(
        some.sampled_from(["merge", "unmerge", "bring", "revert", "correct", "link", "separate", "split", "undo"]),
        some.integers(0, PERSONS - 1), some.integers(0, PERSONS - 1),
    ),
    min_size=2, max_size=10,
)  # fmt: skip


def everything() -> dict[str, Any]:
    """All that a merge may touch, as the base says it: folded rows, keys, directory, accounts, whose each record is."""
    found: dict[str, Any] = {
        table: sorted(map(tuple, stored(table, columns, key, 1, 2**62)), key=repr)
        for table, columns, key, _rows in expected_tables(Sheaf())
    }
    found["records"] = sorted(Record.objects.values_list("pk", "person_id", "linked_by", "raw"))
    found["keys"] = sorted(RecordKey.objects.values_list("hash", "record_id"))
    found["accounts"] = sorted(Person.objects.exclude(account=None).values_list("pk", "public_id", "account_id"))
    found["pages"] = sorted(
        Person.objects.values_list("pk", "public_id", "given", "family", "usage", "sort", "completeness")
    )
    return found


class Town:
    """Four persons known by a school, each with their number; the first signs in."""

    def __init__(self) -> None:
        self.day = FIRST
        self.school, _new = Source.objects.get_or_create(name="Scolarité", defaults={"kind": "school", "siglum": "S"})
        self.survey, _new = Source.objects.get_or_create(name="Enquête", defaults={"kind": "survey", "siglum": "E"})
        self.persons = []
        for number, family in zip(NUMBERS, NAMES, strict=True):
            facts = {
                "student_number": number, "family": family, "given": "Amélie",
                "studies": [{"degree": "Master Droit", "year": 2014}], "positions": [{"employer": family, "title": "Juriste"}],
                "contacts": [{"kind": "email", "value": f"{number}@courriel.example", "confirmed": True}],
            }  # fmt: skip
            person = say(facts, source=self.school, by="Solenn").person
            assert person is not None
            self.persons.append(person)
        account = User.objects.create(email="amelie@courriel.example", name="Amélie Hervé")
        Person.objects.filter(pk=self.persons[0].pk).update(account=account)
        self.imports: list[Import] = []

    def person(self, number: int) -> Person:
        return Person.objects.get(pk=self.persons[number].pk)

    def do(self, act: str, one: int, other: int) -> None:
        self.day += timedelta(days=1)
        getattr(self, act)(one, other)

    def merge(self, one: int, other: int) -> None:
        merge(self.person(one), self.person(other), by="Solenn", reason="La même.")

    def unmerge(self, one: int, other: int) -> None:
        standing = list(Merge.objects.standing().order_by("pk"))
        if standing:
            give_back(standing[(one + other) % len(standing)], theirs=bool(one % 2))

    def bring(self, one: int, other: int) -> None:
        lines = [
            {"NUMERO": NUMBERS[each], "NOM": NAMES[each], "PRENOM": "Amélie", "POSTE": f"Poste {self.day}"}
            for each in {one, other}
        ]
        self.imports.append(applied(lines, self.survey, self.day, by="Solenn", name=f"lot-{self.day}.csv"))

    def revert(self, one: int, _other: int) -> None:
        if self.imports:
            imported = self.imports.pop(one % len(self.imports))
            imported.refresh_from_db()
            imported.ask_revert(by="Solenn").run_now()

    def correct(self, one: int, _other: int) -> None:
        correct(self.person(one), {"headline": f"Le {self.day}"}, reason="Au téléphone.", by="Solenn")

    def link(self, one: int, other: int) -> None:
        record = Record.objects.filter(person=self.persons[one]).order_by("pk").last()
        if record:
            link(record, self.person(other), by="Solenn", reason="La sienne.")

    def separate(self, one: int, _other: int) -> None:
        record = Record.objects.filter(person=self.persons[one]).order_by("pk").last()
        if record:
            separate(record, by="Solenn", reason="Une autre.")

    def undo(self, one: int, other: int) -> None:
        decisions = list(Decision.objects.filter(undone_at=None, merge=None).order_by("-pk"))
        if decisions:
            undo(decisions[(one + other) % len(decisions)], by="Solenn")

    def split(self, one: int, _other: int) -> None:
        numbers = list(Record.objects.filter(person=self.persons[one]).values_list("pk", flat=True))
        split(self.person(one), numbers[1:], by="Solenn", reason="Deux personnes.")


def give_back(done: Merge, theirs: bool) -> None:
    """Whoever is asked always answers the same."""
    try:
        unmerge(done, by="Solenn")
    except Undecided:
        unmerge(done, by="Solenn", theirs={record.pk: theirs for record in undecided(done)})


def lived(acts: list[tuple[str, int, int]], ask: Any) -> None:
    """In a base of its own, that is forgotten afterwards."""
    try:
        with transaction.atomic():
            town = Town()
            for act in acts:
                try:
                    with transaction.atomic():
                        town.do(*act)
                except Refused:
                    continue
                check()
            ask(town)
            raise Forgotten
    except Forgotten:
        return


def check() -> None:
    """The laws: every person is their records; nobody who is gone is spoken of; no chain; no record is lost."""
    assert rebuild(only_check=True).differences == 0
    gone = set(Merge.objects.standing().values_list("gone", flat=True))
    assert not gone & set(Merge.objects.standing().values_list("kept", flat=True))
    assert not Record.objects.filter(person__in=gone).exists()
    assert not Record.objects.filter(person=None).exists()


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[*HealthCheck], phases=PHASES)
@given(acts=ACTS, one=some.integers(0, PERSONS - 1), other=some.integers(0, PERSONS - 1))
def test_a_merge_that_is_undone_at_once_changes_nothing(db, tmp_path_factory, settings, acts, one, other):
    settings.DATA_DIR = tmp_path_factory.mktemp("town")

    def ask(town: Town) -> None:
        before, decided = everything(), Decision.objects.filter(undone_at=None).count()
        try:
            with transaction.atomic():
                done = merge(town.person(one), town.person(other), by="Solenn", reason="La même.")
        except Refused:
            assert everything() == before
            return
        assert everything() != before
        unmerge(done, by="Solenn")
        assert everything() == before
        assert Decision.objects.filter(undone_at=None).count() == decided

    lived(acts, ask)


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[*HealthCheck], phases=PHASES)
@given(
    merges=some.permutations(range(1, PERSONS)), backwards=some.permutations(range(PERSONS - 1)),
    later=some.lists(some.tuples(some.booleans(), some.integers(0, PERSONS - 1)), max_size=4),
)  # fmt: skip
def test_merges_undone_in_any_order_give_everybody_back_with_what_came_for_them(
    db, tmp_path_factory, settings, merges, backwards, later
):
    """Imports in between bear the number of one person: at the end each has theirs, as if nobody had ever been merged."""
    settings.DATA_DIR = tmp_path_factory.mktemp("town")

    def ask(town: Town) -> None:
        done, waiting = [], list(later)
        for joined in merges:
            town.merge(*((joined, 0) if joined % 2 else (0, joined)))
            done.append(Merge.objects.latest("pk"))
            while waiting and waiting[0][0]:
                number = waiting.pop(0)[1]
                town.do("bring", number, number)
        for _now, number in waiting:
            town.do("bring", number, number)
        for index in backwards:
            unmerge(done[index], by="Solenn")
            check()
        for number, person in enumerate(town.persons):
            spoken = Record.objects.filter(person=person)
            assert {record.said["student_number"] for record in spoken} == {NUMBERS[number]}
            assert spoken.count() == 1 + [number for _now, number in later].count(number)
        assert Person.objects.exclude(account=None).get() == town.persons[0]

    lived([], ask)


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[*HealthCheck], phases=PHASES)
@given(acts=ACTS, one=some.integers(0, PERSONS - 1), ticked=some.sets(some.integers(0, 8), min_size=1, max_size=5))
def test_a_person_split_in_two_and_joined_again_says_what_they_said(db, tmp_path_factory, settings, acts, one, ticked):
    settings.DATA_DIR = tmp_path_factory.mktemp("town")

    def ask(town: Town) -> None:
        person = town.person(one)
        theirs = list(Record.objects.filter(person=person).order_by("pk").values_list("pk", flat=True))
        before = told_of(person)
        try:
            with transaction.atomic():
                other = split(person, [pk for at, pk in enumerate(theirs) if at in ticked], by="Solenn", reason="Deux.")
        except Refused:
            assert told_of(person) == before
            return
        check()
        assert Record.objects.filter(person__in=[person, other]).count() == len(theirs)
        merge(other, person, by="Solenn", reason="Une seule, tout compte fait.", despite=True)
        assert told_of(person) == before
        assert set(Record.objects.filter(person=person).values_list("pk", flat=True)) == set(theirs)

    lived(acts, ask)


def told_of(person: Person) -> dict[str, Any]:
    """What the folded rows say of one person."""
    return {
        table: sorted(map(tuple, stored(table, columns, key, person.pk, person.pk)), key=repr)
        for table, columns, key, _rows in expected_tables(Sheaf())
    }
