"""The pages of mailings: written, approved by somebody else, shown in the calendar; unsubscribed from without signing in."""

import json
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lierre.foundation.errors import Refused
from lierre.people.directory import snapshot
from lierre.people.models import ContactPoint
from lierre.people.segments import reach
from lierre.privacy.choices import choices_of
from lierre.privacy.models import Consent, Purpose
from lierre.publishing.mailing.approving import approve, submit
from lierre.publishing.mailing.composing import change
from lierre.publishing.mailing.lane import Mailings
from lierre.publishing.mailing.returning import Returns
from lierre.publishing.models import Mailing, Notice, Recipient
from lierre.publishing.tests.mailings import SECTION, TOPIC, due, everybody, graduate, written

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def base_of_this_test(settings: Any) -> None:
    settings.BOUNCES_ADDRESS = "retours@ubn.example"
    snapshot.forget()
    reach.forget()


@pytest.fixture
def sent(gwenael, helene) -> Recipient:
    graduate("Une")
    mailing = due(gwenael, helene)
    Mailings().once()
    return mailing.recipients.get()


def typed(by: Any, **more: Any) -> dict[str, Any]:
    day = (timezone.localdate() + timedelta(days=2)).isoformat()
    said = {
        "name": "Lettre d’avril", "topic": TOPIC, "segment": everybody(by).pk, "sender_name": "UBN", "reply_to": "",
        "subject": "Le printemps", "preheader": "", "day": day, "hour": "09:00", "section-TOTAL_FORMS": "1",
        "section-INITIAL_FORMS": "0", "section-0-title": "Bonjour", "section-0-text": "Il fait beau.",
    }  # fmt: skip
    return said | more


def test_communication_writes_the_president_approves_and_it_is_in_the_calendar(client, gwenael, helene):
    graduate("Une")
    client.force_login(gwenael)
    client.post(reverse("publishing:new_mailing"), typed(gwenael))
    mailing = Mailing.objects.get()
    page = client.get(mailing.get_absolute_url(), {"apercu": "texte"})
    client.post(reverse("publishing:mailing_act", args=[mailing.pk, "soumettre"]))
    mine = client.post(
        reverse("publishing:mailing_act", args=[mailing.pk, "approuver"]), {"digest": mailing.digest}, follow=True
    )
    calendar = client.get(reverse("publishing:agenda")).content.decode()
    client.force_login(helene)
    read = client.get(mailing.get_absolute_url()).content.decode()
    client.post(reverse("publishing:mailing_act", args=[mailing.pk, "approuver"]), {"digest": mailing.digest})

    mailing.refresh_from_db()
    assert "Il fait beau." in page.content.decode()
    assert "Somebody else must approve this" in mine.content.decode()
    assert "Your approval is asked for" in read
    assert (mailing.state, mailing.approved_by) == ("approved", helene)
    assert "Lettre d’avril" in calendar
    assert Notice.objects.filter(to=helene, subject__contains="Lettre d’avril").exists()


def test_any_change_of_words_or_readers_takes_the_approval_away(gwenael, helene):
    mailing = written(gwenael)
    submit(mailing, by=gwenael)
    approve(mailing, mailing.digest, by=helene)
    moved = change(mailing, {"due_at": timezone.now() + timedelta(days=3)}, by=gwenael)
    fell = change(mailing, {"sections": [SECTION | {"text": "Le 7 mars."}]}, by=gwenael)

    assert (moved, fell) == (False, True)
    assert (mailing.state, mailing.approved_digest) == ("draft", "")


def test_a_segment_that_asks_something_else_since_must_be_approved_again(gwenael, helene):
    graduate("Une")
    mailing = due(gwenael, helene)
    mailing.segment.change("Tout le monde", {"group": "any", "members": []}, by=gwenael)

    Mailings().once()

    mailing.refresh_from_db()
    assert mailing.state == "draft"
    assert not mailing.recipients.exists()
    assert Notice.objects.filter(to=gwenael, subject__contains="Not sent").exists()


def test_not_approved_in_time_or_too_late_nothing_leaves(gwenael, helene):
    graduate("Une")
    waiting, late = written(gwenael, name="En attente"), due(gwenael, helene, name="En retard")
    submit(waiting, by=gwenael)
    Mailing.objects.filter(pk=waiting.pk).update(due_at=timezone.now())
    Mailing.objects.filter(pk=late.pk).update(due_at=timezone.now() - timedelta(hours=3))

    Mailings().once()

    waiting.refresh_from_db(), late.refresh_from_db()
    assert (waiting.state, late.state) == ("draft", "paused")
    assert not Recipient.objects.exists()
    late.resume(by=gwenael)
    Mailings().once()
    assert Recipient.objects.get().state == "taken"


def test_a_message_that_gmail_would_cut_is_refused_before_approval(gwenael):
    mailing = written(gwenael, sections=[SECTION | {"text": "mot " * 2_000}] * 12)

    with pytest.raises(Refused, match="Gmail"):
        submit(mailing, by=gwenael)


def test_an_image_says_what_it_shows_and_a_button_leads_somewhere(client, gwenael):
    client.force_login(gwenael)
    wrong = {"section-0-image": "https://ubn.example/a.jpg", "section-0-button": "Venir"}

    page = client.post(reverse("publishing:new_mailing"), typed(gwenael, **wrong))

    assert page.status_code == 422
    assert "Say what the image shows" in page.content.decode()
    assert "fill in both, or neither" in page.content.decode()


def test_one_press_of_the_mail_program_unsubscribes_without_a_cookie(sent):
    stranger = Client(enforce_csrf_checks=True)

    looked = stranger.get(sent.stop_link)
    before = choices_of([sent.person_id])[sent.person_id].of(purpose().pk).said
    pressed = stranger.post(sent.stop_link, {"List-Unsubscribe": "One-Click"})
    stranger.post(sent.stop_link, {"List-Unsubscribe": "One-Click"})

    assert (looked.status_code, before, pressed.status_code) == (200, "", 200)
    assert choices_of([sent.person_id])[sent.person_id].of(purpose().pk).said == "no"
    kept = Consent.objects.get(person=sent.person_id)
    assert "nothing more of" in kept.words
    assert "Receive nothing more" in looked.content.decode()
    assert "It is noted." in stranger.get(sent.stop_link).content.decode()


def test_a_link_that_was_tampered_with_unsubscribes_nobody(client, sent):
    forged = sent.stop_link.replace(f"/{sent.pk}-", f"/{sent.pk + 1}-")

    assert client.post(forged).status_code == 410
    assert not Consent.objects.exists()


def test_a_complaint_told_by_a_provider_unsubscribes(sent):
    told = message_from_bytes(mail.outbox[0].message().as_bytes(), policy=default)
    raw = (
        b'From: abuse@fai.example\r\nTo: retours@ubn.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; '
        b'report-type=feedback-report; boundary="x"\r\n\r\n--x\r\nContent-Type: message/feedback-report\r\n\r\n'
        b"Feedback-Type: abuse\r\nVersion: 1\r\n\r\n--x\r\nContent-Type: message/rfc822\r\n\r\n"
        + b"Message-ID: " + str(told["Message-ID"]).encode() + b"\r\nSubject: Lettre\r\n\r\nBonjour\r\n--x--\r\n"
    )  # fmt: skip

    counted = Returns().read(raw) + Returns().read(raw)

    sent.refresh_from_db()
    assert counted == 2
    assert sent.complained_at
    assert sent.unsubscribed_at
    assert Consent.objects.filter(person=sent.person_id, said="no").count() == 1


def test_whoever_answers_unsubscribe_by_mail_is_heard_and_an_absence_is_not(sent):
    path = mail.outbox[0].from_email
    away, asks = EmailMessage(), EmailMessage()
    away["Subject"], away["Auto-Submitted"], away["To"] = "stop : absente", "auto-replied", path
    asks["Subject"], asks["To"] = "unsubscribe", path
    away.set_content("…"), asks.set_content("…")

    heard = [Returns().read(bytes(each)) for each in (away, asks)]

    assert heard == [0, 1]
    assert Consent.objects.filter(person=sent.person_id, said="no").exists()


def test_a_bounce_told_by_a_service_marks_the_address(client, settings, sent):
    settings.BOUNCES_SECRET = "secret"
    told = [{"event": "hard_bounce", "return_path": mail.outbox[0].from_email, "reason": "550 5.1.1 unknown user"}]

    answer = client.post(
        reverse("community:returns"), json.dumps(told), content_type="application/json",
        headers={"Authorization": "Bearer secret"},
    )  # fmt: skip

    sent.refresh_from_db()
    assert answer.status_code == 204
    assert sent.bounced == "hard"
    assert ContactPoint.objects.get(person=sent.person_id).refused


def test_a_trial_goes_to_whoever_asks_and_is_no_contact(client, gwenael):
    mailing = written(gwenael)
    client.force_login(gwenael)

    client.post(reverse("publishing:mailing_act", args=[mailing.pk, "essayer"]))

    assert [message.to for message in mail.outbox] == [[gwenael.email]]
    assert mail.outbox[0].subject == "[Trial] Vous êtes attendus le 6 mars"
    assert not Recipient.objects.exists()


def test_the_page_says_why_so_many_become_so_few(client, gwenael):
    graduate("Une")
    Consent.write(graduate("Deux"), "no", purpose=purpose(), how="link", words="Rien.", by="the tests")
    mailing = written(gwenael)
    Mailings().once()
    client.force_login(gwenael)

    page = client.get(mailing.get_absolute_url()).content.decode()

    assert "2 → 1" in page
    assert "They refused this." in page


def test_human_resources_look_and_change_nothing(client, gwenael, university):
    from conftest import someone

    ronan = someone("Ronan Cloarec", "ronan.cloarec@ubn.example", "hr", university)
    mailing = written(gwenael)
    client.force_login(ronan)

    assert client.get(mailing.get_absolute_url()).status_code == 200
    assert client.post(reverse("publishing:mailing_act", args=[mailing.pk, "soumettre"])).status_code == 403
    assert client.get(reverse("publishing:compose_mailing", args=[mailing.pk])).status_code == 403


def test_the_command_tells_the_figures_and_sends_a_trial(capsys, sent):
    call_command("mailing", "list", "--json")
    call_command("mailing", "test", str(sent.mailing_id), "--to", "gwenael.riou@ubn.example")

    told = json.loads(capsys.readouterr().out.splitlines()[0])
    assert (told["state"], told["recipients"], told["delivered"]) == ("sent", 1, 1)
    assert mail.outbox[-1].to == ["gwenael.riou@ubn.example"]


def purpose() -> Purpose:
    return Purpose.objects.get(key=TOPIC, population="graduates")
