"""What comes back is read as servers write it; what looks like it and is not one is left alone."""

import pytest

from lierre.connectors.mail import ReturnPath, Severity, bounces_in, bounces_told
from lierre.connectors.mail.tests import reports

PATH = ReturnPath("retours@ubn.example", b"a secret")
TO = PATH.of(42)


@pytest.mark.parametrize(
    ("raw", "severity", "address", "status"),
    [
        (reports.postfix(TO), "hard", "nolwenn@perdu.example", "5.1.1"),
        (reports.exchange(TO), "hard", "nolwenn@perdu.example", "5.1.10"),
        (reports.exim(TO), "hard", "nolwenn@perdu.example", ""),
        (reports.full(TO), "soft", "nolwenn@courriel.example", "5.2.2"),
        (reports.late(TO), "delayed", "nolwenn@courriel.example", "4.4.1"),
    ],
    ids=["Postfix", "Exchange", "Exim", "full box", "late"],
)
def test_each_server_in_its_own_words(raw, severity, address, status):
    (bounce,) = bounces_in(raw, PATH)

    assert (bounce.severity, bounce.address, bounce.status) == (severity, address, status)
    assert PATH.number_of(bounce.token) == 42


@pytest.mark.parametrize("raw", [reports.absent(TO), reports.letter(TO)], ids=["on leave", "a letter"])
def test_a_person_who_answers_is_no_bounce(raw):
    assert bounces_in(raw, PATH) == []


def test_a_return_path_that_somebody_made_up_is_not_believed():
    forged = TO.replace(TO[-14], "0" if TO[-14] != "0" else "1")

    (bounce,) = bounces_in(reports.postfix("retours+16.000000000000@ubn.example"), PATH)

    assert bounce.token == ""
    assert PATH.number_in(forged) is None
    assert ReturnPath("retours@ubn.example", b"another").number_in(TO) is None


def test_the_mark_is_found_in_the_copy_of_our_message_when_the_address_was_rewritten():
    raw = reports.postfix("postmaster@ubn.example").replace(
        b"--b--", b"Return-Path: <" + TO.encode() + b">\r\n\r\n--b--"
    )

    (bounce,) = bounces_in(raw, PATH)

    assert PATH.number_of(bounce.token) == 42


@pytest.mark.parametrize("raw", [b"", b"\xff\xfe\x00", b"Content-Type: multipart/report\r\n\r\n", b"From: a\r\n" * 500])
def test_whatever_arrives_is_read_without_harm(raw):
    assert bounces_in(raw, PATH) == []


@pytest.mark.parametrize(
    ("event", "severity"),
    [
        ({"event": "bounce", "type": "permanent", "reason": "550 5.1.1 no such user"}, Severity.HARD),
        ({"event": "soft_bounce", "reason": "452 4.2.2 full"}, Severity.SOFT),
        ({"type": "bounced", "status": "5.1.1"}, Severity.HARD),
        ({"event": "deferred"}, Severity.DELAYED),
    ],
)
def test_a_service_that_tells_by_itself_is_heard(event, severity):
    (bounce,) = bounces_told({"events": [{**event, "email": "A@x.example", "return_path": TO, "id": "e1"}]}, PATH)

    assert (bounce.severity, bounce.address, bounce.report_id) == (severity, "a@x.example", "e1")
    assert PATH.number_of(bounce.token) == 42


@pytest.mark.parametrize(
    "payload", [{"event": "open"}, {"event": "click", "email": "a@x.example"}, [], "bounce", None, 3]
)
def test_opens_clicks_and_nonsense_tell_nothing(payload):
    assert bounces_told(payload, PATH) == []


@pytest.mark.parametrize(
    "header", [b"To: =?utf-8?q?=0A?= <a@b>", b"From: a@[", b"Message-ID: <", b'To: "a <a@b', b"Subject: =?x?b?!?="]
)
def test_a_header_that_nobody_can_parse_hides_neither_this_report_nor_the_next_ones(header):
    (bounce,) = bounces_in(header + b"\r\n" + reports.postfix(TO), PATH)

    assert (bounce.severity, bounce.address) == ("hard", "nolwenn@perdu.example")


@pytest.mark.parametrize(
    "words",
    ["550 5.2.0 Mail rejete. OFR_506", "554 Client host [192.0.2.1] blocked using zen.spamhaus.org", "550 spam"],
)
def test_what_a_filter_refuses_does_not_say_that_nobody_lives_there(words):
    status = "5.2.0" if "5.2.0" in words else "5.0.0"
    raw = reports.report(
        sender="MAILER-DAEMON@mx.ubn.example", subject="Undelivered", to=TO, words="No.",
        status=f"Reporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; a@b.example\nAction: failed\nStatus: {status}\n"
        f"Diagnostic-Code: smtp; {words}",
    )  # fmt: skip

    assert [str(each.severity) for each in bounces_in(raw, PATH)] == ["soft"]
