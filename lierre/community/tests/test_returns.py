"""What comes back: the address is marked, never erased; twice read, once kept; what is not ours is not believed."""

import json
from pathlib import Path

import pytest
from django.urls import reverse

from lierre.community.asking.bouncing import take
from lierre.community.asking.mailing import return_path
from lierre.community.duties import read_returns
from lierre.community.models import Ask, Returned
from lierre.community.tests.graduates import graduate, sent_ask
from lierre.connectors.mail import bounces_in
from lierre.connectors.mail.tests import reports
from lierre.connectors.mail.tests.imap_server import can_run, drop, imap_server
from lierre.foundation.models import Entry
from lierre.people.models import ContactPoint, Person, Record
from lierre.people.rebuilding import rebuild

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def box_of_returns(settings):
    settings.BOUNCES_ADDRESS = "retours@ubn.example"


@pytest.fixture
def nolwenn(db) -> Person:
    return graduate("Nolwenn")


@pytest.fixture
def ask(solenn, nolwenn) -> Ask:
    return sent_ask(solenn, nolwenn)


@pytest.fixture
def to(ask) -> str:
    return return_path().of(ask.pk)


def read(raw: bytes) -> dict[str, int]:
    return dict(take(bounces_in(raw, return_path())))


def email(person: Person) -> ContactPoint:
    return person.contact_points.get(kind="email")


def test_nobody_lives_there_any_more(ask, to, nolwenn):
    heard = Person.objects.get(pk=nolwenn.pk).heard

    assert read(reports.postfix(to)) == {"hard": 1}

    kept = Record.objects.filter(person=nolwenn).latest("pk")
    assert email(nolwenn).refused
    assert kept.said == {"contacts": [{"kind": "email", "value": ask.address, "refused": True}]}
    assert "User unknown" in kept.reason
    assert Person.objects.get(pk=nolwenn.pk).heard == heard  # it is no sign of life
    ask.refresh_from_db()
    assert ask.state == "bounced"
    assert Entry.objects.of_verb("address.refused").about(nolwenn).count() == 1
    assert rebuild(only_check=True).differing == 0


def test_the_same_report_read_twice_counts_once(to, nolwenn):
    read(reports.postfix(to))
    records = Record.objects.count()

    assert read(reports.postfix(to)) == {"other": 1}
    assert (Record.objects.count(), Returned.objects.count()) == (records, 1)


def test_a_full_box_is_counted_and_the_address_stays_good(ask, to, nolwenn):
    assert read(reports.full(to)) == {"soft": 1}

    ask.refresh_from_db()
    assert (ask.soft_returns, ask.state) == (1, "sent")
    assert not email(nolwenn).refused


def test_a_late_message_and_an_absent_person_change_nothing(ask, to, nolwenn):
    records = Record.objects.count()

    assert read(reports.late(to)) == {"delayed": 1}
    assert read(reports.absent(to)) == {}

    assert Record.objects.count() == records
    assert not email(nolwenn).refused


def test_a_report_that_anybody_could_write_is_not_believed(ask, nolwenn):
    forged = f"retours+{ask.pk}.0123456789ab@ubn.example"

    assert read(reports.postfix(forged)) == {"other": 1}
    assert not email(nolwenn).refused


def test_an_answer_that_crossed_the_report_is_kept(client, ask, to):
    client.post(reverse("community:answer", args=[ask.token]), {"answer": "same"})

    read(reports.postfix(to))

    ask.refresh_from_db()
    assert (ask.state, ask.answer) == ("answered", "same")


def test_a_person_erased_meanwhile_leaves_nothing_to_write(ask, to, nolwenn):
    nolwenn.records.all().delete()
    ask.delete()

    assert read(reports.postfix(to)) == {"other": 1}


@pytest.mark.skipif(not can_run(), reason="Debian’s dovecot-imapd is not there, or we are not root")
def test_the_duty_reads_the_box(ask, to, nolwenn, settings, tmp_path: Path):
    with imap_server(tmp_path) as port:
        settings.BOUNCES_URL = f"imap://retours%40ubn.example:secret@127.0.0.1:{port}/INBOX"
        drop(port, reports.postfix(to), reports.absent(to), reports.postfix("retours@ubn.example"))

        first, second = read_returns(), read_returns()

    assert first == "3 messages read. For ever: 1; for now: 0; late: 0; not ours, or known: 1."
    assert second.startswith("0 messages read.")
    assert email(nolwenn).refused


def test_without_a_box_the_duty_says_so():
    assert "LIERRE_BOUNCES_URL" in read_returns()


def test_a_sending_service_tells_by_http_when_it_knows_the_secret(client, to, nolwenn, settings):
    settings.BOUNCES_SECRET = "a long secret"
    told = json.dumps([{"event": "hard_bounce", "email": email(nolwenn).value, "return_path": to, "reason": "5.1.1"}])

    def tell(secret: str, body: str) -> int:
        address, kind = reverse("community:returns"), "application/json"
        return client.post(address, body, kind, headers={"Authorization": f"Bearer {secret}"}).status_code

    assert (tell("a guess", told), email(nolwenn).refused) == (403, False)
    assert tell("a long secret", "{") == 400
    assert (tell("a long secret", told), email(nolwenn).refused) == (204, True)


def test_without_a_secret_nobody_is_heard(client, to):
    told = json.dumps([{"event": "hard_bounce", "return_path": to}])

    answer = client.post(reverse("community:returns"), told, "application/json", headers={"Authorization": "Bearer "})

    assert answer.status_code == 403
