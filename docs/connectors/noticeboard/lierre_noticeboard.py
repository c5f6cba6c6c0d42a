"""
The screens in the halls of a university, as a network of Lierre.

Their server knows four calls: PUT /notices/KEY puts a notice up (201, or 409 when something else has this key), GET reads it,
DELETE takes it down, GET /board says what the board is. A token opens them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from lierre.connectors.http import Reply
from lierre.connectors.network import (
    Account,
    Application,
    Attempts,
    AuthorisationLost,
    Capabilities,
    Code,
    Confirmation,
    Count,
    Credentials,
    Event,
    Gone,
    Guard,
    Health,
    Held,
    Interactions,
    Invalid,
    Key,
    Limits,
    Measure,
    Message,
    Metric,
    NetworkError,
    NotSupported,
    Prepared,
    Receipt,
    Verdict,
    Way,
    measuring,
)
from lierre.connectors.network.line import Line, throttled, words
from lierre.connectors.network.servers import guarded
from lierre.connectors.network.text import graphemes, with_address
from lierre.connectors.network.understanding import understood

ABLE = Capabilities(guard=Guard.RECORD, ways=frozenset({Way.KEY}), metrics=frozenset({"impressions"}))


@understood
class NoticeBoard:
    code = "noticeboard"
    name = "Notice board"

    # What it is

    def capabilities(self, limits: Limits | None = None) -> Capabilities:
        return ABLE

    def usual_limits(self) -> Limits:
        return Limits(text=140)

    def limits(self, account: Account) -> Limits:
        told = line_of(account).ask("GET", "/board").facts
        return Limits(text=int(told["characters"]), server=str(told["name"]), fetched_at=datetime.now(UTC))

    def measure(self, message: Message, limits: Limits) -> Measure:
        """What will not be sent is said here, by the house for files and cards, by us for the rest."""
        count = Count("characters", graphemes(said(message)), limits.text)
        refused = tuple(measuring.refused(message, limits, ABLE))
        return Measure((count,), refused, tuple(measuring.lost(message, ABLE, card=False)))

    # Opening an account

    def application(self, address: str, back: str) -> Application:
        raise NotSupported("application")

    def where_to_authorise(self, application: Application, back: str, state: str, verifier: str = "") -> str:
        raise NotSupported("code")

    def authorise(self, grant: Code | Key) -> Sequence[Account]:
        if isinstance(grant, Code):
            raise NotSupported("code")
        account = Account(self.code, grant.address, grant.account, Credentials(grant.secret), address=grant.address)
        return [replace(account, name=self.check(account).name)]

    def refresh(self, account: Account) -> Credentials:
        return account.credentials

    def revoke(self, account: Account) -> None:
        raise NotSupported("revoke")

    def check(self, account: Account) -> Health:
        return Health(str(line_of(account).ask("GET", "/board").facts["name"]), account.handle)

    # Publishing

    def prepare(self, account: Account, message: Message, at: datetime, before: Prepared | None = None) -> Prepared:
        """Nothing to hand over: what will be sent is written down, to the last byte."""
        return Prepared(self.code, message.key, {"text": said(message), "since": at.isoformat()}, said(message), at)

    def publish(self, account: Account, prepared: Prepared, attempts: Attempts | None = None) -> Receipt:
        """`write`: when nobody can tell what became of it, it raises UnknownOutcome by itself. It is not tried again here."""
        line_of(account).write("PUT", f"/notices/{prepared.key}", json=dict(prepared.payload))
        return receipt(account, prepared.key)

    def confirm(self, account: Account, prepared: Prepared, attempts: Attempts) -> Confirmation:
        """The key is the place of the notice: it is there, or it may be sent again without harm."""
        try:
            told = line_of(account).ask("GET", f"/notices/{prepared.key}").facts
        except Gone:
            return Confirmation(Verdict.AGAIN, why="nothing has its key")
        if told.get("text") != prepared.text:
            return Confirmation(
                Verdict.PERSON, candidates=(receipt(account, prepared.key),), why="another text has its key"
            )
        return Confirmation(Verdict.CONFIRMED, receipt(account, prepared.key, adopted=True))

    def adopt(self, account: Account, link: str) -> Receipt:
        place = f"{account.address}/notices/"
        if not link.startswith(place):
            raise Invalid("elsewhere", link, "link")
        return receipt(account, link.removeprefix(place), adopted=True)

    def delete(self, account: Account, receipt: Receipt) -> None:
        try:
            line_of(account).ask("DELETE", f"/notices/{receipt.id}")
        except Gone:
            return

    # Hearing

    def fetch_interactions(self, account: Account, cursor: str = "") -> Interactions:
        return Interactions((), cursor)

    def fetch_metrics(self, account: Account, receipts: Sequence[Receipt]) -> Sequence[Metric]:
        """A screen that does not count says nothing: None, never zero."""
        now = datetime.now(UTC)
        told = {each.id: line_of(account).ask("GET", f"/notices/{each.id}").facts for each in receipts}
        return [Metric("impressions", told[each.id].get("seen"), now, each.id, "seen") for each in receipts]

    def verify_webhook(self, headers: Mapping[str, str], body: bytes, secret: str) -> Sequence[Event]:
        raise NotSupported("webhook")


def said(message: Message) -> str:
    return with_address(message.text, message.link.url if message.link else "")


def receipt(account: Account, key: str, *, adopted: bool = False) -> Receipt:
    return Receipt(key, f"{account.address}/notices/{key}", datetime.now(UTC), adopted=adopted)


def line_of(account: Account) -> Line:
    """`guarded` judges the address before it is called: no private network, and this machine only when it is allowed."""
    return Line(guarded(account.address), {"Authorization": f"Bearer {account.credentials.token}"}, refusal)


def refusal(reply: Reply) -> NetworkError | None:
    """The heart of a network: what each of its refusals means. 5xx and cut lines are told by Line."""
    if reply.is_taken:
        return None
    code, told = str(reply.status), words(reply)
    match reply.status:
        case 401 | 403:
            return AuthorisationLost(code, told)
        case 404:
            return Gone(code, told)
        case 429:
            return throttled(reply)
        case 400 | 409 | 422:
            return Invalid(code, told, "text")
    return Held(code, told)
