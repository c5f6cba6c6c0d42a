"""Purposes that do not last as long: of those who stay, what no purpose needs any more goes, and nothing else."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from lierre.foundation.models import Entry
from lierre.people.importing.tests.bringing import apply, bring, counts, witness
from lierre.people.importing.tests.bringing import file as written
from lierre.people.models import ContactPoint, Person, Position, Record
from lierre.people.rebuilding import rebuild
from lierre.people.tests.witnesses import tell
from lierre.privacy.duties import ask_permission, empty_the_archive, let_people_go, send_letters
from lierre.privacy.ending import endings_of, reached
from lierre.privacy.models import ArchivedDegree, Budget, Clock, Contact, Lapse, Letter, Purpose, note_sign
from lierre.privacy.rehearsing import ask

pytestmark = pytest.mark.django_db
LONG_AGO = date(2021, 9, 1)


@pytest.fixture(autouse=True)
def files_of_this_test(settings, tmp_path) -> None:
    settings.DATA_DIR, settings.WATCHED_DIR = tmp_path, tmp_path / "watched"


@pytest.fixture
def directory_lasts(maiwenn) -> None:
    """The directory keeps names and degrees for ten years; all else ends after three."""
    annuaire = Purpose.objects.get(key="annuaire")
    annuaire.keep({"families": ["identity", "studies"], "retention_months": 120}, by=maiwenn, reason="Dix ans.")
    Clock.turn(True, by=maiwenn, reason="Décidé en comité.")


@pytest.fixture
def gaelle() -> Person:
    return tell(
        None, "school", LONG_AGO, given="Gaëlle", family="Tanguy", usage="Kerbrat", born="1990-02-03",
        student_number="20900001", headline="Archiviste",
        studies=[{"degree": "Licence Histoire", "year": 2012, "obtained": True}],
        positions=[{"title": "Archiviste", "employer": "Ville de Morlaix"}],
        contacts=[{"kind": "email", "value": "gaelle@courriel.example"}],
    )  # fmt: skip


def later(days: int) -> None:
    for letter in Letter.objects.all():
        Letter.objects.filter(pk=letter.pk).update(written_at=letter.written_at - timedelta(days=days))


def asked_twice_without_an_answer() -> None:
    ask_permission()
    later(31)
    ask_permission()
    later(31)


def test_what_no_purpose_needs_is_named_family_by_family(directory_lasts, gaelle):
    assert list(reached()) == [gaelle]

    ending = endings_of([gaelle])[0]

    assert ending.families == {"positions", "contacts", "profile"}
    assert ending.values == {"positions": 1, "contacts": 1, "profile": 2}
    assert ending.in_words == "positions, contact points, profile"


def test_those_families_go_after_two_letters_and_the_person_stays(directory_lasts, gaelle):
    asked_twice_without_an_answer()

    assert let_people_go() == "0 persons were let go. 1 person stays with less."

    gaelle.refresh_from_db()
    record = Record.objects.get(person=gaelle)
    assert record.said.keys() == {"given", "family", "born", "student_number", "studies"}
    assert (gaelle.usage, gaelle.family) == ("", "Tanguy")
    assert (ContactPoint.objects.count(), Position.objects.count(), ArchivedDegree.objects.count()) == (0, 0, 0)
    assert gaelle.studies.count() == 1
    assert rebuild(only_check=True).differences == 0
    assert Lapse.objects.get().families == ["contacts", "positions", "profile"]


def test_the_journal_says_which_families_and_no_value(directory_lasts, gaelle):
    asked_twice_without_an_answer()
    let_people_go()

    line = Entry.objects.of_verb("person.families_erased").get()
    assert line.details["families"] == ["contacts", "positions", "profile"]
    told = f"{line.reason} {line.details} {line.subject_name}"
    assert not [word for word in ("gaelle@", "Archiviste", "Morlaix", "Kerbrat") if word in told]


def test_done_again_it_changes_nothing_more(directory_lasts, gaelle):
    asked_twice_without_an_answer()
    let_people_go()

    assert let_people_go() == "0 persons were let go."
    assert "0 letters" in ask_permission()
    assert Entry.objects.of_verb("person.families_erased").count() == 1


def test_the_letter_says_what_would_go(directory_lasts, gaelle):
    ask_permission()
    send_letters()

    assert "this is erased: positions, contact points, profile." in mail.outbox[0].body
    assert "proof of your degree" not in mail.outbox[0].body
    assert Contact.objects.get().purpose.key == "information"


def test_an_answer_keeps_everything(directory_lasts, gaelle):
    asked_twice_without_an_answer()
    note_sign(gaelle, "answer")

    assert let_people_go() == "0 persons were let go."
    assert ContactPoint.objects.count() == 1


def test_nobody_is_asked_when_nothing_of_theirs_would_go(directory_lasts):
    tell(None, "school", LONG_AGO, given="Erwan", family="Bellec", studies=[{"degree": "BTS", "year": 2010}])

    ask_permission()

    assert Letter.objects.count() == 0
    assert list(reached()) == []


def test_whoever_is_of_a_population_that_ended_leaves_whole(directory_lasts, maiwenn):
    """The directory that lasts is that of graduates: nothing keeps a student who left without a degree."""
    student = tell(
        None, "school", LONG_AGO, given="Erwan", family="Riou",
        studies=[{"degree": "Licence", "year": timezone.localdate().year + 1}],
    )  # fmt: skip
    assert endings_of([student])[0].leaves

    asked_twice_without_an_answer()

    assert let_people_go() == "1 person was let go."
    assert not Person.objects.exists()


def test_whoever_was_asked_enough_this_year_waits(directory_lasts, gaelle, gifts, maiwenn):
    Budget.decide(1, by=maiwenn, reason="Une fois.")
    asked = Contact.objects.create(person=gaelle, purpose=gifts, service="dons", channel="email")

    ask_permission()
    assert Letter.objects.count() == 0

    Contact.objects.filter(pk=asked.pk).update(at=timezone.now() - timedelta(days=366))
    ask_permission()
    assert Letter.objects.count() == 1


def test_what_a_file_brings_again_goes_again_and_the_same_line_brings_nothing(directory_lasts):
    header = "Identifiant (AlumnForce),Prénom,Nom d'état-civil,Statut (x [0]),Compte activé (x),Email personnel 1"
    line = "7,Gaëlle,Tanguy,3,0,gaelle@courriel.example"
    imported = apply(bring(written(header, line), source=witness("platform"), day=LONG_AGO))
    type(imported).objects.filter(pk=imported.pk).update(applied_at=timezone.now() - timedelta(days=5 * 365))
    asked_twice_without_an_answer()
    let_people_go()
    assert ContactPoint.objects.count() == 0
    assert b"gaelle@" not in imported.deliveries.get().path.read_bytes()

    same = apply(bring(written(header, line), source=witness("platform")))
    assert counts(same) == {"unchanged": 1}
    assert ContactPoint.objects.count() == 0

    apply(bring(written(header, line.replace("gaelle@", "g.tanguy@")), source=witness("platform")))
    assert ContactPoint.objects.count() == 1
    assert "1 person stays with less." in let_people_go()
    assert ContactPoint.objects.count() == 0


def test_the_clock_is_not_started_before_somebody_has_seen_whom_it_reaches(client, maiwenn, gaelle):
    client.force_login(maiwenn)
    address = reverse("privacy:turn_clock")

    refused = client.post(address, {"reason": "Décidé en comité."})
    assert (refused.status_code, Clock.runs()) == (422, False)
    assert "Rehearse it first" in refused.content.decode()

    ask(by=maiwenn).run_now()
    assert client.post(address, {"reason": "Décidé en comité."}).status_code == 303
    assert Clock.runs()


def test_the_rehearsal_says_who_how_many_and_what_and_writes_nothing(client, maiwenn, directory_lasts, gaelle):
    gone = tell(
        None, "school", date(2015, 1, 1), given="Erwan", family="Riou", studies=[{"degree": "BTS", "year": 2010}],
        contacts=[{"kind": "email", "value": "erwan@courriel.example"}],
    )  # fmt: skip
    client.force_login(maiwenn)
    assert "Nobody has rehearsed it yet." in client.get(reverse("privacy:retention_rehearsal")).content.decode()
    client.post(reverse("privacy:retention_rehearsal"))
    work = ask(by=maiwenn)
    work.run_now()

    page = client.get(reverse("privacy:retention_rehearsal"))

    found, text = page.context["found"], page.content.decode()
    assert (found.counts["persons"], found.counts["degrees"], found.counts["values"]["contacts"]) == (1, 1, 1)
    assert [(str(label), persons, values) for label, persons, values in found.families] == [
        ("Positions", 1, 1), ("Contact points", 1, 1), ("Profile", 1, 2),
    ]  # fmt: skip
    assert str(gone) in text
    assert str(gaelle) in text
    assert Person.objects.count() == 2
    line = Entry.objects.of_verb("clock.rehearsed").get()
    assert line.details == {"day": timezone.localdate().isoformat(), "leave": 1, "stay_with_less": 1}


def test_an_archived_degree_has_its_own_purpose_and_its_own_end(running_long_ago, gaelle):
    asked_twice_without_an_answer()
    let_people_go()

    kept = ArchivedDegree.objects.get()
    assert kept.purpose.key == "diplomes"
    assert kept.kept_until.year == timezone.localdate().year + 50
    assert empty_the_archive() == "0 archived degrees went."

    ArchivedDegree.objects.update(kept_until=timezone.localdate() - timedelta(days=1))
    assert empty_the_archive() == "1 archived degree went."
    assert Entry.objects.of_verb("archive.expired").get().details == {"count": 1}


def test_without_a_purpose_for_it_no_degree_is_archived(running_long_ago, gaelle, maiwenn):
    Purpose.objects.get(key="diplomes").close(by=maiwenn, reason="La scolarité s’en charge.")
    asked_twice_without_an_answer()

    let_people_go()

    assert (Person.objects.count(), ArchivedDegree.objects.count()) == (0, 0)


@pytest.fixture
def running_long_ago(maiwenn) -> None:
    """As usual: everything ends after three years."""
    Clock.turn(True, by=maiwenn, reason="Décidé en comité.")
