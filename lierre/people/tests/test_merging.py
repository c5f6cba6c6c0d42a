"""Two persons become one, and two again: what was theirs comes back to each, and what came since goes to the right one."""

import json
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from lierre.foundation.errors import Refused
from lierre.foundation.models import Entry
from lierre.people import merging
from lierre.people.duplicates.splitting import proposal, split
from lierre.people.erasing import erase
from lierre.people.importing.replaying import choose
from lierre.people.linking import link, separate, undo
from lierre.people.merging import SaidDifferent, Undecided, merge, unmerge
from lierre.people.models import Decision, Import, Merge, Person, QuarantinedLine, Record, Suspicion
from lierre.people.rebuilding import rebuild
from lierre.people.saying import correct
from lierre.people.tests.imports import applied
from lierre.people.tests.witnesses import source, tell

pytestmark = pytest.mark.django_db


def known(number: str, given: str = "Amélie", family: str = "Hervé", **said) -> Person:
    return tell(None, "school", date(2014, 10, 8), given=given, family=family, student_number=number, **said)


@pytest.fixture
def amelie() -> Person:
    return known("21000001", born="1991-05-17")


@pytest.fixture
def married() -> Person:
    return known("21000002", usage="Cariou")


@pytest.fixture
def third() -> Person:
    return known("21000003", family="Herve")


def records_of(person: Person) -> set[int]:
    return set(Record.objects.filter(person=person).values_list("pk", flat=True))


def line(number: str, title: str) -> dict[str, str]:
    return {"NUMERO": number, "NOM": "Hervé", "PRENOM": "Amélie", "POSTE": title}


def test_a_merge_and_its_undoing_give_both_persons_back(amelie, married, solenn):
    before = records_of(amelie), records_of(married)

    done = merge(married, amelie, by=solenn, reason="Même visage.")
    assert records_of(amelie) == before[0] | before[1]
    assert not records_of(married)
    unmerge(done, by=solenn)

    assert (records_of(amelie), records_of(married)) == before
    assert Record.objects.filter(linked_by=Record.Link.STAFF).count() == 0
    assert str(Person.objects.get(pk=married.pk)) == "Amélie Cariou"
    assert rebuild(only_check=True).differences == 0
    assert Entry.objects.of_verb("person.unmerged").about(married).exists()


def test_what_an_import_brings_afterwards_goes_back_by_its_number(amelie, married, solenn):
    done = merge(married, amelie, by=solenn, reason="Même visage.")
    lines = [line("21000001", "Statisticienne"), line("21000002", "Juriste")]
    applied(lines, source("survey"), date(2026, 11, 1), by=solenn)
    assert Record.objects.filter(person=amelie).count() == 4

    unmerge(done, by=solenn)

    assert amelie.positions.get().title == "Statisticienne"
    assert married.positions.get().title == "Juriste"
    assert rebuild(only_check=True).differences == 0


def test_a_number_first_met_after_the_merge_follows_the_one_it_came_with(amelie, married, solenn):
    done = merge(married, amelie, by=solenn, reason="Même visage.")
    tell(married, "school", date(2026, 1, 1), student_number="21000002", ine="0123456789A")
    tell(married, "third", date(2026, 1, 2), ine="0123456789A", headline="Juriste")

    unmerge(done, by=solenn)

    assert Record.objects.filter(person=married).count() == 3


def test_what_bears_nobodys_number_is_asked_about(amelie, married, solenn):
    done = merge(married, amelie, by=solenn, reason="Même visage.")
    said = correct(amelie, {"headline": "Juriste"}, reason="Au téléphone.", by=solenn)

    with pytest.raises(Undecided) as asked:
        unmerge(done, by=solenn)
    assert [record.pk for record in asked.value.records] == [said.pk]
    unmerge(done, by=solenn, theirs={said.pk: True})

    assert said.pk in records_of(married)
    assert Merge.objects.get().undone_at
    assert rebuild(only_check=True).differences == 0


def test_the_account_comes_back_with_its_person(amelie, married, solenn, amelie_user):
    married.account = amelie_user
    married.save()

    done = merge(married, amelie, by=solenn, reason="Même visage.")
    amelie.refresh_from_db()
    assert amelie.account == amelie_user
    tell(amelie, "member", date(2026, 3, 1), headline="Je suis juriste")
    unmerge(done, by=solenn)

    amelie.refresh_from_db()
    married.refresh_from_db()
    assert (amelie.account, married.account) == (None, amelie_user)
    assert Record.objects.get(person=married, source__kind="member").said["headline"] == "Je suis juriste"


def test_those_who_joined_somebody_follow_them_and_come_back_in_any_order(amelie, married, third, solenn):
    before = {person.pk: records_of(person) for person in (amelie, married, third)}
    first = merge(amelie, married, by=solenn, reason="Même visage.")
    second = merge(married, third, by=solenn, reason="Même voix.")
    assert set(Merge.objects.standing().values_list("kept", flat=True)) == {third.pk}

    unmerge(first, by=solenn)
    assert records_of(amelie) == before[amelie.pk]
    assert records_of(third) == before[married.pk] | before[third.pk]
    unmerge(second, by=solenn)

    assert {person.pk: records_of(person) for person in (amelie, married, third)} == before


def test_the_last_merge_undone_first_leaves_the_first_one(amelie, married, third, solenn):
    first = merge(amelie, married, by=solenn, reason="Même visage.")
    second = merge(married, third, by=solenn, reason="Même voix.")

    unmerge(second, by=solenn)

    first.refresh_from_db()
    assert (first.kept, first.undone_at) == (married, None)
    assert Record.objects.filter(person=married).count() == 2


def test_the_database_refuses_chains_and_cycles(amelie, married, third, solenn):
    merge(amelie, married, by=solenn, reason="Même visage.")
    standing = {"reason": "?", "by_name": "?"}

    for gone, kept in ((married, amelie), (third, amelie), (married, third), (amelie, third), (third, third)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Merge.objects.create(gone=gone, kept=kept, first_kept=kept, **standing)


def test_whoever_is_gone_stands_for_whoever_they_became(amelie, married, third, solenn):
    merge(amelie, married, by=solenn, reason="Même visage.")

    correct(amelie, {"headline": "Juriste"}, reason="Au téléphone.", by=solenn)
    merge(third, amelie, by=solenn, reason="Même voix.")

    assert not records_of(amelie)
    assert Record.objects.filter(person=married).count() == 4
    with pytest.raises(Refused):
        merge(third, amelie, by=solenn, reason="Encore.")


def test_a_record_given_to_whoever_is_gone_is_given_to_whoever_they_became(amelie, married, third, solenn):
    merge(amelie, married, by=solenn, reason="Même visage.")
    record = Record.objects.get(person=third)

    decision = link(record, amelie, by=solenn, reason="La sienne.")
    assert decision.after == married
    merge(married, known("21000004"), by=solenn, reason="Encore la même.")
    with pytest.raises(Refused):
        undo(decision, by=solenn)


def test_a_record_taken_out_of_a_merge_comes_back_where_it_would_be_today(amelie, married, solenn):
    record = Record.objects.get(person=married)
    done = merge(married, amelie, by=solenn, reason="Même visage.")
    decision = separate(Record.objects.get(pk=record.pk), by=solenn, reason="Une autre.")
    unmerge(done, by=solenn)
    assert records_of(married) == set()

    undo(Decision.objects.get(pk=decision.pk), by=solenn)

    record.refresh_from_db()
    assert (record.person, record.linked_by) == (married, Record.Link.NEW)
    assert rebuild(only_check=True).differences == 0


def test_two_persons_who_were_said_different_are_not_merged_by_the_back_door(amelie, married, third, solenn):
    low, high = sorted([amelie.pk, married.pk])
    Suspicion.objects.create(
        low_id=low, high_id=high, probability=0.9, worth=1, rule="1", state="different", judged_by="Gwenaël Riou",
        judged_at="2026-11-20T10:00:00Z",
    )  # fmt: skip
    merge(amelie, third, by=solenn, reason="Même voix.")

    with pytest.raises(SaidDifferent) as said:
        merge(married, third, by=solenn, reason="Même visage.")
    assert "Gwenaël Riou" in str(said.value)
    merge(married, third, by=solenn, reason="Elle vient de le dire.", despite=True)

    assert Record.objects.filter(person=third).count() == 3


def test_nobody_is_merged_while_an_import_is_written(amelie, married, solenn):
    Import.objects.create(source=source("survey"), state="applying", by_name="Solenn")

    with pytest.raises(Refused):
        merge(married, amelie, by=solenn, reason="Même visage.")


def test_a_record_of_a_merge_is_not_taken_back_alone(amelie, married, solenn):
    merge(married, amelie, by=solenn, reason="Même visage.")

    with pytest.raises(Refused):
        undo(Decision.objects.get(), by=solenn)


def test_an_import_taken_back_meanwhile_leaves_nothing_to_give_back(amelie, solenn):
    imported = applied([line("21000009", "Juriste")], source("survey"), date(2026, 11, 1), by=solenn)
    other = Record.objects.get(delivery__imported=imported).person
    done = merge(other, amelie, by=solenn, reason="Même visage.")
    imported.refresh_from_db()
    imported.ask_revert(by=solenn).run_now()

    unmerge(done, by=solenn)

    assert Record.objects.filter(person=amelie).count() == 1
    assert rebuild(only_check=True).differences == 0


def test_a_line_that_waited_for_whoever_is_gone_speaks_of_whoever_they_became(amelie, married, client, solenn):
    imported = applied([line("21000009", "Juriste")], source("survey"), date(2026, 11, 1), by=solenn)
    cells = {"NOM": "Hervé", "PRENOM": "Amélie", "POSTE": "Cheffe"}
    delivery = imported.deliveries.get()
    waits = QuarantinedLine.objects.create(
        delivery=delivery, line=99, code=QuarantinedLine.TO_DECIDE, candidates=[amelie.pk, married.pk],
        raw=json.dumps([cells.get(name, "") for name in delivery.header]),
    )  # fmt: skip
    merge(married, amelie, by=solenn, reason="Même visage.")
    client.force_login(solenn)

    page = client.get(reverse("people:quarantined_line", args=[waits.pk]))
    choose(waits, married, by=solenn)

    assert list(page.context["candidates"]) == [amelie]
    assert not records_of(married)


def test_whoever_is_erased_takes_along_those_who_became_them(amelie, married, third, solenn, maiwenn):
    pair = sorted([amelie.pk, third.pk])
    Suspicion.objects.create(low_id=pair[0], high_id=pair[1], probability=0.9, worth=1, rule="1")
    merge(married, amelie, by=solenn, reason="Même visage.")

    erase(Person.objects.get(pk=amelie.pk), by=maiwenn, reason="À sa demande.")

    assert list(Person.objects.all()) == [third]
    assert [model.objects.count() for model in (Merge, Suspicion, Decision)] == [0, 0, 0]
    assert rebuild(only_check=True).differences == 0


def test_domains_above_are_told(amelie, married, solenn, monkeypatch):
    heard: list[tuple[str, int]] = []
    monkeypatch.setattr(merging, "after_merge", [lambda done: heard.append(("merged", done.gone_id))])
    monkeypatch.setattr(merging, "after_unmerge", [lambda done: heard.append(("unmerged", done.gone_id))])

    unmerge(merge(married, amelie, by=solenn, reason="Même visage."), by=solenn)

    assert heard == [("merged", married.pk), ("unmerged", married.pk)]


def test_a_person_made_of_two_is_split_as_proposed(amelie, solenn):
    tell(amelie, "survey", date(2019, 1, 1), given="Yann", family="Le Goff", born="1988-02-03", headline="Marin")
    tell(amelie, "third", date(2020, 1, 1), given="Amélie", family="HERVE", headline="Juriste")
    other_pk = Record.objects.get(facts__contains="Marin").pk

    proposed = proposal(list(Record.objects.filter(person=amelie).select_related("source")))
    other = split(amelie, proposed, by=solenn, reason="Deux dates de naissance.")

    assert proposed == {other_pk}
    assert str(other) == "Yann Le Goff"
    assert Suspicion.objects.get().state == "different"
    assert rebuild(only_check=True).differences == 0
    for numbers in ([], records_of(amelie)):
        with pytest.raises(Refused):
            split(amelie, numbers, by=solenn, reason="?")
