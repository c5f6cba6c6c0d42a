"""Reads a message that came back (RFC 3464, and what servers write instead). An absent person's answer is no bounce."""

import email.policy
import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage, Message
from typing import Final

from lierre.connectors.mail.bounce import Bounce, Severity, severity_of, status_in
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
    message = message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    token = token_of(message, raw, path)
    report_id = str(message.get("Message-ID", "")).strip()[:200]
    found = list(reported(message)) or list(spoken(message))
    return [
        Bounce(
            each.severity, each.address, token, each.status, each.diagnostic[:LONGEST], each.reported_by, report_id
        )
        for each in found[:MOST]
    ]  # fmt: skip


def token_of(message: EmailMessage, raw: bytes, path: ReturnPath) -> str:
    """Where it was sent back to says which message it was; failing that, the copy of our message inside it."""
    for name in ("Delivered-To", "X-Original-To", "Envelope-To", "To", "Cc"):
        for value in message.get_all(name, []):
            if token := path.token_in(str(value)):
                return token
    return path.token_in(raw[:200_000].decode("ascii", "replace"))


def reported(message: EmailMessage) -> Iterator[Bounce]:
    """The machine-readable part: a block for the message, then a block for each recipient."""
    for part in message.walk():
        if part.get_content_type() not in {"message/delivery-status", "message/global-delivery-status"}:
            continue
        blocks = blocks_of(part)
        reporter = bare(next((block["Reporting-MTA"] for block in blocks if block["Reporting-MTA"]), ""))
        for block in blocks:
            recipient = block["Original-Recipient"] or block["Final-Recipient"]
            if not recipient or not block["Action"]:
                continue
            diagnostic = " ".join(str(block["Diagnostic-Code"] or "").split())
            status = status_in(str(block["Status"] or "")) or status_in(diagnostic)
            severity = severity_of(str(block["Action"]), status, diagnostic)
            if severity is not None:
                yield Bounce(severity, address_in(bare(recipient)), "", status, bare(diagnostic), reporter)


def blocks_of(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [block for block in payload if isinstance(block, Message)] if isinstance(payload, list) else []


def spoken(message: EmailMessage) -> Iterator[Bounce]:
    """Without that part: Exim names the recipients in a header; others only say it in words."""
    if not is_from_a_server(message):
        return
    words = " ".join(text_of(message).split())
    failed = ADDRESS.findall(" ".join(str(value) for value in message.get_all("X-Failed-Recipients", [])))
    if not failed and not FAILURE.search(f"{message.get('Subject', '')} {words[:500]}"):
        return
    status = status_in(words)
    severity = severity_of("failed", status or ("5.0.0" if failed else ""), words)
    assert severity is not None
    if "will be retried" in words or "warning message only" in words.lower():
        severity = Severity.DELAYED
    for address in failed or ADDRESS.findall(words)[:1] or [""]:
        yield Bounce(severity, address.lower(), "", status, words, "")


def is_from_a_server(message: EmailMessage) -> bool:
    """A person who is away answers from their own address, and says `auto-replied`; a server sends from nobody."""
    kind = str(message.get("Auto-Submitted", "")).lower()
    if message["X-Failed-Recipients"]:
        return True
    if "auto-replied" in kind and not DAEMONS.search(str(message.get("From", ""))):
        return False
    return str(message.get("Return-Path", "")).strip() == "<>" or bool(DAEMONS.search(str(message.get("From", ""))))


def text_of(message: EmailMessage) -> str:
    body = message.get_body(("plain", "html"))
    if body is None:
        return ""
    try:
        return str(body.get_content())[:20_000]
    except (LookupError, UnicodeError):  # a charset nobody knows
        return ""


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
