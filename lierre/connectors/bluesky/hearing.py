"""What others did, and how much: told by the view of the whole network, which a server asks for us where there is one."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from urllib.parse import quote

from lierre.connectors.bluesky.line import CODE
from lierre.connectors.network.account import Account
from lierre.connectors.network.answers import Interaction, Interactions, Metric, Reaction, Receipt
from lierre.connectors.network.line import Line
from lierre.connectors.network.servers import address_of

KINDS: Final = {
    "like": Reaction.LIKE, "repost": Reaction.REPOST, "follow": Reaction.FOLLOW, "mention": Reaction.MENTION,
    "reply": Reaction.ANSWER, "quote": Reaction.QUOTE,
}  # fmt: skip
COUNTS: Final = {"likes": "likeCount", "reposts": "repostCount", "answers": "replyCount", "quotes": "quoteCount"}
TOGETHER: Final = 25
PAGE: Final = 100
MOST_PAGES: Final = 5
SITE: Final = "https://bsky.app"
# The moment of a reaction is the one that its author wrote: what was planned, or came late, is told with a past one.
LATE: Final = timedelta(hours=1)


def heard(line: Line, cursor: str) -> Interactions:
    """
    The latest first over there; `cursor` is the moment of the last one that was given. The hour before is told again. When
    more came than is read at once, it holds besides the latest of them, and where theirs goes on: the rest is next.
    """
    told_until, newest, theirs = (*cursor.split("|", 2), "", "")[:3]
    last = moment(told_until)
    since = last - LATE if last else None
    found: list[Interaction] = []
    for _page in range(MOST_PAGES):
        asked = f"limit={PAGE}" + (f"&cursor={quote(theirs, safe='')}" if theirs else "")
        told = line.ask("GET", "/xrpc/app.bsky.notification.listNotifications", query=asked).facts
        rows = told.get("notifications") or ()
        found += [each for each in interactions(rows) if since is None or each.at > since]
        theirs = str(told.get("cursor") or "")
        oldest = moment(str(rows[-1].get("indexedAt", ""))) if rows else None
        if not theirs or since is None or oldest is None or oldest <= since:
            theirs = ""
            break
    found.sort(key=lambda each: each.at)
    known = [each for each in (moment(newest), last, found[-1].at if found else None) if each]
    latest = max(known).isoformat() if known else ""
    return Interactions(tuple(found), f"{told_until}|{latest}|{theirs}" if theirs else latest)


def interactions(rows: Any) -> Iterator[Interaction]:
    for row in rows:
        kind, at = KINDS.get(str(row.get("reason"))), moment(str(row.get("indexedAt", "")))
        if kind is None or at is None:
            continue
        author, written = row.get("author") or {}, row.get("record") or {}
        speaks = kind in {Reaction.MENTION, Reaction.ANSWER, Reaction.QUOTE}
        after, first = conversation(row, written) if speaks else (None, None)
        yield Interaction(
            str(row["uri"]), kind, at, str(author.get("displayName") or author.get("handle") or ""),
            str(author.get("handle") or ""), str(written.get("text", "")) if speaks else "",
            where(row, author, speaks=speaks), about(row, written, kind), after, first,
        )  # fmt: skip


def where(row: Mapping[str, Any], author: Mapping[str, Any], *, speaks: bool) -> str:
    """What they said; without a word, what of ours it is about, else who they are."""
    uri = str(row["uri"] if speaks else row.get("reasonSubject") or "")
    if uri.startswith("at://") and uri.count("/") == 4:
        return permalink(uri)
    return f"{address_of(CODE, '', SITE)}/profile/{author['did']}" if author.get("did") else ""


def conversation(row: Mapping[str, Any], written: Mapping[str, Any]) -> tuple[Receipt, Receipt]:
    """What was said, and what the conversation that it is in began with."""
    said = Receipt(str(row["uri"]), also={"cid": str(row.get("cid", ""))})
    root = (written.get("reply") or {}).get("root") or {}
    return said, Receipt(str(root["uri"]), also={"cid": str(root.get("cid", ""))}) if root.get("uri") else said


def about(row: Mapping[str, Any], written: Mapping[str, Any], kind: Reaction) -> str:
    if kind == Reaction.ANSWER:
        return str(((written.get("reply") or {}).get("parent") or {}).get("uri", ""))
    return str(row.get("reasonSubject") or "")


def figures(line: Line, account: Account, receipts: Sequence[Receipt]) -> Iterator[Metric]:
    now = datetime.now(UTC)
    for first in range(0, len(receipts), TOGETHER):
        asked = "&".join(f"uris={quote(each.id, safe='')}" for each in receipts[first : first + TOGETHER])
        told = line.ask("GET", "/xrpc/app.bsky.feed.getPosts", query=asked).facts
        for post in told.get("posts") or ():
            for name, theirs in COUNTS.items():
                yield Metric(name, whole(post.get(theirs)), now, str(post["uri"]), theirs)
            yield Metric("impressions", None, now, str(post["uri"]))
    profile = line.ask("GET", "/xrpc/app.bsky.actor.getProfile", query=f"actor={quote(account.id, safe='')}").facts
    yield Metric("followers", whole(profile.get("followersCount")), now, said_by="followersCount")


def whole(value: Any) -> int | None:
    return value if isinstance(value, int) else None


def permalink(uri: str) -> str:
    """
    >>> permalink("at://did:plc:abc/app.bsky.feed.post/3k")
    'https://bsky.app/profile/did:plc:abc/post/3k'
    """
    did, _collection, place = uri.removeprefix("at://").split("/")
    # Sent to another server (a simulator, a rehearsal), one reads there too.
    return f"{address_of(CODE, '', SITE)}/profile/{did}/post/{place}"


def moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
