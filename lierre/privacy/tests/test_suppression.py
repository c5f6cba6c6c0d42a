"""Whoever asked to be erased does not come back with the next file, unless they come back themselves."""

from datetime import date

import pytest
from django.urls import reverse

from lierre.foundation.errors import Refused
from lierre.foundation.models import Entry
from lierre.people.choosing import member_source, tell
from lierre.people.erasing import erase
from lierre.people.importing.tests.bringing import APOGEE, ERWAN, apply, bring, counts, file, rehearse, witness
from lierre.people.models import Person, QuarantinedLine
from lierre.people.newcomers import welcome
from lierre.people.saying import say
from lierre.privacy.models import Suppression

pytestmark = pytest.mark.django_db
NOLWENN = "20907777;1407412059;K;TREMEUR;NOLWENN;17/05/1991;14 rue des Sternes;29600;2013;MASSS2;E;O;Master Statistique"


@pytest.fixture(autouse=True)
def files_of_this_test(settings, tmp_path) -> None:
    settings.DATA_DIR, settings.WATCHED_DIR = tmp_path, tmp_path / "watched"


@pytest.fixture
def nolwenn_is_erased(maiwenn) -> None:
    apply(bring(file(APOGEE, NOLWENN, ERWAN)))
    erase(Person.objects.get(given="Nolwenn"), by=maiwenn, reason="À sa demande.", on_request=True)


def test_a_new_file_does_not_bring_them_back(nolwenn_is_erased):
    moved = NOLWENN.replace("Sternes", "Embruns")
    imported = bring(file(APOGEE, moved, ERWAN.replace("Port", "Bac")), day=date(2026, 11, 1))

    assert counts(rehearse(imported)) == {"rejected": 1, "enriched": 1}
    apply(imported)

    assert not Person.objects.filter(given="Nolwenn").exists()
    line = QuarantinedLine.objects.get(code="erased_on_request")
    assert (line.line, line.state, line.raw, line.facts, line.keys, line.value) == (2, "dropped", "", "", [], "")
    assert "erased because they asked for it" in line.reason


def test_nothing_of_them_stays_in_the_file_that_brought_them(nolwenn_is_erased):
    imported = apply(bring(file(APOGEE, NOLWENN.replace("Sternes", "Embruns"), ERWAN), day=date(2026, 11, 1)))

    kept = imported.deliveries.get().path.read_bytes()
    assert b"TREMEUR" not in kept
    assert b"BELLEC" in kept
    assert kept.count(b"\r\n") == 3


def test_a_line_that_could_not_be_read_keeps_no_word_of_them(nolwenn_is_erased):
    rehearse(bring(file(APOGEE, NOLWENN.replace("17/05/1991", "31/02/1991"), ERWAN), day=date(2026, 11, 1)))

    assert not QuarantinedLine.objects.filter(raw__icontains="tremeur").exists()
    assert QuarantinedLine.objects.filter(code="erased_on_request").count() == 1


def test_another_source_that_bears_a_proven_address_is_recognised(maiwenn):
    header = "Identifiant (AlumnForce),Prénom,Nom d'état-civil,Statut (x [0]),Compte activé (x),Email d'identification"
    apply(bring(file(header, "7,Nolwenn,Tremeur,3,1,nolwenn@courriel.example"), source=witness("platform")))
    erase(Person.objects.get(), by=maiwenn, reason="À sa demande.", on_request=True)
    other = witness("platform", "Hivebrite")

    assert counts(rehearse(bring(file(header, "70,Nolwenn,Tremeur,3,1,nolwenn@courriel.example"), source=other))) == {
        "rejected": 1
    }
    assert counts(rehearse(bring(file(header, "71,Nolwenn,Autret,3,1,autret@courriel.example"), source=other))) == {
        "new": 1
    }


def test_whoever_was_let_go_without_asking_may_come_again(maiwenn):
    apply(bring(file(APOGEE, NOLWENN)))
    erase(Person.objects.get(), by=maiwenn, reason="Sans nouvelles.")

    assert counts(apply(bring(file(APOGEE, NOLWENN), day=date(2026, 11, 1)))) == {"new": 1}


def test_staff_does_not_take_them_in_by_hand(nolwenn_is_erased, solenn):
    with pytest.raises(Refused, match="erased because they asked"):
        welcome({"given": "Nolwenn", "family": "Tremeur", "student_number": "20907777"}, reason="Au salon.", by=solenn)


def test_they_come_back_by_saying_so_themselves(nolwenn_is_erased):
    say({"given": "Nolwenn", "family": "Tremeur", "student_number": "20907777"}, source=member_source(), by="Nolwenn")

    again = apply(bring(file(APOGEE, NOLWENN), day=date(2026, 11, 1)))

    assert counts(again) == {"enriched": 1}
    assert Person.objects.filter(given="Nolwenn").count() == 1
    assert Entry.objects.of_verb("suppression.lifted").get().details["count"] == 4


def test_somebody_else_who_speaks_lifts_nothing(nolwenn_is_erased):
    tell(Person.objects.get(given="Erwan"), {"headline": "Électricien"}, by="Erwan")

    assert counts(rehearse(bring(file(APOGEE, NOLWENN), day=date(2026, 11, 1)))) == {"rejected": 1}


def test_the_list_holds_marks_that_only_this_instance_can_read(nolwenn_is_erased, settings):
    marks = set(Suppression.objects.values_list("mark", flat=True))
    assert len(marks) == 4  # two numbers, the name with the day of birth, the name with the year of the degree
    assert all(len(mark) == 32 and int(mark, 16) for mark in marks)
    settings.SUPPRESSION_KEY = "the key of another house"

    assert counts(rehearse(bring(file(APOGEE, NOLWENN), day=date(2026, 11, 1)))) == {"new": 1}


def test_the_page_of_erasing_asks_whether_they_asked(client, maiwenn):
    apply(bring(file(APOGEE, NOLWENN, ERWAN)))
    client.force_login(maiwenn)
    for given, said in (("Nolwenn", {"on_request": "on"}), ("Erwan", {})):
        person = Person.objects.get(given=given)
        client.post(reverse("people:erase", args=[person.public_id]), {"name": str(person), "reason": "Écrit."} | said)

    assert counts(rehearse(bring(file(APOGEE, NOLWENN, ERWAN), day=date(2026, 11, 1)))) == {"rejected": 1, "new": 1}


def test_the_officer_takes_a_mark_away_without_keeping_the_number(client, nolwenn_is_erased, maiwenn):
    client.force_login(maiwenn)
    address = reverse("privacy:comeback")
    assert "4 marks are held." in client.get(address).content.decode()

    unknown = client.post(address, {"identifier": "20900000", "how": "met"})
    assert unknown.status_code == 422
    assert client.post(address, {"identifier": " 2090 7777 ", "how": "met"}).status_code == 303

    line = Entry.objects.of_verb("suppression.lifted").get()
    assert (line.reason, line.details) == ("they were met in person", {"count": 4})
    assert counts(rehearse(bring(file(APOGEE, NOLWENN), day=date(2026, 11, 1)))) == {"new": 1}


def test_only_who_leads_requests_may_take_a_mark_away(client, nolwenn_is_erased, solenn):
    client.force_login(solenn)

    assert client.get(reverse("privacy:comeback")).status_code == 403
