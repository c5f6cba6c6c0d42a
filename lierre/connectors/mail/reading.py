"""A message that anybody may have written, hostile or only odd: whatever its headers are, reading it never fails."""

from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.policy import compat32
from typing import Any

LONGEST = 20_000


def message_in(raw: bytes) -> Message:
    # The newer policy parses each header as it is asked for, and some of what comes back makes it raise: one such message
    # would be tried again for ever, and hide all those behind it.
    return message_from_bytes(raw, policy=compat32)


def header(message: Message, name: str) -> str:
    return next(iter(headers(message, name)), "")


def headers(message: Message, name: str) -> list[str]:
    """In one line each, and in letters: what was encoded is decoded."""
    return [decoded(" ".join(str(value).split())) for value in message.get_all(name, [])]


def decoded(value: str) -> str:
    """
    >>> decoded("=?utf-8?q?R=C3=A9ponse?= automatique"), decoded("=?nowhere?q?x?=")
    ('Réponse automatique', 'x')
    """
    if "=?" not in value:
        return value
    try:
        found: list[tuple[Any, str | None]] = decode_header(value)
    except (HeaderParseError, ValueError):
        return value
    return "".join(part if isinstance(part, str) else in_letters(part, charset) for part, charset in found)


def in_letters(content: bytes, charset: str | None) -> str:
    try:
        return content.decode(charset or "utf-8", "replace")
    except (LookupError, ValueError):  # a charset nobody knows
        return content.decode("utf-8", "replace")


def words_of(message: Message) -> str:
    """Its text; failing that, its HTML as it is."""
    for kind in ("text/plain", "text/html"):
        for part in message.walk():
            content = part.get_payload(decode=True) if part.get_content_type() == kind else None
            if isinstance(content, bytes) and content.strip():
                charset = part.get_param("charset")
                return in_letters(content[:LONGEST], charset if isinstance(charset, str) else None)
    return ""
