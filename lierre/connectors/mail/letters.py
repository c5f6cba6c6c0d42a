"""Many messages in one conversation with the mail server, each written beforehand; what is known of each is said exactly.

Until the dot that ends a message was handed over, the server cannot have taken it: that may be done again. Once it was, only
the answer tells. Without the answer nobody knows (`Unanswered`), and nobody hands that message over again by itself.
"""

import smtplib
import socket
from collections.abc import Callable
from dataclasses import dataclass, replace
from email import message_from_bytes
from email.policy import SMTP
from types import TracebackType
from typing import Any, Self

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend
from django.utils.encoding import punycode

from lierre.connectors.mail.sending import Rejected, check, in_words


class Unanswered(Exception):  # noqa: N818 - it says what happened, as the others of the house
    """The message was handed over to its end, and the server hung up before it said whether it took it."""


@dataclass(frozen=True, slots=True)
class Letter:
    """`content`: the whole message, its lines ended as mail wants them. `return_path`: where it comes back."""

    return_path: str
    to: str
    content: bytes


class Run:
    """`with Run() as run: run.hand_over(letter, leaving)`. `leaving` is called just before the message itself is said."""

    def __init__(self) -> None:
        self.backend: BaseEmailBackend = get_connection()

    def __enter__(self) -> Self:
        self.backend.open()
        if isinstance(self.backend, EmailBackend):
            # The dot is said apart from the message: it must not wait in this machine for more to say.
            if self.server.sock is not None:
                self.server.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.server.ehlo_or_helo_if_needed()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.backend.close()

    @property
    def server(self) -> smtplib.SMTP:
        assert isinstance(self.backend, EmailBackend)
        found = self.backend.connection
        assert isinstance(found, smtplib.SMTP)
        return found

    def hand_over(self, letter: Letter, leaving: Callable[[], object]) -> str:
        """What the server answered when it took it. `Rejected`: it took nothing. OSError: it cannot have taken it."""
        letter = replace(letter, to=on_the_wire(letter.to))
        if not (letter.to + letter.return_path).isascii() or any(sign in letter.to for sign in " <>\r\n"):
            raise Rejected(553, "This address cannot be written in a mail.", of_the_address=True)
        if not isinstance(self.backend, EmailBackend):  # kept as files, or in memory: nobody can refuse it
            leaving()
            self.backend.send_messages([Kept(letter)])
            return ""
        self.address(letter)
        try:
            leaving()
        except BaseException:
            self.server.rset()
            raise
        return self.say(letter.content)

    def address(self, letter: Letter) -> None:
        """From whom, to whom: in one breath when the server allows it."""
        server, sender, to = self.server, f"MAIL FROM:<{letter.return_path}>", f"RCPT TO:<{letter.to}>"
        if server.has_extn("pipelining"):
            server.send(f"{sender}\r\n{to}\r\n")
            first, second = server.getreply(), server.getreply()
        else:
            first = server.docmd(sender)
            check(first, of_the_address=False, server=server)
            second = server.docmd(to)
        check(first, of_the_address=False, server=server)
        check(second, of_the_address=True, server=server)

    def say(self, content: bytes) -> str:
        server = self.server
        code, words = server.docmd("DATA")
        if code != 354:
            check((code if code >= 400 else 451, words), of_the_address=False, server=server)
        server.send(stuffed(content))
        try:
            server.send(b".\r\n")
            code, words = server.getreply()
        except OSError as error:
            raise Unanswered(f"{type(error).__name__}: {error}") from error
        if not 200 <= code < 300:
            raise Rejected(code, in_words(words), of_the_address=False)
        return in_words(words)


def on_the_wire(address: str) -> str:
    """
    A domain with accents as the DNS knows it; what stands before the @ cannot be written otherwise.

    >>> on_the_wire("nolwenn@école.example"), on_the_wire("nolwenn@ubn.example"), on_the_wire("a@.é")
    ('nolwenn@xn--cole-9oa.example', 'nolwenn@ubn.example', 'a@.é')
    """
    box, _at, domain = address.rpartition("@")
    try:
        return address if address.isascii() else f"{box}@{punycode(domain)}"
    except UnicodeError:
        return address


def stuffed(content: bytes) -> bytes:
    r"""
    A line that begins with a dot gets another one; the last line ends.

    >>> stuffed(b"a\r\n.b"), stuffed(b".\r\n")
    (b'a\r\n..b\r\n', b'..\r\n')
    """
    content = content.replace(b"\r\n.", b"\r\n..")
    if content.startswith(b"."):
        content = b"." + content
    return content if content.endswith(b"\r\n") else content + b"\r\n"


class Kept(EmailMessage):
    """A letter as Django keeps it in a file, or in memory."""

    def __init__(self, letter: Letter) -> None:
        super().__init__(from_email=letter.return_path, to=[letter.to])
        self.content = letter.content
        self.subject = str(self.message()["Subject"] or "")

    def message(self, *_options: Any, **_more: Any) -> Any:
        return message_from_bytes(self.content, policy=SMTP)
