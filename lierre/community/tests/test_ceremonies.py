"""At the ceremony: an address that stays, what is agreed to, who is missing; and nothing told to whoever asks."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from conftest import someone
from lierre.community.graduating.duties import confirm_addresses, forget_captures
from lierre.community.graduating.roll import Roll
from lierre.community.models import Capture, Ceremony, CeremonyDay
from lierre.community.roster import Asked
from lierre.community.tests.graduates import graduate
from lierre.foundation.models import Entry
from lierre.foundation.personal_data import register
from lierre.foundation.square import svg
from lierre.people.claiming.recognising import see_to_claims
from lierre.people.directory import snapshot
from lierre.people.directory.snapshot import sight_of
from lierre.people.directory.viewer import Viewer
from lierre.people.models import Claim, ContactPoint, Person, Term
from lierre.privacy.models import Consent, Purpose

pytestmark = pytest.mark.django_db
DEGREE = "Master Statistique et société"
LETTER = "lettre-association"


@pytest.fixture(autouse=True)
def nobody_was_counted(settings: Any) -> None:
    settings.DEFAULT_FROM_EMAIL = "Lierre <lierre@ubn.example>"
    cache.clear()
    snapshot.forget()


@pytest.fixture
def nolwenn(university) -> Person:
    return graduate("Nolwenn", address="n.lester@etu.ubn.example", born="2001-02-03", student_number="21900777")


@pytest.fixture
def ceremony(solenn, nolwenn) -> Ceremony:
    term = Term.objects.get(kind="degree", label=DEGREE)
    return Ceremony.hold(name="Remise des diplômes", degree=DEGREE, degree_id=term.pk, year=2014,
                         day=timezone.localdate(), by=solenn)  # fmt: skip


def box(key: str) -> str:
    return f"left-topic-{Purpose.objects.get(key=key, population='graduates').pk}"


def page_of(ceremony: Ceremony) -> str:
    return reverse("community:welcome", args=[ceremony.token])


def link() -> str:
    found = re.search(r"/confirmer/\S+", mail.outbox[-1].body)
    assert found is not None
    return found[0]


def student(university: Any, email: str = "n.lester@etu.ubn.example") -> Any:
    return someone("Nolwenn Le Ster", email, "student", university)


UNKNOWN = {"left-given": "Nolwenn", "left-family": "Le Ster", "left-born": "03/02/2001", "left-number": "21900777"}


def test_somebody_signed_in_leaves_an_address_and_confirms_it(client, university, nolwenn, ceremony):
    client.force_login(student(university))
    page = client.get(page_of(ceremony))
    client.post(page_of(ceremony), {"left-email": "nolwenn@courriel.example", box(LETTER): "on"})
    agreed = Consent.objects.get()
    confirm_addresses()
    seen = client.get(link())
    before = ContactPoint.objects.filter(value="nolwenn@courriel.example").exists()
    thanks = client.post(link(), follow=True)

    point = ContactPoint.objects.get(value="nolwenn@courriel.example")
    nolwenn.refresh_from_db()
    assert "Congratulations, Nolwenn." in page.text
    assert (agreed.said, agreed.how, agreed.person) == ("yes", "account", nolwenn)
    assert agreed.purpose is not None
    assert agreed.words == f"{agreed.purpose.label}. {agreed.purpose.why}"
    assert (seen.status_code, before) == (200, False)
    assert (point.person, point.use, point.confirmed) == (nolwenn, "personal", True)
    assert "We know where to find you." in thanks.text
    assert nolwenn.account is not None
    assert Entry.objects.of_verb("capture.kept").count() == 1


def test_nothing_is_ticked_for_them_and_only_what_asks_for_it_is_asked(client, ceremony):
    page = client.get(page_of(ceremony)).text

    boxes = re.findall(r'<input type="checkbox"[^>]*>', page)
    topics = Purpose.objects.topics().of("graduates").filter(legal_basis="consent")
    assert len(boxes) == topics.count() > 1
    assert not any("checked" in each for each in boxes)
    assert "What will stay known of you" in page
    assert "Preuve des diplômes délivrés" in page


def test_somebody_unknown_confirms_then_waits_for_whoever_judges(client, solenn, nolwenn, ceremony):
    client.post(page_of(ceremony), {**UNKNOWN, "left-email": "Nolwenn@courriel.example", box(LETTER): "on"})
    see_to_claims()
    confirm_addresses()
    client.post(link())
    left, claim = Capture.objects.get(), Claim.objects.get()
    waiting = (left.state, claim.state, Consent.objects.count())

    claim.accept(nolwenn, by=solenn, reason="Même numéro.", vouched=False)
    see_to_claims()
    opening = re.search(r"/retrouver/lien/\S+", mail.outbox[-1].body)
    assert opening is not None
    client.post(opening[0], {"name": "Nolwenn Le Ster", "password": "le lierre sur le vieux mur"})
    confirm_addresses()

    left.refresh_from_db()
    agreed = Consent.objects.get()
    assert waiting == ("confirmed", "pending", 0)
    assert (left.state, left.person, left.said) == ("kept", nolwenn, {})
    assert (agreed.said, agreed.how, agreed.at) == ("yes", "link", left.at)


def test_the_answer_is_the_same_for_somebody_whom_we_do_not_know(client, nolwenn, ceremony):
    known = client.post(page_of(ceremony), {**UNKNOWN, "left-email": "a@courriel.example"})
    unknown = client.post(page_of(ceremony), {**UNKNOWN, "left-family": "Inconnue", "left-email": "b@courriel.example"})

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])


def test_an_account_that_is_nobodys_is_asked_who_they_are(client, university, nolwenn, ceremony):
    client.force_login(student(university, "somebody.else@etu.ubn.example"))

    page = client.get(page_of(ceremony)).text

    assert "Student number or INE" in page
    assert "Nolwenn" not in page.replace("Nolwenn Le Ster, my account", "").replace("Nolwenn Le Ster", "")


def test_an_address_of_the_house_is_refused(client, ceremony):
    page = client.post(page_of(ceremony), {**UNKNOWN, "left-email": "n.lester@etu.ubn.example"})

    assert page.status_code == 422
    assert "closes after your studies" in page.text


def test_a_whole_hall_behind_one_network_is_let_in_and_one_address_is_not_written_to_for_ever(client, ceremony):
    for number in range(30):
        answer = client.post(
            page_of(ceremony), {**UNKNOWN, "left-number": f"219007{number:02}", "left-email": "x@y.example"}
        )
        assert answer.status_code == 303

    confirm_addresses()

    assert Capture.objects.count() == 30
    assert len(mail.outbox) == 3


def test_what_happened_is_counted_by_day_and_nobody_is_in_it(client, ceremony):
    client.get(page_of(ceremony))
    client.get(page_of(ceremony))
    client.get(page_of(ceremony), headers={"Sec-Purpose": "prefetch"})
    client.post(page_of(ceremony), {**UNKNOWN, "left-email": "nolwenn@courriel.example"})
    confirm_addresses()
    for _again in range(2):
        client.post(link())

    day = CeremonyDay.objects.get()
    assert (day.opened, day.done, day.confirmed) == (2, 1, 1)
    assert {field.name for field in CeremonyDay._meta.get_fields()} == {
        "id",
        "ceremony",
        "day",
        "opened",
        "done",
        "confirmed",
    }


def test_the_office_sees_who_is_missing_and_takes_the_list_away(client, solenn, university, nolwenn, ceremony):
    graduate("Goulven", address="goulven@courriel.example")
    client.force_login(student(university))
    client.post(page_of(ceremony), {"left-email": "nolwenn@courriel.example"})
    client.force_login(solenn)

    everybody = client.get(ceremony.get_absolute_url()).text
    missing = client.get(ceremony.get_absolute_url(), {"etat": "manquants"}).text
    file = b"".join(client.get(reverse("community:export_roll", args=[ceremony.pk, "csv"]) + "?etat=attendus")).decode()

    assert "left an address, not confirmed yet" in everybody
    assert "Goulven Le Ster" in missing
    assert "Nolwenn" not in missing
    assert "Nolwenn" in file
    assert "Goulven" not in file
    assert Entry.objects.of_verb("ceremony.exported").get().details == {"form": "csv", "total": 1, "hidden": 0}


def test_a_large_class_is_counted_whole_and_listed_page_by_page(client, solenn, nolwenn, ceremony):
    for given in ("Goulven", "Denez"):
        graduate(given)
    ContactPoint.objects.filter(person__given="Denez").update(use="personal")
    roll = Roll(ceremony, sight_of(Viewer(everything=True)))
    small = replace(roll.roster, size=2)
    after = replace(small, asked=Asked(after=small.rows[-1].public_id))

    assert (roll.total, roll.reached, roll.waiting, roll.missing) == (3, 1, 0, 2)
    assert [[row.name for row in page.rows] for page in (small, after)] == [
        ["Denez Le Ster", "Goulven Le Ster"],
        ["Nolwenn Le Ster"],
    ]
    assert (after.page.first, after.page.is_last, after.total) == (3, True, 3)


def test_somebody_is_looked_for_within_the_class(client, solenn, nolwenn, ceremony):
    graduate("Goulven")
    graduate("Goulwena", year=2015)
    client.force_login(solenn)

    found = client.get(ceremony.get_absolute_url(), {"q": "goul"}).text
    nobody = client.get(ceremony.get_absolute_url(), {"q": "goul", "etat": "joints"}).text

    assert "Goulven Le Ster" in found
    assert "Goulwena" not in found
    assert "Nolwenn Le Ster" not in found
    assert "Nobody of this name in this list." in nobody


def test_a_long_list_asks_why_before_it_leaves(client, solenn, nolwenn, ceremony, settings):
    settings.MASS_EXPORT = 0
    client.force_login(solenn)
    address = reverse("community:export_roll", args=[ceremony.pk, "csv"])

    asked = client.get(address)
    taken = client.post(address, {"reason": "Préparer l’envoi des parchemins."})

    assert "a list asks for a reason" in asked.text
    assert b"Nolwenn" in b"".join(taken.streaming_content)
    assert Entry.objects.of_verb("ceremony.exported").get().reason == "Préparer l’envoi des parchemins."


def test_the_office_prepares_a_ceremony_whose_degree_somebody_holds(client, solenn, nolwenn):
    client.force_login(solenn)
    asked = {"name": "Remise", "year": "2014", "degree": "statistique", "day": "2026-11-28", "place": "Morlaix"}

    wrong = client.post(reverse("community:ceremonies"), {**asked, "degree": "Plomberie"})
    client.post(reverse("community:ceremonies"), asked)

    assert "Nobody holds a degree called so that year." in wrong.text
    assert Ceremony.objects.get().degree == DEGREE


def test_the_square_says_the_address_of_the_page(settings, client, solenn, ceremony):
    client.force_login(solenn)

    file = client.get(reverse("community:code", args=[ceremony.pk]))

    assert file["Content-Type"] == "image/svg+xml"
    assert file.content.decode() == svg(ceremony.address)
    assert ceremony.address == f"{settings.ADDRESS}/bienvenue/{ceremony.token}/"


def test_a_page_closes_with_its_ceremony_or_after_it(client, solenn, ceremony):
    Ceremony.objects.update(day=timezone.localdate() - timedelta(days=91))
    late = client.get(page_of(ceremony))
    Ceremony.objects.update(day=timezone.localdate())
    client.force_login(solenn)
    client.post(reverse("community:close_ceremony", args=[ceremony.pk]))

    assert late.status_code == 410
    assert client.get(page_of(ceremony)).status_code == 410
    assert client.get(reverse("community:welcome", args=["zzzzzzzzzzzz"])).status_code == 410


def test_a_false_link_confirms_nothing(client, ceremony):
    assert client.post(reverse("community:confirm_capture", args=["MQ:false"])).status_code == 410


def test_a_server_that_does_not_answer_is_asked_again(client, ceremony, settings):
    client.post(page_of(ceremony), {**UNKNOWN, "left-email": "nolwenn@courriel.example"})
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 1
    confirm_addresses()
    late = Capture.objects.get()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    Capture.objects.update(due_at=timezone.now())

    confirm_addresses()

    assert late.due_at is not None
    assert late.due_at > timezone.now()
    assert len(mail.outbox) == 1
    assert Capture.objects.get().due_at is None


def test_what_was_left_is_forgotten_shown_and_erased(client, university, nolwenn, ceremony):
    client.force_login(student(university))
    client.post(page_of(ceremony), {"left-email": "nolwenn@courriel.example"})
    holding = next(each for each in register() if each.model == "community.capture")
    shown = holding.export(nolwenn)
    Capture.objects.update(at=timezone.now() - timedelta(days=121))

    forget_captures()

    assert shown[0]["email"] == "nolwenn@courriel.example"
    assert not Capture.objects.exists()
    assert holding.erase is not None
    assert holding.erase(nolwenn) == 0


def test_only_the_office_holds_ceremonies(client, gwenael, amelie_user, ceremony):
    for user in (gwenael, amelie_user):
        client.force_login(user)
        assert client.get(reverse("community:ceremonies")).status_code == 403
        assert client.get(ceremony.get_absolute_url()).status_code == 403
