"""Reads a message that came back (RFC 3464, and what servers write instead). An absent person's answer is no bounce."""

import re
from collections.abc import Iterator
from email.message import Message
from typing import Final

from lierre.connectors.mail.bounce import Bounce, Severity, severity_of, status_in
from lierre.connectors.mail.reading import header, headers, message_in, words_of
from lierre.connectors.mail.return_path import ReturnPath

ADDRESS: Final = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)+")
DAEMONS: Final = re.compile(r"mailer-daemon|postmaster|mail delivery|microsoftexchange", re.IGNORECASE)
FAILURE: Final = re.compile(
    r"undeliver|delivery (status|failure|has failed)|returned mail|failure notice|mail delivery failed|non remis"
    r"|échec de la remise|message non distribué|n’a pas pu être (remis|distribué)|n'a pas pu être (remis|distribué)",
    re.IGNORECASE,
)
LONGEST: Final = 300
MOST: Final = 20


def bounces_in(raw: bytes, path: ReturnPath) -> list[Bounce]:
    """What this message says came back; nothing when it is anything else, an automatic answer for instance."""
    message = message_in(raw)
    token = token_of(message, raw, path)
    report_id = header(message, "Message-ID")[:200]
    found = list(reported(message)) or list(spoken(message))
    return [
        Bounce(
            each.severity, each.address, token, each.status, each.diagnostic[:LONGEST], each.reported_by, report_id
        )
        for each in found[:MOST]
    ]  # fmt: skip


def token_of(message: Message, raw: bytes, path: ReturnPath) -> str:
    """Where it was sent back to says which message it was; failing that, the copy of our message inside it."""
    for name in ("Delivered-To", "X-Original-To", "Envelope-To", "To", "Cc"):
        for value in headers(message, name):
            if token := path.token_in(value):
                return token
    return path.token_in(raw[:200_000].decode("ascii", "replace"))


def reported(message: Message) -> Iterator[Bounce]:
    """The machine-readable part: a block for the message, then a block for each recipient."""
    for part in message.walk():
        if part.get_content_type() not in {"message/delivery-status", "message/global-delivery-status"}:
            continue
        blocks = blocks_of(part)
        reporter = bare(next((header(block, "Reporting-MTA") for block in blocks if block["Reporting-MTA"]), ""))
        for block in blocks:
            recipient = header(block, "Original-Recipient") or header(block, "Final-Recipient")
            action, diagnostic = header(block, "Action"), header(block, "Diagnostic-Code")
            if not recipient or not action:
                continue
            status = status_in(header(block, "Status")) or status_in(diagnostic)
            severity = severity_of(action, status, diagnostic)
            if severity is not None:
                yield Bounce(severity, address_in(bare(recipient)), "", status, bare(diagnostic), reporter)


def blocks_of(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [block for block in payload if isinstance(block, Message)] if isinstance(payload, list) else []


def spoken(message: Message) -> Iterator[Bounce]:
    """Without that part: Exim names the recipients in a header; others only say it in words."""
    if not is_from_a_server(message):
        return
    words = " ".join(words_of(message).split())
    failed = ADDRESS.findall(" ".join(headers(message, "X-Failed-Recipients")))
    if not failed and not FAILURE.search(f"{header(message, 'Subject')} {words[:500]}"):
        return
    status = status_in(words)
    severity = severity_of("failed", status or ("5.0.0" if failed else ""), words)
    assert severity is not None
    if "will be retried" in words or "warning message only" in words.lower():
        severity = Severity.DELAYED
    for address in failed or ADDRESS.findall(words)[:1] or [""]:
        yield Bounce(severity, address.lower(), "", status, words, "")


def is_from_a_server(message: Message) -> bool:
    """A person who is away answers from their own address, by itself (Exchange says `auto-generated`); a server, from nobody."""
    kind, sender = header(message, "Auto-Submitted").lower(), header(message, "From")
    if header(message, "X-Failed-Recipients"):
        return True
    if kind.startswith("auto-") and not DAEMONS.search(sender):
        return False
    return header(message, "Return-Path") == "<>" or bool(DAEMONS.search(sender))


def bare(value: object) -> str:
    """
    Without the kind that stands before the value.

    >>> bare("rfc822; nolwenn@courriel.example"), bare("550 no")
    ('nolwenn@courriel.example', '550 no')
    """
    kind, _, rest = str(value).partition(";")
    return rest.strip() if rest and kind.strip().replace("-", "").isalnum() else str(value).strip()


def address_in(text: str) -> str:
    found = ADDRESS.search(text)
    return found[0].lower() if found else ""
