"""What others did on a page, and how much. Figures are asked one by one: a name that was retired would sink the others."""

import hmac
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, Final

import orjson

from lierre.connectors.facebook.line import moment, whole
from lierre.connectors.facebook.posts import query, rows
from lierre.connectors.network.account import Account
from lierre.connectors.network.answers import Event, Interaction, Interactions, Metric, Reaction, Receipt
from lierre.connectors.network.line import Line
from lierre.connectors.network.refusals import Forged, Gone, Invalid, ScopeMissing

INSIGHTS: Final = {"impressions": "post_media_view", "reach": "post_total_media_view_unique", "clicks": "post_clicks"}
COUNTS: Final = ("likes", "answers", "reposts")
ENGAGEMENT: Final = "shares,comments.limit(0).summary(true),reactions.limit(0).summary(true)"
COMMENTS: Final = "id,created_time,comments.limit(50){id,message,created_time,from,parent,permalink_url}"
WINDOW: Final = timedelta(days=30)
POSTS: Final = 25


def heard(line: Line, account: Account, cursor: str) -> Interactions:
    """Comments of the latest posts. What the page itself says is not an interaction. `cursor`: the moment of the last one."""
    since = moment(cursor)
    began = str(int((datetime.now(UTC) - WINDOW).timestamp()))
    asked = query(account, fields=COMMENTS, since=began, limit=str(POSTS))
    found = []
    for post in rows(line.ask("GET", f"/{account.id}/feed", query=asked).facts):
        for comment in rows(post.get("comments") or {}):
            author, at = comment.get("from") or {}, moment(str(comment.get("created_time", "")))
            if at and str(author.get("id", "")) != account.id and (since is None or at >= since):
                found.append(interaction(comment, author, at, str(post["id"])))
    found.sort(key=lambda each: each.at)
    return Interactions(tuple(found), found[-1].at.isoformat() if found else cursor)


def interaction(comment: Mapping[str, Any], author: Mapping[str, Any], at: datetime, post: str) -> Interaction:
    after = Receipt(str(comment["id"]))
    return Interaction(
        str(comment["id"]), Reaction.ANSWER, at, str(author.get("name", "")), str(author.get("id", "")),
        str(comment.get("message", "")), str(comment.get("permalink_url", "")), post,
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
