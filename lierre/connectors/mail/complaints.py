"""Somebody pressed “this is spam”: what their provider tells us, by mail (ARF, RFC 5965) or by the webhook of a service."""

import re
from collections.abc import Iterator
from email.message import Message
from typing import Any, Final

from lierre.connectors.mail.reading import header, headers, message_in
from lierre.connectors.mail.return_path import ReturnPath
from lierre.connectors.mail.webhook import events_in

SAID: Final = {"complaint", "complained", "spam", "spamreport", "spam_report", "spam_complaint", "abuse"}
# RFC 5965 and 6591: what is said to be no spam, and a signature that does not hold, are told in the same shape.
COMPLAINS: Final = {"abuse", "fraud", "other", "opt-out", "opt-out-list"}
KIND: Final = re.compile(r"^\s*Feedback-Type:\s*([\w-]+)", re.IGNORECASE | re.MULTILINE)
STOP: Final = re.compile(r"unsubscribe|d[ée]sabonn|désinscri|\bstop\b", re.IGNORECASE)


def complaint_in(raw: bytes, path: ReturnPath) -> str:
    """The mark of the message that is complained about; empty when this is no complaint, or about none of ours."""
    message = message_in(raw)
    reports = [part for part in message.walk() if part.get_content_type() == "message/feedback-report"]
    if not any(kind_of(report) in COMPLAINS for report in reports):
        return ""
    return path.token_in(raw[:500_000].decode("ascii", "replace")) or next(
        filter(None, marks_inside(message, path)), ""
    )


def kind_of(report: Message) -> str:
    """What the report says that it is; one that says nothing is a complaint, as the first ones were."""
    fields = (
        " ".join(str(part) for part in report.get_payload()) if report.is_multipart() else str(report.get_payload())
    )
    found = KIND.search(fields)
    return found[1].lower() if found else "abuse"


def marks_inside(message: Message, path: ReturnPath) -> Iterator[str]:
    """In parts that were encoded on the way."""
    for part in message.walk():
        content = part.get_payload(decode=True)
        if isinstance(content, bytes) and part.get("Content-Transfer-Encoding"):
            yield path.token_in(content[:500_000].decode("ascii", "replace"))


def complaints_told(payload: Any, path: ReturnPath) -> list[str]:
    """
    The marks that a service tells of.

    >>> path = ReturnPath("retours@ubn.example", b"a secret")
    >>> complaints_told([{"event": "spamreport", "return_path": path.of(7)}, {"event": "open"}], path)
    ['7.bc016fbb9b6b']
    """
    found = []
    for event in events_in(payload):
        kinds = {str(event.get(name, "")).lower() for name in ("event", "type", "category", "bounce_type")}
        said = " ".join(str(event.get(name, "")) for name in ("return_path", "envelope_from", "sender", "message_id"))
        if kinds & SAID and (token := path.token_in(f"{said} +{event.get('token', '')}@")):
            found.append(token)
    return found


def wants_to_stop(raw: bytes, path: ReturnPath) -> str:
    """The mark of the message that somebody answers to stop it, by mail (RFC 2369). An automatic answer asks nothing."""
    message = message_in(raw)
    if header(message, "Auto-Submitted").lower() not in {"", "no"} or not STOP.search(header(message, "Subject")):
        return ""
    sent_to = [value for name in ("Delivered-To", "X-Original-To", "To") for value in headers(message, name)]
    return next((token for value in sent_to if (token := path.token_in(value))), "")
