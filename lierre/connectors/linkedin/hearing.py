"""What others did with the posts of a page, and how much. Of a person nothing can be read with the rights we ask for."""

import hmac
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Final

import orjson

from lierre.connectors.linkedin import reading_pages
from lierre.connectors.linkedin.line import FINDER, elements, encoded, listed, permalink
from lierre.connectors.linkedin.posts import made_at
from lierre.connectors.network.account import Account
from lierre.connectors.network.answers import Event, Interaction, Interactions, Metric, Reaction, Receipt
from lierre.connectors.network.line import Line
from lierre.connectors.network.refusals import Forged, Gone, ScopeMissing

COUNTS: Final = {
    "impressions": "impressionCount", "reach": "uniqueImpressionsCount", "clicks": "clickCount", "likes": "likeCount",
    "answers": "commentCount", "reposts": "shareCount",
}  # fmt: skip
ACTIONS: Final = {"COMMENT": Reaction.ANSWER, "SHARE_MENTION": Reaction.MENTION}
PAGE: Final = 50
LATE: Final = 600_000  # milliseconds
TOGETHER: Final = 20


def heard(line: Line, account: Account, cursor: str) -> Interactions:
    """
    `cursor`: the moment of the last one, in milliseconds. Kept for sixty days over there; the last minutes are told again, for
    the list is late. In which order it comes is not documented: only one that goes back in time is left before its end.
    """
    if not is_page(account) or account.credentials.reads_only:
        return Interactions((), cursor)
    since = int(cursor) - LATE if cursor.isdecimal() else 0
    asked = f"q=criteria&actions=List({','.join(ACTIONS)})&organizationalEntity={encoded(account.id)}&count={PAGE}"
    found: dict[str, Interaction] = {}
    for rows in elements(line, "/rest/organizationalEntityNotifications", asked):
        told = [each for row in rows if (each := interaction(row, account.address))]
        found |= {each.id: each for each in told if milliseconds(each.at) > since}
        if told and milliseconds(told[-1].at) <= since and told[-1].at <= told[0].at:
            break
    fresh = tuple(sorted(found.values(), key=lambda each: each.at))
    last = max(milliseconds(fresh[-1].at), since + LATE) if fresh else 0
    return Interactions(fresh, str(last) if fresh else cursor)


def interaction(row: Mapping[str, Any], address: str = "") -> Interaction | None:
    kind, at = ACTIONS.get(str(row.get("action"))), made_at(row.get("lastModifiedAt"))
    if kind is None or at is None:
        return None
    decorated = row.get("decoratedGeneratedActivity") or {}
    comment = decorated.get("comment") or decorated.get("share") or {}
    # Whoever said it is told by their number alone: nobody reads a number for a name.
    who = str(comment.get("owner") or comment.get("author") or "")
    about = str(row.get("sourcePost") or "")
    after = Receipt(str(row.get("generatedActivity") or about)) if about else None
    return Interaction(
        str(row.get("notificationId")), kind, at, "", who, str(comment.get("text") or ""),
        permalink(about, address) if about else "", about, after, Receipt(about) if about else None,
    )  # fmt: skip


def figures(line: Line, account: Account, receipts: Sequence[Receipt]) -> Iterator[Metric]:
    """Organic, over twelve months. What has no element had no activity; what is taken back may be negative, and stays so."""
    now = datetime.now(UTC)
    posts = [each for each in receipts if not each.also.get("comment")]
    if account.credentials.reads_only:
        yield from reading_pages.figures(line, account, posts)
        return
    if not is_page(account):
        yield from (Metric(name, None, now, each.id) for each in posts for name in COUNTS)
        return
    for kind, name in (("share", "shares"), ("ugcPost", "ugcPosts")):
        of_kind = [each for each in posts if each.id.startswith(f"urn:li:{kind}:")]
        for first in range(0, len(of_kind), TOGETHER):
            yield from statistics(line, account, of_kind[first : first + TOGETHER], kind, name, now)
    try:
        asked = "edgeType=COMPANY_FOLLOWED_BY_MEMBER"
        size = line.ask("GET", f"/rest/networkSizes/{encoded(account.id)}", query=asked).facts.get("firstDegreeSize")
    except (ScopeMissing, Gone):
        size = None
    yield Metric("followers", size if isinstance(size, int) else None, now, said_by="firstDegreeSize")


def statistics(
    line: Line, account: Account, receipts: Sequence[Receipt], kind: str, name: str, now: datetime
) -> Iterator[Metric]:
    asked = f"q=organizationalEntity&organizationalEntity={encoded(account.id)}&{name}={listed(each.id for each in receipts)}"
    told = line.ask("GET", "/rest/organizationalEntityShareStatistics", query=asked, headers=FINDER).facts
    found = {str(each.get(kind)): each.get("totalShareStatistics") or {} for each in told.get("elements") or ()}
    for receipt in receipts:
        counted = found.get(receipt.id, {})
        for metric, theirs in COUNTS.items():
            value = counted.get(theirs, 0)
            yield Metric(metric, value if isinstance(value, int) else None, now, receipt.id, theirs)


def events(headers: Mapping[str, str], body: bytes, secret: str) -> list[Event]:
    """Signed over what came, to the byte. The same may come several times for eight hours: see the id of each."""
    sent = {name.lower(): value for name, value in headers.items()}.get("x-li-signature", "")
    made = hmac.new(secret.encode(), b"hmacsha256=" + body, sha256).hexdigest()
    if not hmac.compare_digest(made, sent.removeprefix("hmacsha256=").strip().lower()):
        raise Forged("signature")
    try:
        told = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise Forged("no_json") from error
    rows = told.get("notifications") if isinstance(told, dict) and "notifications" in told else told
    return [
        Event(str(each["notificationId"]), str(each.get("action", "")), str(each.get("sourcePost") or ""),
              made_at(each.get("lastModifiedAt")), each)
        for each in (rows if isinstance(rows, list) else [rows])
        if isinstance(each, dict) and each.get("notificationId")
    ]  # fmt: skip


def challenge_response(code: str, secret: str) -> dict[str, str]:
    """
    What is answered within three seconds when LinkedIn asks, every two hours, whether the webhook is ours.

    >>> challenge_response("a code", "a secret")["challengeResponse"][:8]
    '2ba03d2b'
    """
    made = hmac.new(secret.encode(), code.encode(), sha256).hexdigest()
    return {"challengeCode": code, "challengeResponse": made}


def is_page(account: Account) -> bool:
    return account.id.startswith("urn:li:organization:")


def milliseconds(at: datetime) -> int:
    return round(at.timestamp() * 1000)
