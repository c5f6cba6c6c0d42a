"""What a sending service tells by itself (a POST of JSON): the shapes of several of them, read into the same bounce.

Only the events of a message that came back are read; opens and clicks are not looked at.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from lierre.connectors.mail.bounce import Bounce, Severity, severity_of, status_in
from lierre.connectors.mail.return_path import ReturnPath

HARD: Final = {
    "hard",
    "hardbounce",
    "hard_bounce",
    "permanent",
    "invalid_email",
    "blocked_invalid",
    "undetermined_hard",
}
SOFT: Final = {"soft", "softbounce", "soft_bounce", "transient", "temporary", "blocked", "undetermined"}
DELAYED: Final = {"deferred", "delayed"}
BOUNCED: Final = {"bounce", "bounced", "failed", "dropped"}
MOST: Final = 1_000


def bounces_told(payload: Any, path: ReturnPath) -> list[Bounce]:
    """
    >>> path = ReturnPath("retours@ubn.example", b"a secret")
    >>> told = {"event": "hard_bounce", "email": "A@x.example", "return_path": path.of(7), "reason": "550 5.1.1 unknown"}
    >>> [(str(each.severity), each.address, each.status, path.number_of(each.token)) for each in bounces_told([told], path)]
    [('hard', 'a@x.example', '5.1.1', 7)]
    """
    return [bounce for event in list(events_in(payload))[:MOST] if (bounce := bounce_of(event, path))]


def events_in(payload: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(payload, list):
        for each in payload:
            yield from events_in(each)
    elif isinstance(payload, Mapping):
        inside = payload.get("events") or payload.get("data")
        yield from events_in(inside) if isinstance(inside, list) else [payload]


def bounce_of(event: Mapping[str, Any], path: ReturnPath) -> Bounce | None:
    def text(*names: str) -> str:
        return next((str(event[name]) for name in names if isinstance(event.get(name), str | int)), "")

    kinds = {text(name).lower() for name in ("event", "type", "bounce_type", "category", "severity")} - {""}
    reason = text("reason", "diagnostic", "description", "message")
    status = status_in(text("status", "code")) or status_in(reason)
    if kinds & HARD:
        severity: Severity | None = Severity.HARD
    elif kinds & SOFT:
        severity = Severity.SOFT
    elif kinds & DELAYED:
        severity = Severity.DELAYED
    else:
        severity = severity_of("failed", status, reason) if kinds & BOUNCED else None
    if severity is None:
        return None
    token = path.token_in(text("return_path", "envelope_from", "sender")) or path.token_in(f"+{text('token')}@")
    return Bounce(
        severity, text("email", "recipient", "address").lower(), token, status, reason[:300], text("service", "mta")[:100],
        text("id", "event_id", "message_id", "sg_event_id")[:200],
    )  # fmt: skip
