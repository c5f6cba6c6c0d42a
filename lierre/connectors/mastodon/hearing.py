"""What others did with our statuses, and how much. How many saw them is not communicated here, ever."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from lierre.connectors.mastodon.line import moment
from lierre.connectors.network.answers import Interaction, Interactions, Metric, Reaction, Receipt
from lierre.connectors.network.line import Line
from lierre.connectors.network.refusals import Gone
from lierre.connectors.network.text import plain

KINDS: Final = {
    "mention": Reaction.MENTION, "favourite": Reaction.LIKE, "reblog": Reaction.REPOST, "follow": Reaction.FOLLOW,
    "quote": Reaction.QUOTE,
}  # fmt: skip
COUNTS: Final = {
    "likes": "favourites_count", "reposts": "reblogs_count", "answers": "replies_count", "quotes": "quotes_count",
}  # fmt: skip
SPEAKING: Final = frozenset({Reaction.MENTION, Reaction.QUOTE})
NOT_PUBLIC: Final = frozenset({"direct", "private"})
PAGE: Final = 40  # always said: a server gives one alone when it is not
MOST_PAGES: Final = 5


def heard(line: Line, cursor: str) -> Interactions:
    """
    `cursor` is the number of the last one and its moment: a server that does not know the first is held to the second.
    """
    last, _bar, when = cursor.partition("|")
    since = moment(when)
    rows: dict[str, dict[str, Any]] = {}
    for _page in range(MOST_PAGES):
        said = line.ask("GET", "/api/v1/notifications", query=question(last)).said
        fresh = [each for each in said or () if isinstance(each, dict) and str(each.get("id")) not in rows]
        if not fresh:
            break
        rows |= {str(each["id"]): each for each in fresh}
        if not last or len(fresh) < PAGE:
            break
        last = str(max(fresh, key=made_at)["id"])
    found = sorted(interactions(rows.values()), key=lambda each: each.at)
    kept = tuple(each for each in found if (since is None or each.at >= since) and each.id != cursor.partition("|")[0])
    end = kept[-1] if kept else None
    return Interactions(kept, f"{end.id}|{end.at.isoformat()}" if end else cursor)


def question(last: str) -> str:
    kinds = "&".join(f"types[]={kind}" for kind in KINDS)
    return f"limit={PAGE}&{kinds}" + (f"&min_id={last}" if last else "")


def made_at(row: Mapping[str, Any]) -> datetime:
    return moment(str(row.get("created_at", ""))) or datetime.min.replace(tzinfo=UTC)


def interactions(rows: Any) -> Iterator[Interaction]:
    for row in rows:
        kind = KINDS.get(str(row.get("type")))
        if kind is None:
            continue
        status, account = row.get("status") or {}, row.get("account") or {}
        if status.get("visibility") in NOT_PUBLIC:
            kind = Reaction.MESSAGE
        answered = str(status.get("in_reply_to_id") or "")
        is_answer = kind == Reaction.MENTION and answered
        after = Receipt(str(status["id"])) if kind in SPEAKING and status.get("id") else None
        yield Interaction(
            str(row["id"]),
            Reaction.ANSWER if is_answer else kind,
            made_at(row),
            str(account.get("display_name") or account.get("acct") or ""),
            str(account.get("acct") or ""),
            words(status) if kind in SPEAKING else "",
            str(status.get("url") or account.get("url") or ""),
            answered
            if is_answer
            else ""
            if kind in {Reaction.MENTION, Reaction.FOLLOW}
            else str(status.get("id") or ""),
            after,
            after,
        )


def words(status: Mapping[str, Any]) -> str:
    """What is read, its warning first: it often says what the rest is about."""
    said = (plain(str(status.get(each) or "")) for each in ("spoiler_text", "content"))
    return "\n\n".join(filter(None, said))


def figures(line: Line, receipts: Sequence[Receipt]) -> Iterator[Metric]:
    now = datetime.now(UTC)
    for receipt in receipts:
        try:
            told = line.ask("GET", f"/api/v1/statuses/{receipt.id}").facts
        except Gone:
            continue
        for name, theirs in COUNTS.items():
            value = told.get(theirs)
            yield Metric(name, value if isinstance(value, int) else None, now, receipt.id, theirs)
        yield Metric("impressions", None, now, receipt.id)
    told = line.ask("GET", "/api/v1/accounts/verify_credentials").facts
    value = told.get("followers_count")
    yield Metric("followers", value if isinstance(value, int) else None, now, said_by="followers_count")
