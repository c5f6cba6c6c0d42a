"""The box of returns is read over IMAP, each message once, and nothing is taken out of it."""

from pathlib import Path

import pytest

from lierre.connectors.mail import Mailbox, ReturnPath, Unreachable, bounces_in
from lierre.connectors.mail.tests import reports
from lierre.connectors.mail.tests.imap_server import PASSWORD, can_run, drop, imap_server, unread

PATH = ReturnPath("retours@ubn.example", b"a secret")
needs_dovecot = pytest.mark.skipif(not can_run(), reason="Debian’s dovecot-imapd is not there, or we are not root")


@pytest.fixture
def port(tmp_path: Path):
    with imap_server(tmp_path) as port:
        yield port


def box(port: int, password: str = PASSWORD) -> Mailbox:
    return Mailbox.at(f"imap://retours%40ubn.example:{password}@127.0.0.1:{port}")


@needs_dovecot
def test_each_message_is_read_once_marked_and_left_there(port):
    drop(port, reports.postfix(PATH.of(1)), reports.absent(PATH.of(2)), reports.full(PATH.of(3)))

    first = [bounces_in(raw, PATH) for raw in box(port).unread(100)]
    second = list(box(port).unread(100))

    assert [[(PATH.number_of(each.token), str(each.severity)) for each in found] for found in first] == [
        [(1, "hard")], [], [(3, "soft")],
    ]  # fmt: skip
    assert second == []
    assert unread(port) == (0, 3)


@needs_dovecot
def test_a_reader_that_dies_in_the_middle_reads_that_message_again(port):
    drop(port, reports.postfix(PATH.of(1)), reports.postfix(PATH.of(2)))
    reading = box(port).unread(100)
    next(reading)

    reading.close()  # before it was marked

    assert unread(port) == (2, 2)


@needs_dovecot
def test_a_wrong_password_is_said_in_a_sentence(port):
    with pytest.raises(Unreachable, match="Authentication failed"):
        list(box(port, "wrong").unread(1))


def test_a_box_that_does_not_answer_and_an_address_that_is_none():
    with pytest.raises(Unreachable):
        list(box(1).unread(1))
    with pytest.raises(Unreachable):
        Mailbox.at("https://mail.ubn.example")
