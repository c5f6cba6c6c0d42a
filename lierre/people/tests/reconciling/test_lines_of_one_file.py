"""Two lines of one file may be one person whom nobody knows: joined alone, asked about, or left apart."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from lierre.people.duplicates.searching import search
from lierre.people.erasing import erase
from lierre.people.importing.replaying import choose
from lierre.people.models import Import, LineTwin, MatchingRule, Person, QuarantinedLine, Record, Suspicion
from lierre.people.rebuilding import rebuild
from lierre.people.tests.imports import applied, rehearsed

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)
ZEF = {
    "NOM": "Xhaferllari", "PRENOM": "Zef", "NE_LE": "1991-03-02", "NUMERO": "", "MEL": "zef.x@courriel.example",
    "DIPLOME": "Licence Droit", "ANNEE": "2014", "LOT": "1",
}  # fmt: skip
ANOTHER = {
    "NOM": "Vandenbroucke", "PRENOM": "Nele", "NE_LE": "1987-11-23", "NUMERO": "", "MEL": "", "DIPLOME": "", "ANNEE": "",
    "LOT": "1",
}  # fmt: skip


def zef(**otherwise: str) -> dict[str, str]:
    return {**ZEF, **otherwise}


@pytest.fixture
def asked(base: Any, association: Any, solenn: Any) -> Import:
    """The second line gives another day of birth: somebody is asked."""
    lines = [zef(), ANOTHER, zef(NE_LE="1991-02-03", LOT="2")]
    return applied(lines, association, DAY, by=solenn)


def test_two_lines_that_say_the_same_make_one_person(base, association, solenn):
    before = Person.objects.filter(record_id__isnull=False).count()
    lines = [zef(), ANOTHER, zef(NOM="XHAFERLLARI", LOT="2")]

    imported = applied(lines, association, DAY, by=solenn)

    assert Person.objects.filter(record_id__isnull=False).count() == before + 2
    zefs = Record.objects.filter(delivery__imported=imported, line__in=[2, 4])
    assert len({record.person_id for record in zefs}) == 1
    assert [record.linked_by for record in zefs.order_by("line")] == [Record.Link.NEW, Record.Link.LIKENESS]
    twin = LineTwin.objects.get()
    assert (twin.line, twin.other_line, twin.band) == (4, 2, "link")
    assert twin.model_id == imported.rehearsal["matching"]["model"]
    assert imported.rehearsal["persons"]["new"] == 2
    assert rebuild(only_check=True).differences == 0


def test_numbers_of_new_persons_have_no_gap(base, association, solenn):
    imported = applied([zef(), zef(LOT="2"), ANOTHER], association, DAY, by=solenn)

    persons = {record.person_id for record in Record.objects.filter(delivery__imported=imported)}

    assert persons == {imported.first_person, imported.first_person + 1}


def test_another_day_of_birth_is_asked_about(asked):
    waiting = QuarantinedLine.objects.get(delivery__imported=asked)

    assert (waiting.code, waiting.line, waiting.value) == (QuarantinedLine.RESEMBLES_A_LINE, 4, "Zef Xhaferllari")
    assert asked.rehearsal["counts"]["to_decide"] == 1
    assert asked.rehearsal["counts"]["new"] == asked.rehearsal["persons"]["new"] == 2
    assert asked.rehearsal["matching"]["asked_within"] == 1
    assert LineTwin.objects.get().band == "ask"


def test_two_numbers_of_one_source_are_never_joined_alone(base, association, solenn):
    imported = rehearsed([zef(NUMERO="21009991"), zef(NUMERO="21009992", LOT="2")], association, DAY, by=solenn)

    assert imported.rehearsal["matching"]["joined"] == 0


def test_the_page_shows_the_line_it_resembles_and_the_answer_is_kept(client, asked, solenn):
    line = QuarantinedLine.objects.get(delivery__imported=asked)
    client.force_login(solenn)
    page = client.get(reverse("people:quarantined_line", args=[line.pk])).content.decode()
    for words in ("line 2 of the same file", "Weighed by version", "None of them", "Zef Xhaferllari"):
        assert words in page
    person = Record.objects.get(delivery__imported=asked, line=2).person

    client.post(reverse("people:choose_person", args=[line.pk]), {"personne": person.public_id})

    assert Record.objects.get(delivery__imported=asked, line=4).person == person
    assert (LineTwin.objects.get().answer, LineTwin.objects.get().answered_by) == ("same", "Solenn Kerbrat")


def test_somebody_else_is_remembered_for_ever(asked, solenn):
    line = QuarantinedLine.objects.get(delivery__imported=asked)
    first = Record.objects.get(delivery__imported=asked, line=2).person

    record = choose(line, None, by=solenn)

    low, high = sorted([first.pk, record.person_id])
    assert Suspicion.objects.get(low=low, high=high).state == "different"
    search()
    assert not Suspicion.objects.waiting().filter(low=low, high=high).exists()
    asked.refresh_from_db()
    asked.ask_revert(by=solenn).run_now()
    asked.refresh_from_db()
    asked.ask_rehearsal(by=solenn).run_now()
    asked.refresh_from_db()
    assert asked.rehearsal["counts"]["to_decide"] == 0
    assert asked.rehearsal["persons"]["new"] == 3


def test_before_it_is_applied_the_page_says_which_line_it_resembles(client, base, association, solenn):
    imported = rehearsed([zef(), zef(NE_LE="1991-02-03", LOT="2")], association, DAY, by=solenn)
    client.force_login(solenn)
    line = QuarantinedLine.objects.get(delivery__imported=imported)

    assert (
        "It resembles line 2 of the same file"
        in client.get(reverse("people:quarantined_line", args=[line.pk])).content.decode()
    )
    page = client.get(imported.get_absolute_url()).content.decode()
    assert "1 is asked about." in page
    assert "Weighed by version" in page


def test_the_expected_number_of_new_persons_counts_nobody_twice(base, association, solenn):
    alone = rehearsed([zef(), ANOTHER], association, DAY, by=solenn)
    twice = rehearsed([zef(), ANOTHER, zef(LOT="2")], association, DAY, by=solenn, name="autre.csv")

    for imported in (alone, twice):
        found = imported.rehearsal["matching"]
        assert found["expected_low"] <= found["expected_new"] <= found["expected_high"]
        assert found["expected_new"] == pytest.approx(2, abs=0.1)


def test_everything_is_asked_when_thresholds_say_so(base, association, solenn):
    MatchingRule.adopt(1.0, 0.01, by=solenn, reason="Tout demander.")

    imported = rehearsed([zef(), zef(LOT="2"), zef(LOT="3")], association, DAY, by=solenn)

    assert imported.rehearsal["matching"]["joined"] == 0
    assert imported.rehearsal["matching"]["asked_within"] == 2


def test_whoever_is_erased_takes_along_what_was_found_of_their_lines(asked, solenn):
    person = Record.objects.get(delivery__imported=asked, line=2).person

    erase(person, by=solenn, reason="À sa demande.")

    assert not LineTwin.objects.exists()
