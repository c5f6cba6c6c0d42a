"""Our own statuses, read back: what proves that a message is online when nobody answered."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from lierre.connectors.mastodon.line import moment
from lierre.connectors.mastodon.text import local
from lierre.connectors.network.answers import Attempts, Confirmation, Prepared, Receipt, Verdict
from lierre.connectors.network.line import Line, behind
from lierre.connectors.network.refusals import Gone, Invalid, PolicyBlocked, ScopeMissing
from lierre.connectors.network.text import fingerprint, plain

PAGE: Final = 40
MOST_PAGES: Final = 5
MOST_PAGES_SINCE: Final = 50  # up to a moment: what was said meanwhile may be much
EARLIER: Final = timedelta(minutes=2)  # clocks do not agree
# A list may be late: before that, not finding says nothing.
SETTLES: Final = timedelta(seconds=30)
LOOKED_FOR: Final = timedelta(minutes=15)
LOOK_AGAIN: Final = timedelta(seconds=20)
# A key is kept for an hour; we stop trusting it before.
KEY_LIVES: Final = timedelta(minutes=50)


def own(line: Line, identity: str, since: datetime | None = None) -> Iterator[dict[str, Any]]:
    """
    The latest first, each once, until `since` (on our clock) or a few pages back. A page may be shorter than it was asked for,
    and begin with what is pinned there. Some servers give everything at once, whatever page is asked for: what was given
    already is the sign that there is no other page.
    """
    seen: set[str] = set()
    last = ""
    for _page in range(MOST_PAGES_SINCE if since else MOST_PAGES):
        query = f"exclude_reblogs=true&limit={PAGE}" + (f"&max_id={last}" if last else "")
        reply = line.ask("GET", f"/api/v1/accounts/{identity}/statuses", query=query)
        said, began = reply.said, since and since - behind(reply)
        rows = [each for each in said if isinstance(each, dict) and each.get("id")] if isinstance(said, list) else []
        fresh = [each for each in rows if str(each["id"]) not in seen]
        if not fresh:
            return
        seen |= {str(each["id"]) for each in fresh}
        yield from (row for row in fresh if not is_older(row, began))
        if is_older(fresh[-1], began):
            return
        last = str(rows[-1]["id"])


def is_older(row: Mapping[str, Any], began: datetime | None) -> bool:
    made = moment(str(row.get("created_at", "")))
    return began is not None and made is not None and made < began


def receipt_of(row: Mapping[str, Any], *, adopted: bool = False) -> Receipt:
    also = {"uri": str(row.get("uri", ""))}
    link = str(row.get("url") or row.get("uri") or "")
    return Receipt(str(row["id"]), link, moment(str(row.get("created_at", ""))), also, adopted)


def is_the_same(row: Mapping[str, Any], prepared: Prepared) -> bool:
    """Its words, what it answers, and how many files it shows."""
    form = prepared.payload["form"]
    answers = str(row.get("in_reply_to_id") or "") == form.get("in_reply_to_id", "")
    files = len(row.get("media_attachments") or ()) == len(form.get("media_ids[]", ()))
    wanted = fingerprint(local(prepared.text))
    return answers and files and any(fingerprint(local(each)) == wanted for each in said_by(row))


def said_by(row: Mapping[str, Any]) -> Iterator[str]:
    """
    As it was written, on servers that tell it; else as it is shown, where people of other servers lose their address, and
    where long addresses may be cut.
    """
    if written := row.get("text"):
        yield str(written)
        return
    shown = str(row.get("content", ""))
    yield plain(shown)
    yield plain(shown, whole_addresses=True)


def confirmation(line: Line, identity: str, prepared: Prepared, attempts: Attempts) -> Confirmation:
    began, now = attempts.first_at - EARLIER, datetime.now(UTC)
    # Read before it is judged how late it is: what is not in a list read too early says nothing.
    try:
        found, unseen = [row for row in own(line, identity, began) if is_the_same(row, prepared)], "not in our own list"
    except (
        Gone,
        Invalid,
        PolicyBlocked,
        ScopeMissing,
    ):  # there is none, or it is not opened to us: the key alone can tell
        found, unseen = [], "our own list cannot be read"
    receipts = tuple(receipt_of(row, adopted=True) for row in found if str(row["id"]) not in attempts.known)
    if len(receipts) == 1:
        return Confirmation(Verdict.CONFIRMED, receipts[0], why="in our own list")
    if receipts:
        return Confirmation(Verdict.PERSON, candidates=receipts, why="several are alike in our own list")
    settled = attempts.last_at + SETTLES
    if now < settled:
        return Confirmation(Verdict.WAIT, ask_again_at=settled, why="the list may be late")
    if prepared.payload["guarded"] and now < attempts.first_at + KEY_LIVES:
        return Confirmation(Verdict.AGAIN, why="the server keeps the key")
    again = now + LOOK_AGAIN if now < attempts.first_at + LOOKED_FOR else None
    return Confirmation(Verdict.PERSON, ask_again_at=again, why=f"{unseen}, and no key guards it")
