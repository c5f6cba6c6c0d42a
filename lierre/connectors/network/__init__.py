"""The small protocol that every network of the world is brought to. Read protocol.py first."""

from lierre.connectors.network.abilities import Capabilities, Count, Guard, Limits, Measure, Parts, Remark, Way
from lierre.connectors.network.account import Account, Application, Code, Credentials, Health, Keeper, Key
from lierre.connectors.network.answers import (
    METRICS,
    Attempts,
    Confirmation,
    Event,
    Interaction,
    Interactions,
    Metric,
    Prepared,
    Reaction,
    Receipt,
    Verdict,
)
from lierre.connectors.network.fresh import fresh
from lierre.connectors.network.message import Kind, Link, Media, Mention, Message, Visibility
from lierre.connectors.network.plain import as_plain, from_plain
from lierre.connectors.network.protocol import Network
from lierre.connectors.network.refusals import (
    AuthorisationExpired,
    AuthorisationLost,
    Duplicate,
    Forged,
    Gone,
    Held,
    Invalid,
    MediaLost,
    MediaNotReady,
    NetworkError,
    NotSent,
    NotSupported,
    Outcome,
    PolicyBlocked,
    RateLimited,
    Refusal,
    RoleLost,
    ScopeMissing,
    UnknownOutcome,
    VersionGone,
)
from lierre.connectors.network.registry import UnknownNetwork, network, networks

__all__ = [
    "METRICS", "Account", "Application", "Attempts", "AuthorisationExpired", "AuthorisationLost", "Capabilities", "Code",
    "Confirmation", "Count", "Credentials", "Duplicate", "Event", "Forged", "Gone", "Guard", "Health", "Held", "Interaction",
    "Interactions", "Invalid", "Keeper", "Key", "Kind", "Limits", "Link", "Measure", "Media", "MediaLost", "MediaNotReady",
    "Mention", "Message", "Metric", "Network", "NetworkError", "NotSent", "NotSupported", "Outcome", "Parts", "PolicyBlocked",
    "Prepared", "RateLimited", "Reaction", "Receipt", "Refusal", "Remark", "RoleLost", "ScopeMissing", "UnknownNetwork",
    "UnknownOutcome", "Verdict", "VersionGone", "Visibility", "Way", "as_plain", "fresh", "from_plain", "network", "networks",
]  # fmt: skip
