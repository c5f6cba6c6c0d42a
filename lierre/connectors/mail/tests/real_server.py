"""A real mail server that keeps what it is given, and misbehaves when asked to."""

import email
import email.policy
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller


@dataclass
class Kept:
    """`gone@` does not exist, `busy@` is put off, `denied…` is not relayed.

    `content`: what is answered to a message, when it is not taken.
    """

    received: list[tuple[str, str, EmailMessage]] = field(default_factory=list)  # return path, to, message
    content: str = ""
    hangs_up: set[str] = field(default_factory=set)  # after the message of these addresses, without an answer
    takes: bool = True  # before it hangs up

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802
        if address.startswith("gone@"):
            return "550 5.1.1 No such user here"
        if address.startswith("busy@"):
            return "451 4.7.1 Greylisted, try again later"
        if address.startswith("denied"):
            return "554 5.7.1 Relay access denied"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        if self.content:
            return self.content
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        to = envelope.rcpt_tos[0]
        if to in self.hangs_up and not self.takes:
            server.transport.abort()
            return "451 nobody hears this"
        self.received.append((envelope.mail_from, to, message))
        if to in self.hangs_up:
            server.transport.abort()
        return "250 Message accepted"

    @property
    def addresses(self) -> list[str]:
        return [to for _path, to, _message in self.received]


@contextmanager
def mail_server() -> Iterator[tuple[Kept, int]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    kept = Kept()
    controller = Controller(kept, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield kept, port
    finally:
        controller.stop()
