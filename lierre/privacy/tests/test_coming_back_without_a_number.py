"""Whoever bore no number and asked to be erased is recognised by name and birth; a doubt is asked about, without a word."""

from datetime import date

import pytest
from django.urls import reverse

from lierre.foundation.errors import Refused
from lierre.people.choosing import member_source
from lierre.people.erasing import erase
from lierre.people.importing.replaying import choose
from lierre.people.importing.tests.bringing import apply, counts, witness
from lierre.people.models import Person, QuarantinedLine, Record
from lierre.people.newcomers import welcome
from lierre.people.saying import say
from lierre.people.tests.imports import rehearsed
from lierre.privacy.models import Suppression

pytestmark = pytest.mark.django_db
GAELLE = {"NOM": "TANGUY", "PRENOM": "Gaëlle", "NE_LE": "03/02/1990", "ANNEE": "2012", "DIPLOME": "Licence Histoire"}
UNDATED = {**GAELLE, "NE_LE": ""}
ERWAN = {"NOM": "BELLEC", "PRENOM": "Erwan", "NE_LE": "01/01/1980", "ANNEE": "2002", "DIPLOME": "Maîtrise"}


@pytest.fixture(autouse=True)
def files_of_this_test(settings, tmp_path) -> None:
    settings.DATA_DIR, settings.WATCHED_DIR = tmp_path, tmp_path / "watched"


def of_the_association(*rows, day: date = date(2026, 11, 1)):
    return rehearsed(rows, witness("third"), day, by="the tests")


@pytest.fixture
def gaelle_is_erased(maiwenn) -> None:
    say({"given": "Gaëlle", "family": "Tanguy", "born": "1990-02-03", "studies": [{"degree": "Licence", "year": 2012}]},
        source=witness("school"), by="the tests")  # fmt: skip
    erase(Person.objects.get(given="Gaëlle"), by=maiwenn, reason="À sa demande.", on_request=True)
    assert not Person.objects.exists()


def test_what_is_remembered_is_marks_and_no_word(gaelle_is_erased):
    kinds = sorted(Suppression.objects.values_list("kind", flat=True))
    assert kinds == ["born", "key", "year"]
    assert all(len(mark) == 32 and int(mark, 16) for mark in Suppression.objects.values_list("mark", flat=True))


def test_the_same_name_and_birth_in_a_later_file_is_set_aside_with_the_reason(gaelle_is_erased):
    imported = of_the_association({**GAELLE, "NOM": "Tanguy"}, ERWAN)

    assert counts(imported) == {"rejected": 1, "new": 1}
    apply(imported)

    line = QuarantinedLine.objects.get(code="erased_on_request")
    assert (line.state, line.raw, line.facts, line.value) == ("dropped", "", "", "")
    assert "erased because they asked for it" in line.reason
    assert not Person.objects.filter(given="Gaëlle").exists()
    assert b"Tanguy" not in imported.deliveries.get().path.read_bytes()


def test_another_day_of_birth_is_somebody_else(gaelle_is_erased):
    imported = of_the_association({**GAELLE, "NE_LE": "04/02/1990"})

    assert counts(imported) == {"new": 1}


def test_the_same_name_and_year_without_a_birth_is_asked_about(client, solenn, gaelle_is_erased):
    imported = apply(of_the_association(UNDATED, ERWAN))

    assert counts(imported) == {"to_decide": 1, "new": 1}
    line = QuarantinedLine.objects.get(code="like_somebody_erased")
    assert (line.state, line.raw, line.facts, line.value) == ("waiting", "", "", "")
    client.force_login(solenn)
    page = client.get(reverse("people:quarantined_line", args=[line.pk])).content.decode()
    assert "resembles somebody who was erased" in page
    assert "It is somebody else: take the line" in page
    assert "tanguy" not in page.lower()
    taken_away = b"".join(client.get(reverse("people:export_quarantine")).streaming_content).decode()
    assert "TANGUY" not in taken_away


def test_a_doubt_that_was_somebody_else_is_taken_from_the_file(solenn, gaelle_is_erased):
    apply(of_the_association(UNDATED))
    line = QuarantinedLine.objects.get(code="like_somebody_erased")

    record = choose(line, None, by=solenn)

    assert str(record.person) == "Gaëlle Tanguy"
    assert Record.objects.count() == 1


def test_a_doubt_that_was_them_leaves_the_file_and_is_not_asked_again(client, solenn, gaelle_is_erased):
    imported = apply(of_the_association(UNDATED, ERWAN))
    line = QuarantinedLine.objects.get(code="like_somebody_erased")

    client.force_login(solenn)

    client.post(reverse("people:drop_line", args=[line.pk]), {"reason": ""})

    assert b"TANGUY" not in imported.deliveries.get().path.read_bytes()
    again = of_the_association(UNDATED, ERWAN, day=date(2026, 11, 8))
    assert counts(again)["rejected"] == 1
    assert not QuarantinedLine.objects.waiting().exists()


def test_a_namesake_who_is_here_and_was_born_that_day_is_a_doubt(solenn, gaelle_is_erased):
    say({"given": "Gaëlle", "family": "Tanguy", "born": "1990-02-03", "student_number": "20900001"},
        source=witness("school"), by="the tests")  # fmt: skip

    assert counts(of_the_association(GAELLE)) == {"to_decide": 1}


def test_staff_does_not_take_them_in_by_hand(solenn, gaelle_is_erased):
    with pytest.raises(Refused, match="erased because they asked"):
        welcome({"given": "GAELLE", "family": "Tanguy", "born": "1990-02-03"}, reason="Au salon.", by=solenn)


def test_they_come_back_by_speaking_of_themselves(gaelle_is_erased):
    say({"given": "Gaëlle", "family": "Tanguy", "born": "1990-02-03"}, source=member_source(), by="Gaëlle")

    assert not Suppression.objects.exists()


def test_the_officer_takes_the_mark_of_a_name_away(client, maiwenn, gaelle_is_erased):
    client.force_login(maiwenn)
    address = reverse("privacy:comeback")
    assert client.post(address, {"given": "Gaëlle", "how": "met"}).status_code == 422

    said = {"given": "Gaelle", "family": "TANGUY", "born": "1990-02-03", "how": "met"}
    assert client.post(address, said).status_code == 303

    assert not Suppression.objects.exists()
