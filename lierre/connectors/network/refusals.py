"""
When a network does not do what was asked: four families, and each says what may be done next.

REFUSED for good: the message must change · HELD: a person must reconnect or give a right back, then it resumes ·
NOT_SENT: nothing left, or nothing was taken: try again at `retry_at` · UNKNOWN: it may be online: `confirm` first, never
publish again before. Whatever a network raises is one of these; anything else that escapes is to be taken for UNKNOWN.
Reads (limits, confirm, interactions, metrics) raise the first three only.
"""

from datetime import UTC, datetime, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _

from lierre.connectors.network.answers import Receipt


class Outcome(StrEnum):
    REFUSED = "refused"
    HELD = "held"
    NOT_SENT = "not_sent"
    UNKNOWN = "unknown"


class NetworkError(Exception):
    """`code` is the network's own word (never shown to a reader); `said` its sentence, as evidence."""

    outcome: Outcome = Outcome.UNKNOWN

    def __init__(self, code: str = "", said: str = "") -> None:
        self.code, self.said = code.replace("\0", "")[:100], said.replace("\0", "")[:500]
        super().__init__(f"{type(self).__name__} {code} {said}"[:600].strip())

    @property
    def sentence(self) -> str:
        """For a person: what happened, what to do."""
        return _("The network did not say what became of this message: it is being looked for there.")


class Refusal(NetworkError):  # noqa: N818 - it says what happened, as those below
    """The network will not take this, however often it is asked. Never sent again unchanged."""

    outcome = Outcome.REFUSED

    @property
    def sentence(self) -> str:
        return _("The network refuses this message: “%(said)s”. Change it, then schedule it again.") % {
            "said": self.said
        }


class Invalid(Refusal):
    """Something in it is wrong. `field`: text, media, link, mentions, part, visibility, or "" when it is not said."""

    def __init__(self, code: str = "", said: str = "", field: str = "") -> None:
        self.field = field
        super().__init__(code, said)


class PolicyBlocked(Refusal):
    """Taken for abuse, or the account is limited: somebody must look over there."""

    @property
    def sentence(self) -> str:
        return _("The network blocked this message or limits this account: “%(said)s”. Look there.") % {
            "said": self.said
        }


class Duplicate(Refusal):
    """The network holds the same already. `twin` is the one it names, None when it names none."""

    def __init__(self, code: str = "", said: str = "", twin: Receipt | None = None) -> None:
        self.twin = twin
        super().__init__(code, said)

    @property
    def sentence(self) -> str:
        return _("The network already holds the same message, and refuses it a second time.")


class NotSupported(Refusal):
    """This network has no such thing. Ask its capabilities first."""

    @property
    def sentence(self) -> str:
        return _("This network does not offer that.")


class Gone(Refusal):
    """What is asked about is not there (any more)."""

    @property
    def sentence(self) -> str:
        return _("This is no longer on the network.")


class Held(NetworkError):  # noqa: N818
    """Nothing is wrong with the message; the account is not open. It waits, and leaves when the account is opened again."""

    outcome = Outcome.HELD

    @property
    def sentence(self) -> str:
        return _("The account is no longer open to us. Connect it again: what waits will leave then.")


class AuthorisationLost(Held):
    """The token is false, revoked or dead."""


class AuthorisationExpired(AuthorisationLost):
    """Its time is over. `refresh` may renew it (see fresh.py); when it cannot, it is lost."""


class ScopeMissing(Held):
    """The token is good, and does not open this. `missing` names the scopes."""

    def __init__(self, code: str = "", said: str = "", missing: tuple[str, ...] = ()) -> None:
        self.missing = missing
        super().__init__(code, said)

    @property
    def sentence(self) -> str:
        return _("The account was connected without a right that this needs. Connect it again, and accept all of them.")


class RoleLost(Held):
    """Who connected it has no role on this page any more."""

    @property
    def sentence(self) -> str:
        return _("The person who connected this page no longer manages it. Someone who does must connect it again.")


class VersionGone(Held):
    """The version of the interface that we speak was closed: ours to mend, not the author's."""

    @property
    def sentence(self) -> str:
        return _(
            "The network closed the version of its interface that Lierre speaks. Tell who looks after this instance."
        )


class NotSent(NetworkError):  # noqa: N818
    """Nothing left, or nothing was taken; it may be sent again from `retry_at` on, unchanged."""

    outcome = Outcome.NOT_SENT

    def __init__(self, code: str = "", said: str = "", retry_at: datetime | None = None) -> None:
        self.retry_at = retry_at or datetime.now(UTC) + timedelta(seconds=2)
        super().__init__(code, said)

    @property
    def sentence(self) -> str:
        return _("The network cannot be reached at the moment. It will be tried again.")


class RateLimited(NotSent):
    """Asked too often. Nothing is asked of this network for this account before `retry_at`."""

    @property
    def sentence(self) -> str:
        return _("The network asks us to wait. It will be tried again when it allows it.")


class MediaNotReady(NotSent):
    """A file that was handed over is still being read over there."""


class MediaLost(NotSent):
    """A file that was handed over is not there any more: `prepare` again with `before`, then publish."""


class UnknownOutcome(NetworkError):  # noqa: N818
    """It may be online. `confirm` before anything else."""

    outcome = Outcome.UNKNOWN


class Forged(Refusal):
    """A webhook that the network did not sign. Nothing in it may be believed."""
