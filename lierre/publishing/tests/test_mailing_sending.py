"""A mailing leaves once to each, through a real mail server; what the server answered is what its row says."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone

from lierre.connectors.mail import Letter
from lierre.connectors.mail.tests.real_server import Kept, mail_server
from lierre.people.directory import snapshot
from lierre.people.models import ContactPoint, Person
from lierre.people.segments import reach
from lierre.privacy.models import Consent, Contact, Purpose
from lierre.publishing.mailing.checking import looked_at, read
from lierre.publishing.mailing.claiming import claim, recover
from lierre.publishing.mailing.lane import Mailings
from lierre.publishing.mailing.progress import progress, say_not_taken, say_taken
from lierre.publishing.models import Mailing, MailingRules, Recipient
from lierre.publishing.tests.mailings import TOPIC, due, graduate

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def post_office(settings: Any) -> Iterator[Kept]:
    snapshot.forget()
    reach.forget()
    with mail_server() as (kept, port):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.BOUNCES_ADDRESS = "127.0.0.1", port, "retours@ubn.example"
        yield kept


def states(mailing: Mailing) -> dict[str, str]:
    return dict(mailing.recipients.values_list("address", "state"))


def test_each_receives_it_once_with_headers_that_unsubscribe(post_office, gwenael, helene):
    graduate("Une"), graduate("Deux"), graduate("Jumelle", "deux@courriel.example")
    mailing = due(gwenael, helene)

    Mailings().once()
    Mailings().once()

    mailing.refresh_from_db()
    assert sorted(post_office.addresses) == ["deux@courriel.example", "une@courriel.example"]
    assert mailing.state == "sent"
    assert mailing.reckoned["aside"] == [["Their address is also that of somebody else, who receives it.", 1]]
    path, to, message = post_office.received[0]
    row = mailing.recipients.get(address=to)
    assert path.startswith("retours+")
    assert message["Message-ID"] == row.message_id
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert row.stop_link in message["List-Unsubscribe"]
    assert "mailto:" + path in message["List-Unsubscribe"]
    assert message["Precedence"] == "bulk"
    assert str(message["From"]) == '"UBN, les diplômés" <lierre@localhost>'
    plain, html = (message.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert row.stop_link in plain
    assert row.stop_link in html
    assert "Le 6 mars, de 14 h à 18 h." in plain
    assert "Le 6 mars, de 14 h à 18 h." in html
    assert max(map(len, message.as_bytes().split(b"\n"))) < 200


def test_what_the_server_received_is_what_a_relay_can_sign(post_office, settings, gwenael, helene):
    settings.ADDRESS, settings.DEFAULT_FROM_EMAIL = "https://lierre.ubn.example", "UBN <lettres@ubn.example>"
    graduate("Une")
    mailing = due(gwenael, helene)
    Mailings().once()

    path, to, message = post_office.received[0]
    found = {each.what: each for each in read(Letter(path, to, message.as_bytes().replace(b"\n", b"\r\n")))}

    assert all(each.good for each in found.values())
    names = found["headers to sign"].found.split(":")
    assert [names.count(name) for name in ("from", "list-unsubscribe", "list-unsubscribe-post", "feedback-id")] == [
        2,
        2,
        2,
        1,
    ]
    settings.ADDRESS = "http://lierre.ubn.example"
    assert [each.what for each in looked_at(mailing) if not each.good] == ["one-click unsubscribe"]


def test_whoever_refused_or_received_enough_is_set_aside_and_told_why(post_office, gwenael, helene):
    refusing, busy = graduate("Refus"), graduate("Occupé", "occupe@courriel.example")
    graduate("Une")
    purpose = Purpose.objects.get(key=TOPIC, population="graduates")
    Consent.write(refusing, "no", purpose=purpose, how="link", words="Rien.", by="the tests")
    Contact.objects.create(person=busy, purpose=purpose, service="another", channel="email")
    mailing = due(gwenael, helene)

    Mailings().once()

    mailing.refresh_from_db()
    assert post_office.addresses == ["une@courriel.example"]
    assert mailing.reckoned["total"] == 3
    assert sorted(mailing.reckoned["aside"]) == [
        ["They received a message on this subject this week already.", 1],
        ["They refused this.", 1],
    ]
    assert Contact.objects.filter(service=f"publishing.mailing.{mailing.pk}").count() == 1


def test_an_address_that_does_not_exist_is_remembered_and_counts_for_nothing(post_office, gwenael, helene):
    gone = graduate("Partie", "gone@courriel.example")
    mailing = due(gwenael, helene)

    Mailings().once()

    assert states(mailing) == {"gone@courriel.example": "refused"}
    assert ContactPoint.objects.get(person=gone).refused
    assert not Contact.objects.filter(person=gone).exists()


def test_what_is_put_off_waits_for_later_and_the_rest_leaves(post_office, gwenael, helene):
    graduate("Occupé", "busy@courriel.example"), graduate("Une")
    mailing = due(gwenael, helene)

    Mailings().once()

    row = mailing.recipients.get(address="busy@courriel.example")
    assert post_office.addresses == ["une@courriel.example"]
    assert (row.state, row.attempts) == ("waiting", 1)
    assert row.next_at > timezone.now()
    assert not Contact.objects.filter(person=row.person).exists()


def test_a_message_without_an_answer_is_never_sent_again_by_itself(post_office, gwenael, helene, malo):
    graduate("Une")
    mailing = due(gwenael, helene)
    post_office.hangs_up = {"une@courriel.example"}

    Mailings().once()
    Mailing.objects.update(quiet_until=None)
    Mailings().once()

    assert states(mailing) == {"une@courriel.example": "uncertain"}
    assert len(post_office.received) == 1
    say_taken(mailing.recipients.get(), by=malo)
    assert progress(mailing).delivered == 1


def test_what_the_relay_never_had_leaves_again_when_somebody_says_so(post_office, gwenael, helene, malo):
    graduate("Une")
    mailing = due(gwenael, helene)
    post_office.hangs_up, post_office.takes = {"une@courriel.example"}, False
    Mailings().once()
    before = states(mailing)
    post_office.hangs_up = set()
    Mailing.objects.update(quiet_until=None)
    Contact.objects.all().delete()

    say_not_taken(mailing.recipients.get(), by=malo)
    Mailings().once()

    assert before == {"une@courriel.example": "uncertain"}
    assert post_office.addresses == ["une@courriel.example"]


def test_a_sender_that_died_leaves_what_it_held_to_the_next_one(gwenael, helene):
    graduate("Une"), graduate("Deux")
    mailing = due(gwenael, helene)
    rules = MailingRules.in_force()
    MailingRules.decide({"an_hour": 1, "a_week": 3, "a_topic_a_week": 1, "a_domain_a_minute": 0}, by="the tests")
    Mailings().once()
    MailingRules.decide({"an_hour": rules.an_hour, "a_domain_a_minute": 0}, by="the tests")
    claimed = claim(mailing, "dead")
    Recipient.objects.filter(pk=claimed[0].pk).update(state="leaving", left_at=timezone.now())

    recover(mailing)

    assert sorted(mailing.recipients.values_list("state", flat=True)) == ["taken", "uncertain"]


def test_the_mail_server_that_refuses_the_message_itself_pauses_it(post_office, gwenael, helene):
    for number in range(5):
        graduate(f"Numéro{number}", f"n{number}@courriel.example")
    mailing = due(gwenael, helene)
    post_office.content = "554 5.7.1 Looks like spam"

    Mailings().once()

    mailing.refresh_from_db()
    assert mailing.state == "paused"
    assert "Looks like spam" in mailing.said
    assert set(states(mailing).values()) == {"waiting"}
    post_office.content = ""
    mailing.resume(by=gwenael)
    Mailings().once()
    assert len(post_office.received) == 5


def test_no_domain_receives_more_in_a_minute_than_was_decided(post_office, gwenael, helene):
    for number in range(4):
        graduate(f"Numéro{number}", f"n{number}@courriel.example")
    graduate("Ailleurs", "a@ailleurs.example")
    mailing = due(gwenael, helene)
    MailingRules.decide({"a_domain_a_minute": 2}, by="the tests")

    Mailings().once()

    assert sorted(post_office.addresses) == ["a@ailleurs.example", "n0@courriel.example", "n1@courriel.example"]
    assert progress(mailing).waiting == 2


def test_paused_nothing_more_leaves_and_cancelled_nothing_ever(post_office, gwenael, helene):
    from lierre.publishing.mailing.composing import cancel

    graduate("Une"), graduate("Deux")
    mailing = due(gwenael, helene)
    MailingRules.decide({"an_hour": 1}, by="the tests")
    Mailings().once()
    mailing.refresh_from_db()
    mailing.pause(by=gwenael)
    MailingRules.decide({"an_hour": 100}, by="the tests")

    Mailings().once()
    paused = len(post_office.received)
    cancel(mailing, "Erreur", by=gwenael)
    Mailings().once()

    assert (paused, len(post_office.received)) == (1, 1)
    assert sorted(states(mailing).values()) == ["cancelled", "taken"]


def test_two_persons_who_became_one_are_asked_about_as_the_one_they_are(post_office, gwenael, helene, solenn):
    from lierre.people.merging import merge

    gone, kept = graduate("Nolwenn", "ancienne@courriel.example"), graduate("Nolwenn", "nouvelle@courriel.example")
    mailing = due(gwenael, helene)
    MailingRules.decide({"an_hour": 1, "a_week": 0, "a_topic_a_week": 1}, by="the tests")
    Mailings().once()
    merge(gone, Person.objects.get(pk=kept.pk), by=solenn, reason="La même.")
    MailingRules.decide({"an_hour": 100}, by="the tests")

    Mailings().once()

    assert post_office.addresses == ["ancienne@courriel.example"]
    assert states(mailing)["nouvelle@courriel.example"] == "dropped"


def test_a_relay_that_does_not_know_us_stops_the_mailing_and_no_address_is_given_up(post_office, gwenael, helene):
    people = [graduate(name, f"denied{name}@courriel.example") for name in ("une", "deux", "trois", "quatre")]
    mailing = due(gwenael, helene)

    Mailings().once()

    mailing.refresh_from_db()
    assert mailing.state == "paused"
    assert "Relay access denied" in mailing.said
    assert set(states(mailing).values()) == {"waiting"}
    assert not ContactPoint.objects.filter(person__in=people, refused=True).exists()


def test_a_domain_with_accents_is_written_as_the_dns_knows_it(post_office, gwenael, helene):
    graduate("Une", "une@école.example")
    mailing = due(gwenael, helene)

    Mailings().once()

    ((_path, to, message),) = post_office.received
    assert set(states(mailing).values()) == {"taken"}
    assert (to, message["To"]) == ("une@xn--cole-9oa.example", "une@xn--cole-9oa.example")
