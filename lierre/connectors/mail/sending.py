"""Hands messages over to a mail server, so that a process killed in the middle never sends one twice.

Nothing but the end of the conversation says that the server took a message. What may be repeated without harm (calling,
naming the sender and the recipient) comes first; then whoever sends writes down, for good, that the message is leaving;
only then is it handed over. Killed before, it is sent again. Killed after, nobody sends it again by itself.
"""

import smtplib
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address


class Rejected(Exception):  # noqa: N818 - it says what happened, as the others of the house
    """The server answered, and took nothing. `code` is its own; `for_ever` when it says not to try again."""

    def __init__(self, code: int, words: str, *, of_the_address: bool) -> None:
        self.code, self.words, self.of_the_address = code, words, of_the_address
        super().__init__(f"{code} {words}")

    @property
    def for_ever(self) -> bool:
        return 500 <= self.code < 600


class Post:
    """One conversation with the mail server, for as many messages as wanted: `with Post() as post: post.hand_over(…)`."""

    def __init__(self) -> None:
        self.backend: BaseEmailBackend = get_connection()

    def __enter__(self) -> Self:
        self.backend.open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.backend.close()

    def hand_over(self, message: EmailMessage, leaving: Callable[[], object]) -> None:
        """`message.from_email` is where it comes back; its From header, whom it is from. `leaving` is called just before."""
        if isinstance(self.backend, EmailBackend):
            self.converse(message, leaving)
        else:  # kept as files, or in memory: nobody can refuse it
            leaving()
            self.backend.send_messages([message])

    def converse(self, message: EmailMessage, leaving: Callable[[], object]) -> None:
        """As SMTP goes: MAIL, RCPT, then DATA."""
        server = self.backend.connection if isinstance(self.backend, EmailBackend) else None
        assert isinstance(server, smtplib.SMTP)
        # Written before anything is said: a message that cannot be written is no conversation cut short.
        written: Any = message.message()
        content = written.as_bytes(linesep="\r\n")
        encoding = message.encoding or "utf-8"
        sender = sanitize_address(message.from_email, encoding)
        (recipient,) = (sanitize_address(address, encoding) for address in message.recipients())
        server.ehlo_or_helo_if_needed()
        check(server.mail(sender), of_the_address=False, server=server)
        check(server.rcpt(recipient), of_the_address=True, server=server)
        try:
            leaving()
        except BaseException:
            server.rset()
            raise
        try:
            check(server.data(content), of_the_address=False, server=server)
        except smtplib.SMTPDataError as error:
            raise Rejected(error.smtp_code, in_words(error.smtp_error), of_the_address=False) from error


def check(answer: tuple[int, bytes], *, of_the_address: bool, server: smtplib.SMTP) -> None:
    code, words = answer
    if not 200 <= code < 300:
        if code != 421:  # 421: it hangs up
            server.rset()
        raise Rejected(code, in_words(words), of_the_address=of_the_address)


def in_words(answer: bytes | str) -> str:
    return answer.decode(errors="replace") if isinstance(answer, bytes) else answer
