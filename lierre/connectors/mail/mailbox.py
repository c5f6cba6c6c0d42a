"""The box where messages come back: read over IMAP, each once. What was read is marked, never deleted."""

import imaplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, Self
from urllib.parse import unquote, urlsplit

TIMEOUT: Final = 30
PORTS: Final = {"imaps": 993, "imap": 143}
LARGEST: Final = 2_000_000  # a report is some kilobytes: what is larger is somebody's letter


class Unreachable(Exception):  # noqa: N818 - it says what happened, as the others of the house
    """The box does not answer, or refuses us. Its words are for whoever looks after the machine."""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """
    >>> box = Mailbox.at("imaps://retours%40ubn.example:secret@mail.ubn.example/Retours")
    >>> box.user, box.host, box.port, box.folder, box.encrypted
    ('retours@ubn.example', 'mail.ubn.example', 993, 'Retours', True)
    """

    host: str
    port: int
    user: str
    password: str
    folder: str = "INBOX"
    encrypted: bool = True

    @classmethod
    def at(cls, url: str) -> Self:
        parts = urlsplit(url)
        if parts.scheme not in PORTS or not parts.hostname:
            raise Unreachable("The address of the box of returns is written imaps://user:password@host/folder.")
        return cls(
            parts.hostname, parts.port or PORTS[parts.scheme], unquote(parts.username or ""),
            unquote(parts.password or ""), unquote(parts.path.strip("/")) or "INBOX", parts.scheme == "imaps",
        )  # fmt: skip

    def unread(self, most: int) -> Iterator[bytes]:
        """Each message that nobody read. It is marked once what was done with it is done: asked again after a crash."""
        with self.opened() as box:
            numbers = said(box.uid("SEARCH", "UNSEEN"))[0].split()
            for number in numbers[:most]:
                answer = box.uid("FETCH", number.decode(), f"(BODY.PEEK[]<0.{LARGEST}>)")[1]
                raw = next((part[1] for part in answer or [] if isinstance(part, tuple)), None)
                if isinstance(raw, bytes):
                    yield raw
                said(box.uid("STORE", number.decode(), "+FLAGS", "(\\Seen)"))

    @contextmanager
    def opened(self) -> Iterator[imaplib.IMAP4]:
        try:
            box = self.connect()
            try:
                box.login(self.user, self.password)
                said(box.select(quoted(self.folder)))
                yield box
            finally:
                box.logout()
        except (OSError, imaplib.IMAP4.error) as error:
            raise Unreachable(f"{type(error).__name__}: {error}") from error

    def connect(self) -> imaplib.IMAP4:
        if self.encrypted:
            return imaplib.IMAP4_SSL(self.host, self.port, ssl_context=ssl.create_default_context(), timeout=TIMEOUT)
        return imaplib.IMAP4(self.host, self.port, timeout=TIMEOUT)


def said(answer: tuple[str, list[bytes | None]] | tuple[str, list[object]]) -> list[bytes]:
    """What the server answered; a refusal is an error."""
    kind, lines = answer
    if kind != "OK":
        raise imaplib.IMAP4.error(b" ".join(line for line in lines if isinstance(line, bytes)).decode(errors="replace"))
    return [line if isinstance(line, bytes) else b"" for line in lines]


def quoted(folder: str) -> str:
    return '"' + folder.replace("\\", "\\\\").replace('"', '\\"') + '"'
