"""A member's own data at LinkedIn, by the right of portability: with a token they pasted, or by an application of ours."""

from lierre.connectors.linkedin.changes import Change, changes_since
from lierre.connectors.linkedin.client import API, Door, Expired, LinkedInRefusal, NotAllowed, Throttled, Unreachable
from lierre.connectors.linkedin.consent import Application, Token
from lierre.connectors.linkedin.snapshot import DOMAINS, Snapshot, snapshot

__all__ = [
    "API", "DOMAINS", "Application", "Change", "Door", "Expired", "LinkedInRefusal", "NotAllowed", "Snapshot", "Throttled",
    "Token", "Unreachable", "changes_since", "snapshot",
]  # fmt: skip
