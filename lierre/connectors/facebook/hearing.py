"""What others did on a page, and how much. Figures are asked one by one: a name that was retired would sink the others."""

import hmac
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, Final

import orjson

from lierre.connectors.facebook.line import moment, whole
from lierre.connectors.facebook.posts import is_older, listed, query, rows
from lierre.connectors.network.account import Account
from lierre.connectors.network.answers import Event, Interaction, Interactions, Metric, Reaction, Receipt
from lierre.connectors.network.line import Line
from lierre.connectors.network.refusals import Forged, Gone, Invalid, ScopeMissing

INSIGHTS: Final = {"impressions": "post_media_view", "reach": "post_total_media_view_unique", "clicks": "post_clicks"}
COUNTS: Final = ("likes", "answers", "reposts")
ENGAGEMENT: Final = "shares,comments.limit(0).summary(true),reactions.limit(0).summary(true)"
COMMENT: Final = "id,message,created_time,from,permalink_url"
# Answers to comments too (stream), the latest first: the newest of a long talk would else never be seen.
LATEST: Final = {"filter": "stream", "order": "reverse_chronological"}
TOGETHER: Final = 50
COMMENTS: Final = f"{COMMENT},comments.filter(stream).order(reverse_chronological).limit({TOGETHER}){{{COMMENT}}}"
WINDOW: Final = timedelta(days=30)
LATE: Final = timedelta(days=1)  # what is hidden, then shown, comes with its old moment
POSTS: Final = 25
MOST_PAGES: Final = 4


def heard(line: Line, account: Account, cursor: str) -> Interactions:
    """
    Comments under the latest posts, and what others write on the page. What the page itself says is not an interaction.
    `cursor`: the moment of the last one; the day before is told again.
    """
    last = moment(cursor)
    since = last - LATE if last else None
    found: dict[str, Interaction] = {}
    for post in latest(line, account):
        if said := interaction(post, account, since, ""):
            found[said.id] = said
        for comment in comments(line, account, post, since):
            if said := interaction(comment, account, since, str(post["id"])):
                found[said.id] = said
    items = sorted(found.values(), key=lambda each: each.at)
    newest = max(filter(None, [last, items[-1].at if items else None]), default=None)
    return Interactions(tuple(items), newest.isoformat() if newest else cursor)


def latest(line: Line, account: Account) -> Iterator[Mapping[str, Any]]:
    """Posts of the last thirty days, within some pages. The next one is asked here: our key goes to the Graph alone."""
    asked = {"fields": COMMENTS, "since": str(int((datetime.now(UTC) - WINDOW).timestamp())), "limit": str(POSTS)}
    for _page in range(MOST_PAGES):
        told = line.ask("GET", f"/{account.id}/feed", query=query(account, **asked)).facts
        yield from rows(told)
        paging = told.get("paging") or {}
        after = str((paging.get("cursors") or {}).get("after", "")) if paging.get("next") else ""
        if not after or asked.get("after") == after:
            return
        asked["after"] = after


def comments(
    line: Line, account: Account, post: Mapping[str, Any], since: datetime | None
) -> Iterable[Mapping[str, Any]]:
    """Those that came with the post; when all of them are news, there may be more of them, that are asked for."""
    given = rows(post.get("comments") or {})
    if since is None or len(given) < TOGETHER or is_older(given[-1], since):
        return given
    return listed(line, account, f"/{post['id']}/comments", since, fields=COMMENT, **LATEST)


def interaction(row: Mapping[str, Any], account: Account, since: datetime | None, post: str) -> Interaction | None:
    """`post`: what it comments; "" for what stands on the page by itself. None when it is ours, or too old."""
    author, at = row.get("from") or {}, moment(str(row.get("created_time", "")))
    is_ours = str(author.get("id", account.id if not post else "")) == account.id
    if at is None or is_ours or (since and at < since):
        return None
    after = Receipt(str(row["id"]))
    return Interaction(
        str(row["id"]), Reaction.ANSWER if post else Reaction.MENTION, at, str(author.get("name", "")),
        str(author.get("id", "")), str(row.get("message", "")), str(row.get("permalink_url", "")), post,
        after, after,
    )  # fmt: skip


def figures(line: Line, account: Account, receipts: Sequence[Receipt]) -> Iterator[Metric]:
    now = datetime.now(UTC)
    for receipt in receipts:
        try:
            told = line.ask("GET", f"/{receipt.id}", query=query(account, fields=ENGAGEMENT)).facts
        except Gone:
            continue
        counted = (
            summary(told, "reactions"),
            summary(told, "comments"),
            whole((told.get("shares") or {}).get("count")),
        )
        for name, value in zip(COUNTS, counted, strict=True):
            yield Metric(name, value, now, receipt.id)
        for name, theirs in INSIGHTS.items():
            yield Metric(name, insight(line, account, receipt.id, theirs), now, receipt.id, theirs)
    told = line.ask("GET", f"/{account.id}", query=query(account, fields="followers_count")).facts
    value = told.get("followers_count")
    yield Metric("followers", value if isinstance(value, int) else None, now, said_by="followers_count")


def summary(told: Mapping[str, Any], name: str) -> int | None:
    value = ((told.get(name) or {}).get("summary") or {}).get("total_count")
    return value if isinstance(value, int) else None


def insight(line: Line, account: Account, post: str, metric: str) -> int | None:
    """None when it was retired, when the page is too small, or when the right was not given."""
    try:
        told = line.ask("GET", f"/{post}/insights", query=query(account, metric=metric, period="lifetime")).facts
    except (Invalid, ScopeMissing, Gone):
        return None
    data = told.get("data")
    values = data[0].get("values") if isinstance(data, list) and data and isinstance(data[0], Mapping) else None
    value = values[-1].get("value") if values else None
    return value if isinstance(value, int) else None


def events(headers: Mapping[str, str], body: bytes, secret: str) -> list[Event]:
    """The same may come several times, and one day none comes any more: it is asked as well."""
    sent = {name.lower(): value for name, value in headers.items()}.get("x-hub-signature-256", "")
    made = "sha256=" + hmac.new(secret.encode(), body, sha256).hexdigest()
    if not hmac.compare_digest(made, sent.strip()):
        raise Forged("signature")
    try:
        told = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise Forged("no_json") from error
    return list(changes(told)) if isinstance(told, Mapping) else []


def changes(told: Mapping[str, Any]) -> Iterator[Event]:
    for entry in told.get("entry") or ():
        for change in entry.get("changes") or ():
            value = change.get("value") or {}
            about = str(value.get("post_id", ""))
            made = whole(value.get("created_time")) or whole(entry.get("time"))
            told_apart = ":".join(
                [
                    str(value.get("comment_id") or about),
                    str(value.get("item", "")),
                    str(value.get("verb", "")),
                    str(made),
                ]
            )
            kind = f"{change.get('field', '')}.{value.get('item', '')}.{value.get('verb', '')}"
            yield Event(told_apart, kind, about, datetime.fromtimestamp(made, UTC) if made else None, value)
        for told_to_us in entry.get("messaging") or ():
            message = told_to_us.get("message") or {}
            at = whole(told_to_us.get("timestamp"))  # milliseconds, here
            if message.get("mid"):
                made_at = datetime.fromtimestamp(at / 1000, UTC) if at else None
                yield Event(str(message["mid"]), "messages", "", made_at, told_to_us)


def challenge(query_of: Mapping[str, str], word: str) -> str | None:
    """
    What is answered when Facebook asks whether the webhook is ours; None when it is somebody else who asks.

    >>> challenge({"hub.mode": "subscribe", "hub.verify_token": "ours", "hub.challenge": "42"}, "ours")
    '42'
    """
    asked = query_of.get("hub.mode") == "subscribe"
    return (
        query_of.get("hub.challenge")
        if asked and hmac.compare_digest(query_of.get("hub.verify_token", ""), word)
        else None
    )
