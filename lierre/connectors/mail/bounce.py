"""A message that came back: which one, from which address, for ever or for now."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

STATUS: Final = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
# Final by their class, but about the message, the sender or the moment: the address itself may well live.
# (RFC 3463: 5.2.2 full, 5.2.3 too large, 5.3.4 too big, 5.4.x routing, 5.6.x content, 5.7.x refused by a rule)
NOT_THE_ADDRESS: Final = ("5.2.2", "5.2.3", "5.3.", "5.4.3", "5.4.4", "5.4.6", "5.4.7", "5.6.", "5.7.")
# Behind 5.4.x and 5.7.x some servers say in words, or by a code of their own, that nobody lives there.
NOBODY: Final = re.compile(
    r"5\.1\.10|RESOLVER\.ADR\.RecipNotFound|user unknown|unknown user|no such (user|recipient|mailbox)"
    r"|mailbox (unavailable|not found|does not exist)|does not exist|utilisateur inconnu|adresse inconnue"
    r"|account (has been )?disabled|host or domain name not found|domain .{0,80}not found",
    re.IGNORECASE,
)
# About whoever sends, or what is said, whatever the code: a list of machines refused, a filter, a relay that does not know us.
BY_A_RULE: Final = re.compile(
    r"\bspam\b|\bvirus\b|block(ed| ?list)|blacklist|spamhaus|dnsbl|\brbl\b|reputation|unsolicited|\bpolicy\b|rejet[eé]"
    r"|OFR_5\d\d|\brelay(ing)?\b.{0,40}(denied|permitted|allowed)|sender (address )?(rejected|denied)|bad (outbound )?sender",
    re.IGNORECASE,
)


class Severity(StrEnum):
    HARD = "hard"  # nobody lives there
    SOFT = "soft"  # not this time
    DELAYED = "delayed"  # the server still tries


@dataclass(frozen=True, slots=True)
class Bounce:
    """`token` is what the return path carried; empty when only the address is known."""

    severity: Severity
    address: str = ""
    token: str = ""
    status: str = ""  # "5.1.1", RFC 3463
    diagnostic: str = ""
    reported_by: str = ""
    report_id: str = ""  # Message-ID of the report: the same one read twice counts once


def is_by_a_rule(status: str, diagnostic: str) -> bool:
    """
    Whether it says nothing of the address: sent by somebody else, or saying something else, it would have been taken.

    >>> is_by_a_rule("", "554 Client host [192.0.2.1] blocked using zen.spamhaus.org"), is_by_a_rule("5.7.1", "user unknown")
    (True, False)
    """
    if NOBODY.search(f"{status} {diagnostic}"):
        return False
    return status.startswith("5.7.") or bool(BY_A_RULE.search(diagnostic))


def status_in(text: str) -> str:
    """
    >>> status_in("550 5.1.1 <a@b.example>: user unknown"), status_in("550 no")
    ('5.1.1', '')
    """
    found = STATUS.search(text)
    return found[0] if found else ""


def severity_of(action: str, status: str, diagnostic: str = "") -> Severity | None:
    """
    What a report says of one recipient; None when the message did arrive.

    >>> [str(severity_of("failed", *said)) for said in (("5.1.1",), ("5.2.2", "mailbox full"), ("5.7.1", "user unknown"))]
    ['hard', 'soft', 'hard']
    >>> str(severity_of("delayed", "4.4.1")), severity_of("relayed", "2.0.0")
    ('delayed', None)
    """
    action = action.strip().lower()
    if action in {"delivered", "relayed", "expanded"} or status.startswith("2."):
        return None
    if action == "delayed":
        return Severity.DELAYED
    if status.startswith("4."):
        return Severity.SOFT
    if NOBODY.search(f"{status} {diagnostic}"):
        return Severity.HARD
    if is_by_a_rule(status, diagnostic) or status.startswith(NOT_THE_ADDRESS) or not status.startswith("5."):
        return Severity.SOFT
    return Severity.HARD
