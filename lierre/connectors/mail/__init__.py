"""E-mail, both ways: messages handed over to a server once, and what comes back when they cannot be delivered."""

from lierre.connectors.mail.bounce import Bounce, Severity
from lierre.connectors.mail.complaints import complaint_in, complaints_told, wants_to_stop
from lierre.connectors.mail.letters import Letter, Run, Unanswered
from lierre.connectors.mail.listeners import heard_by_others, listen, read_by_others
from lierre.connectors.mail.mailbox import Mailbox, Unreachable
from lierre.connectors.mail.reports import bounces_in
from lierre.connectors.mail.return_path import ReturnPath
from lierre.connectors.mail.sending import Post, Rejected
from lierre.connectors.mail.webhook import bounces_told

__all__ = [
    "Bounce", "Letter", "Mailbox", "Post", "Rejected", "ReturnPath", "Run", "Severity", "Unanswered", "Unreachable",
    "bounces_in", "bounces_told", "complaint_in", "complaints_told", "heard_by_others", "listen", "read_by_others",
    "wants_to_stop",
]  # fmt: skip
