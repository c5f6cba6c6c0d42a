"""E-mail, both ways: messages handed over to a server once, and what comes back when they cannot be delivered."""

from lierre.connectors.mail.bounce import Bounce, Severity
from lierre.connectors.mail.mailbox import Mailbox, Unreachable
from lierre.connectors.mail.reports import bounces_in
from lierre.connectors.mail.return_path import ReturnPath
from lierre.connectors.mail.sending import Post, Rejected
from lierre.connectors.mail.webhook import bounces_told

__all__ = [
    "Bounce", "Mailbox", "Post", "Rejected", "ReturnPath", "Severity", "Unreachable", "bounces_in", "bounces_told",
]  # fmt: skip
