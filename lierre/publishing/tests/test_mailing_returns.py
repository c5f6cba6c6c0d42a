"""What comes back of a mailing, as servers and providers write it, changes what is known of the address and of the choice."""

import base64
from pathlib import Path

import pytest

from lierre.connectors.mail import Mailbox, bounces_in, complaint_in, read_by_others
from lierre.connectors.mail.tests import reports
from lierre.connectors.mail.tests.imap_server import can_run, drop, imap_server
from lierre.people.directory import snapshot
from lierre.people.models import ContactPoint
from lierre.people.segments import reach
from lierre.privacy.models import Consent
from lierre.publishing.mailing.lane import Mailings
from lierre.publishing.mailing.returning import Returns
from lierre.publishing.models import Recipient
from lierre.publishing.models.recipient import return_path
from lierre.publishing.tests.mailings import due, graduate

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(settings, gwenael, helene) -> Recipient:
    settings.BOUNCES_ADDRESS = "retours@ubn.example"
    snapshot.forget()
    reach.forget()
    graduate("Nolwenn")
    mailing = due(gwenael, helene)
    Mailings().once()
    return mailing.recipients.get()


def complaint(about: str, kind: str = "abuse", *, encoded: bool = False) -> bytes:
    """As a large provider tells one (RFC 5965): a word, the report, the headers of the message."""
    headers = f"Message-ID: {about}\r\nFrom: UBN <lierre@ubn.example>\r\nSubject: Lettre de mars\r\n"
    if encoded:
        headers = base64.encodebytes(headers.encode()).decode()
    lines = [
        "From: staff@fai.example", "To: retours@ubn.example", "Subject: FW: Lettre de mars", "MIME-Version: 1.0",
        'Content-Type: multipart/report; report-type=feedback-report; boundary="part"', "", "--part",
        "Content-Type: text/plain; charset=us-ascii", "", "This is an email abuse report.", "", "--part",
        "Content-Type: message/feedback-report", "", f"Feedback-Type: {kind}", "User-Agent: FAI-Feedback/1.0", "Version: 1",
        "Original-Mail-From: <retours@ubn.example>", "Arrival-Date: Thu, 26 Nov 2026 10:15:00 +0100",
        "Reported-Domain: ubn.example", "", "--part", "Content-Type: text/rfc822-headers",
        *(["Content-Transfer-Encoding: base64"] if encoded else []), "", headers, "--part--", "",
    ]  # fmt: skip
    return "\r\n".join(lines).encode()


@pytest.mark.parametrize("raw", [reports.postfix, reports.exchange, reports.exim])
def test_an_address_where_nobody_lives_is_known_from_now_on(sent, raw):
    Returns().read(raw(return_path().of(sent.pk)))

    sent.refresh_from_db()
    assert sent.bounced == "hard"
    assert ContactPoint.objects.get(person=sent.person_id).refused


@pytest.mark.parametrize(("raw", "bounced"), [(reports.full, "soft"), (reports.late, "")])
def test_a_full_box_and_a_late_message_leave_the_address_as_it_is(sent, raw, bounced):
    Returns().read(raw(return_path().of(sent.pk)))

    sent.refresh_from_db()
    assert sent.bounced == bounced
    assert not ContactPoint.objects.get(person=sent.person_id).refused


@pytest.mark.parametrize("encoded", [False, True])
def test_whoever_calls_it_spam_receives_no_more_of_it(sent, encoded):
    raw = complaint(sent.message_id, encoded=encoded)

    heard = Returns().read(raw)

    sent.refresh_from_db()
    assert heard == 1
    assert sent.complained_at
    assert bounces_in(raw, return_path()) == []
    assert Consent.objects.get(person=sent.person_id).said == "no"


@pytest.mark.parametrize("kind", ["not-spam", "auth-failure", "virus"])
def test_what_is_told_in_the_same_shape_and_complains_of_nothing_stops_nothing(sent, kind):
    heard = Returns().read(complaint(sent.message_id, kind))

    sent.refresh_from_db()
    assert (heard, sent.unsubscribed_at) == (0, None)


def test_a_complaint_about_a_message_that_is_not_ours_is_not_believed(sent):
    assert complaint_in(complaint("<lettre+z.000000000000@ubn.example>"), return_path()) == ""


@pytest.mark.skipif(not can_run(), reason="Debian’s dovecot-imapd is not there, or we are not root")
def test_the_box_of_returns_is_read_for_mailings_too(sent, tmp_path: Path):
    with imap_server(tmp_path) as port:
        drop(port, reports.postfix(return_path().of(sent.pk)), complaint(sent.message_id))
        box = Mailbox.at(f"imap://retours%40ubn.example:secret@127.0.0.1:{port}/INBOX")

        heard = sum(read_by_others(raw) for raw in box.unread(10))

    sent.refresh_from_db()
    assert heard == 2
    assert sent.bounced == "hard"
    assert sent.complained_at
