"""Whoever sends a question is killed while it talks to the mail server: nobody is ever asked twice."""

import socketserver
import threading
from collections.abc import Iterator

import pytest

from tests.reliability.conftest import PATIENCE, Base, kill

pytestmark = pytest.mark.crash

ASK = """
from datetime import date
from lierre.accounts.models import Unit, User
from lierre.community.asking.preparing import Scope, prepare
from lierre.community.asking.weighing import weigh
from lierre.community.tests.graduates import graduate
graduate("Nolwenn")
weigh(date(2026, 11, 26))
solenn = User.objects.create_user("solenn.kerbrat@ubn.example", name="Solenn Kerbrat")
prepare(Scope(), wanted=1, word="", by=solenn).send(by=solenn)
"""
OF_THE_ASK = "SELECT state, attempts FROM community_ask"


class Postman(socketserver.StreamRequestHandler):
    """A mail server that falls silent: when it is called, or once it has the whole message."""

    silent_at = ""
    called = threading.Event()
    messages: list[str] = []

    def handle(self) -> None:
        if self.falls_silent("call"):
            return
        self.say(220)
        while word := self.rfile.readline()[:4].upper().strip():
            if word == b"DATA":
                self.say(354)
                self.messages.append(b"".join(iter(self.rfile.readline, b".\r\n")).decode())
                if self.falls_silent("content"):
                    return
            self.say(221 if word == b"QUIT" else 250)

    def falls_silent(self, moment: str) -> bool:
        if self.silent_at != moment:
            return False
        self.called.set()
        self.rfile.read()  # until whoever calls hangs up
        return True

    def say(self, code: int) -> None:
        self.wfile.write(f"{code} postman\r\n".encode())


@pytest.fixture
def postman(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Postman]]:
    Postman.called, Postman.messages = threading.Event(), []
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Postman)
    server.daemon_threads = True
    monkeypatch.setenv("LIERRE_EMAIL_URL", f"smtp://127.0.0.1:{server.server_address[1]}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Postman
    server.shutdown()
    server.server_close()


def make_due(base: Base) -> None:
    base.do("UPDATE foundation_duty SET due_at = '2020-01-01 00:00:00' WHERE name = 'community.send_questions'")


def killed_in_the_middle(base: Base, postman: type[Postman], moment: str) -> None:
    assert base.shell(ASK).wait(PATIENCE) == 0
    postman.silent_at = moment
    make_due(base)
    first = base.worker()
    assert postman.called.wait(PATIENCE)
    kill(first)
    postman.silent_at = ""


def turns_of_others(base: Base) -> None:
    """Hours pass: every lease is over, and other workers do what is due, several times."""
    base.let_leases_end()
    base.worker("--once").wait(PATIENCE)
    for _turn in range(3):
        base.do("UPDATE community_ask SET send_at = '2020-01-01 00:00:00' WHERE send_at IS NOT NULL")
        make_due(base)
        base.worker("--once").wait(PATIENCE)


def test_killed_before_the_message_was_handed_over_it_leaves_once(base: Base, postman: type[Postman]) -> None:
    killed_in_the_middle(base, postman, "call")
    kept = base.rows(OF_THE_ASK)

    turns_of_others(base)

    assert [state for state, _attempts in kept] == ["waiting"]
    assert len(postman.messages) == 1
    assert [state for state, _attempts in base.rows(OF_THE_ASK)] == ["sent"]
    assert base.rows("SELECT count(*) FROM privacy_contact") == [(1,)]


def test_killed_while_the_server_had_it_nobody_sends_it_again(base: Base, postman: type[Postman]) -> None:
    killed_in_the_middle(base, postman, "content")

    turns_of_others(base)

    assert len(postman.messages) == 1
    assert base.rows(OF_THE_ASK) == [("leaving", 1)]  # it may have left: shown as such, and its link answers
    assert base.rows("SELECT count(*) FROM privacy_contact") == [(1,)]
