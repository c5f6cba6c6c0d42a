"""Whoever sends an invitation is killed while it talks to the mail server: the message still leaves, once."""

import socketserver
import threading
from collections.abc import Iterator

import pytest

from tests.reliability.conftest import PATIENCE, Base, kill

pytestmark = pytest.mark.crash

INVITE = """
from lierre.accounts.models import Invitation, Unit, User
top = Unit.add(code="UBN", name="UBN", kind="institution", parent=None, by="the tests")
solenn = User.objects.create_user("solenn.kerbrat@ubn.example", name="Solenn Kerbrat")
Invitation.invite("nolwenn@courriel.example", "graduate", top, by=solenn)
"""


class Postman(socketserver.StreamRequestHandler):
    """A mail server: as long as it sulks it takes the line and says nothing."""

    sulks = True
    called = threading.Event()
    messages: list[str] = []

    def handle(self) -> None:
        self.called.set()
        if self.sulks:
            self.rfile.read()  # until whoever calls hangs up
            return
        self.say(220)
        while word := self.rfile.readline()[:4].upper().strip():
            if word == b"DATA":
                self.say(354)
                self.messages.append(b"".join(iter(self.rfile.readline, b".\r\n")).decode())
            self.say(221 if word == b"QUIT" else 250)

    def say(self, code: int) -> None:
        self.wfile.write(f"{code} postman\r\n".encode())


@pytest.fixture
def postman(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Postman]]:
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Postman)
    server.daemon_threads = True
    monkeypatch.setenv("LIERRE_EMAIL_URL", f"smtp://127.0.0.1:{server.server_address[1]}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Postman
    server.shutdown()
    server.server_close()


def make_due(base: Base) -> None:
    base.do("UPDATE foundation_duty SET due_at = '2020-01-01 00:00:00' WHERE name = 'accounts.send_invitations'")


def test_an_invitation_whose_sender_was_killed_leaves_once(base: Base, postman: type[Postman]) -> None:
    assert base.shell(INVITE).wait(PATIENCE) == 0
    make_due(base)
    first = base.worker()
    assert postman.called.wait(PATIENCE)
    kill(first)
    kept = base.rows("SELECT attempts, sent_at FROM accounts_invitation")

    postman.sulks = False
    base.let_leases_end()
    base.worker("--once").wait(PATIENCE)  # sees that the first one died
    base.do("UPDATE accounts_invitation SET send_at = '2020-01-01 00:00:00'")
    make_due(base)
    base.worker("--once").wait(PATIENCE)
    make_due(base)
    base.worker("--once").wait(PATIENCE)

    assert kept == [(1, None)]
    assert [message.count("nolwenn@courriel.example") for message in postman.messages] == [1]
    assert base.rows("SELECT attempts, send_at FROM accounts_invitation") == [(2, None)]
