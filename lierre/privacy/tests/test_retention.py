"""The clock: who is due, who is asked, reminded, let go; and who must be told where their data comes from."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from lierre.foundation.models import Entry
from lierre.people.merging import merge
from lierre.people.models import Person
from lierre.people.tests.imports import applied
from lierre.people.tests.witnesses import source, tell
from lierre.privacy.contacting import may_contact
from lierre.privacy.duties import ask_permission, let_people_go, send_letters, write_notices
from lierre.privacy.models import ArchivedDegree, Clock, Letter, note_sign
from lierre.privacy.retention import due, forecast

pytestmark = pytest.mark.django_db
LONG_AGO = date(2019, 9, 1)


@pytest.fixture
def gaelle() -> Person:
    """Known to the school for years, who never said anything."""
    return tell(
        None, "school", LONG_AGO, given="Gaëlle", family="Tanguy", born="1990-02-03",
        studies=[{"degree": "Licence Histoire", "year": 2012, "obtained": True}],
        contacts=[{"kind": "email", "value": "gaelle@courriel.example"}],
    )  # fmt: skip


@pytest.fixture
def running(maiwenn) -> None:
    Clock.turn(True, by=maiwenn, reason="Décidé en comité.")


def later(days: int) -> None:
    """As if the letters had been written so many days before."""
    for letter in Letter.objects.all():
        Letter.objects.filter(pk=letter.pk).update(written_at=letter.written_at - timedelta(days=days))


def test_who_spoke_clicked_or_signed_in_is_not_due(gaelle, amelie, amelie_user):
    assert list(due()) == [gaelle]

    note_sign(gaelle, "click")
    assert list(due()) == []


def test_an_old_sign_does_not_stop_the_clock(gaelle):
    note_sign(gaelle, "click", timezone.now() - timedelta(days=4 * 365))

    assert list(due()) == [gaelle]


def test_a_log_in_is_a_sign(gaelle, amelie_user):
    gaelle.account = amelie_user
    gaelle.save(update_fields=["account"])

    assert list(due()) == []


def test_each_purpose_has_its_own_clock(running, maiwenn, gaelle, gifts, network):
    gaelle_said = timezone.now() - timedelta(days=2 * 365)
    note_sign(gaelle, "click", gaelle_said)
    gifts.keep({"retention_months": 12}, by=maiwenn, reason="Un an suffit.")

    assert may_contact(gaelle, gifts).reason == "They gave no sign for too long: this purpose is over for them."
    assert may_contact(gaelle, network)
    assert list(due()) == []

    note_sign(gaelle, "answer")
    assert may_contact(gaelle, gifts)


def test_a_clock_that_counts_from_the_day_data_came_hears_no_sign(running, maiwenn, gaelle, network):
    note_sign(gaelle, "click")
    network.keep({"counted_from": "collection"}, by=maiwenn, reason="Décidé en comité.")

    assert not may_contact(gaelle, network)


def test_while_nobody_started_the_clocks_silence_forbids_nothing(gaelle, network):
    assert may_contact(gaelle, network)


def test_two_who_became_one_are_heard_together(running, solenn, gaelle, same_amelie, network):
    note_sign(same_amelie, "click")
    assert not may_contact(gaelle, network)

    merge(same_amelie, gaelle, by=solenn, reason="Même personne.")

    assert may_contact(gaelle, network)


def test_the_page_counts_for_whom_each_clock_is_over(client, maiwenn, gaelle, amelie, gifts):
    gifts.keep({"retention_months": 12}, by=maiwenn, reason="Un an suffit.")
    note_sign(gaelle, "click", timezone.now() - timedelta(days=2 * 365))
    client.force_login(maiwenn)

    clocks = client.get(reverse("privacy:retention")).context["clocks"]

    over = {(clock.months, clock.counted_from): clock.over for clock in clocks}
    assert (over[12, "contact"], over[36, "contact"]) == (1, 0)


def test_several_leave_in_one_night_and_each_keeps_their_degree(running, gaelle):
    others = [
        tell(None, "school", LONG_AGO, given=f"Erwan{at}", family="Riou", studies=[{"degree": "BTS", "year": 2010}])
        for at in range(12)
    ]
    for person in (gaelle, *others):
        Letter.objects.create(
            person=person, kind="permission", turn=20262, written_at=timezone.now() - timedelta(days=31)
        )

    assert let_people_go() == "13 persons were let go."

    assert Person.objects.count() == 0
    assert ArchivedDegree.objects.count() == 13
    assert Entry.objects.of_verb("person.erased").count() == 13


def test_while_the_clock_is_stopped_nothing_leaves(gaelle):
    assert "stopped" in str(ask_permission())
    assert Letter.objects.count() == 0


def test_asked_reminded_then_let_go_and_only_the_degree_stays(running, gaelle):
    ask_permission()
    ask_permission()
    send_letters()
    assert [each.to for each in mail.outbox] == [["gaelle@courriel.example"]]
    assert "/garder/" in mail.outbox[0].body

    later(31)
    ask_permission()
    send_letters()
    assert len(mail.outbox) == 2
    assert Person.objects.filter(pk=gaelle.pk).exists()

    let_people_go()
    assert Person.objects.filter(pk=gaelle.pk).exists()
    later(31)
    let_people_go()

    assert not Person.objects.filter(pk=gaelle.pk).exists()
    kept = ArchivedDegree.objects.get()
    assert (kept.name, kept.degree, kept.year) == ("Tanguy Gaëlle", "Licence Histoire", 2012)


def test_an_answer_after_the_second_letter_stops_everything(client, running, gaelle):
    ask_permission()
    later(31)
    ask_permission()
    later(31)
    note_sign(gaelle, "answer")

    let_people_go()

    assert Person.objects.filter(pk=gaelle.pk).exists()


def test_a_letter_that_cannot_leave_says_why(running, gaelle):
    gaelle.contact_points.all().delete()
    ask_permission()

    send_letters()

    assert Letter.objects.get().failure == "We hold no way to reach them."
    assert mail.outbox == []


def test_the_page_says_what_will_happen_within_thirty_days(client, maiwenn, gaelle):
    client.force_login(maiwenn)

    page = client.get(reverse("privacy:retention")).content.decode()

    assert "Gaëlle Tanguy" in page
    assert len(forecast()["ask"]) == 1


def test_those_brought_by_a_third_file_are_told_once(running, solenn):
    rows = [{"NOM": "Bellec", "PRENOM": "Erwan", "MEL": "erwan@courriel.example", "ANNEE": "2015"}]
    applied(rows, source("third"), date(2026, 10, 1), by=solenn)

    write_notices()
    write_notices()
    send_letters()
    send_letters()

    assert [each.to for each in mail.outbox] == [["erwan@courriel.example"]]
    assert "Association des diplômés" in mail.outbox[0].body
    assert Letter.objects.get().sent_at is not None
