"""Questions leave through a real mail server: once each, to those who may be asked, a few for each domain."""

from datetime import timedelta

import pytest
from django.conf import settings as configured
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.utils import timezone

from lierre.community.asking import sending
from lierre.community.asking.permission import may_ask, note_asked
from lierre.community.asking.sending import send_due
from lierre.community.duties import forget, reckon, send_questions
from lierre.community.models import Ask, Campaign
from lierre.community.models.ask import MOST_ATTEMPTS
from lierre.community.tests.graduates import graduate, prepared, renew_purposes
from lierre.community.tests.sink import mail_server
from lierre.foundation.errors import Refused
from lierre.foundation.models import Entry
from lierre.people.models import ContactPoint, Record
from lierre.privacy.models import Contact

pytestmark = pytest.mark.django_db


@pytest.fixture
def sink(settings):
    with mail_server() as (sink, port):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        settings.BOUNCES_ADDRESS = "retours@ubn.example"
        settings.DEFAULT_FROM_EMAIL = "Bureau des diplômés <diplomes@ubn.example>"
        yield sink


def campaign_of(solenn, *names: str, word: str = "", **more) -> Campaign:
    for name in names:
        graduate(name, **more)
    campaign = prepared(solenn, word=word)
    campaign.send(by=solenn)
    return campaign


def states(campaign: Campaign) -> list[str]:
    return list(campaign.asks.order_by("address").values_list("state", flat=True))


def due_again(campaign: Campaign) -> None:
    campaign.asks.waiting().update(send_at=timezone.now() - timedelta(seconds=1))


def test_nothing_leaves_before_somebody_sends_it(sink, solenn):
    graduate("Nolwenn")
    prepared(solenn)

    assert send_due().total() == 0
    assert sink.received == []


def test_the_message_asks_in_text_and_in_html_and_lets_itself_be_stopped_in_one_click(sink, solenn):
    campaign = campaign_of(solenn, "Nolwenn", word="Le réseau a vingt ans.")

    assert send_due() == {"sent": 1}
    assert send_due() == {}

    ((returns_to, to, message),) = sink.received
    ask = campaign.asks.get()
    assert (to, message["From"]) == ("nolwenn@courriel.example", "Bureau des diplômés <diplomes@ubn.example>")
    assert returns_to.startswith("retours+")
    assert message["Subject"] == "Still archiviste at Armor Énergies?"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["List-Unsubscribe"].strip() == f"<{configured.ADDRESS}/repondre/{ask.token}/arreter/>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/alternative", "text/plain", "text/html",
    ]  # fmt: skip
    for kind in ("plain", "html"):
        body = message.get_body((kind,)).get_content()
        assert "Le réseau a vingt ans." in body
        assert body.count(ask.link) >= 3
    assert "style=" not in message.get_body(("html",)).get_content()
    assert sink.links()[:3] == [f"{ask.link}?reponse={answer}" for answer in ("oui", "change", "stop")]
    assert "/preferences/" in sink.links()[3]
    assert (ask.state, ask.sent_at is not None) == ("sent", True)


def test_it_counts_in_the_two_asks_of_the_year(sink, solenn):
    campaign = campaign_of(solenn, "Nolwenn")
    person = campaign.asks.get().person
    note_asked(person)

    send_due()

    assert Contact.objects.filter(person=person).count() == 2
    assert not may_ask(person)
    assert campaign.asks.get().contact_id == Contact.objects.latest("pk").pk


def test_someone_asked_by_another_service_meanwhile_is_left_alone(sink, solenn):
    campaign = campaign_of(solenn, "Nolwenn")
    for _twice in range(2):
        note_asked(campaign.asks.get().person)

    assert send_due() == {"dropped": 1}
    assert sink.received == []
    assert campaign.asks.get().failure == "They were asked something 2 times this year."


def test_an_address_that_does_not_exist_is_marked_and_stays(sink, solenn):
    campaign = campaign_of(solenn, "Nolwenn", address="gone@perdu.example")
    person = campaign.asks.get().person

    assert send_due() == {"refused": 1}

    point = ContactPoint.objects.get(person=person, kind="email")
    kept = Record.objects.filter(person=person).latest("pk")
    assert (point.value, point.refused) == ("gone@perdu.example", True)
    assert "No such user here" in kept.reason
    assert states(campaign) == ["bounced"]
    assert not Contact.objects.filter(person=person).exists()  # they were not written to


def test_a_server_that_puts_it_off_is_asked_again_later(sink, solenn):
    campaign = campaign_of(solenn, "Nolwenn", address="busy@courriel.example")

    assert send_due() == {"put off": 1}
    assert send_due() == {}
    due_again(campaign)
    assert send_due() == {"put off": 1}

    ask = campaign.asks.get()
    assert (ask.state, ask.attempts) == ("waiting", 2)
    assert "Greylisted" in ask.failure
    assert not Contact.objects.exists()


def test_after_the_last_attempt_it_is_tried_no_more(sink, solenn):
    campaign = campaign_of(solenn, "Nolwenn", address="busy@courriel.example")

    for _attempt in range(MOST_ATTEMPTS):
        due_again(campaign)
        send_due()

    assert states(campaign) == ["dropped"]


def test_a_content_that_the_server_refuses_was_not_sent_and_takes_nothing_from_the_budget(sink, solenn):
    campaign = campaign_of(solenn, "Nolwenn")
    sink.refuses_content = True
    send_due()
    kept = Contact.objects.count()
    sink.refuses_content = False
    due_again(campaign)

    assert send_due() == {"sent": 1}
    assert (kept, Contact.objects.count(), len(sink.received)) == (0, 1, 1)


def test_a_domain_is_sent_a_few_each_minute_and_the_others_do_not_wait_for_it(sink, solenn, monkeypatch):
    monkeypatch.setattr(sending, "FOR_A_DOMAIN", 2)
    for number in range(4):
        graduate(f"Nolwenn{number}")
    campaign_of(solenn, "Erwan", address="erwan@ailleurs.example")

    first, second = send_due(), send_due()
    Ask.objects.filter(left_at__isnull=False).update(left_at=timezone.now() - timedelta(minutes=2))
    third = send_due()

    assert (first["sent"], second["sent"], third["sent"]) == (3, 0, 2)


def test_a_server_that_does_not_answer_loses_nothing(solenn, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    campaign = campaign_of(solenn, "Nolwenn")

    assert "does not answer" in send_questions()

    assert states(campaign) == ["waiting"]
    assert not Contact.objects.exists()


class Watchful(EmailBackend):
    """Notices whether a transaction is open while a message is handed over."""

    seen: list[bool] = []

    def send_messages(self, messages):
        self.seen.append(connection.in_atomic_block)
        return super().send_messages(messages)


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_while_the_server_speaks(solenn, settings):
    renew_purposes()
    settings.EMAIL_BACKEND = f"{__name__}.Watchful"
    campaign_of(solenn, "Nolwenn")

    assert send_due() == {"sent": 1}
    assert Watchful.seen == [False]


def test_two_senders_do_not_take_the_same_message(solenn):
    campaign_of(solenn, "Nolwenn")
    ask, same = Ask.objects.get(), Ask.objects.get()

    assert ask.claim()
    assert not same.claim()


def test_what_was_stopped_while_it_was_taken_does_not_leave(sink, solenn):
    campaign = campaign_of(solenn, "Nolwenn", "Erwan")
    campaign.stop(by=solenn)

    assert send_due() == {}
    with pytest.raises(Refused, match="stopped"):
        campaign.stop(by=solenn)
    assert Entry.objects.of_verb("campaign.stopped").get().details == {"held": 2}


def test_an_abandoned_campaign_keeps_no_name(solenn):
    graduate("Nolwenn")
    campaign = prepared(solenn)

    campaign.abandon(by=solenn)

    assert Ask.objects.count() == 0
    with pytest.raises(Refused):
        campaign.send(by=solenn)


def test_old_questions_are_forgotten_and_their_answers_stay(solenn):
    campaign = campaign_of(solenn, "Nolwenn")
    Campaign.objects.filter(pk=campaign.pk).update(prepared_at=timezone.now() - timedelta(days=1100))
    records = Record.objects.count()

    assert forget() == "1 question forgotten."
    assert (Campaign.objects.count(), Record.objects.count()) == (0, records)


def test_whom_to_ask_is_reckoned_once_a_day(db):
    graduate("Nolwenn")

    assert reckon() == "1 person worth asking."
    assert reckon().startswith("Reckoned already")
