"""What is said on a page, and what was said there, read back: nothing else can tell whether a message is online."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode

import orjson

from lierre.connectors.facebook.line import key, moment, site
from lierre.connectors.network.account import Account
from lierre.connectors.network.answers import Attempts, Confirmation, Prepared, Receipt, Verdict
from lierre.connectors.network.line import Line, behind
from lierre.connectors.network.message import Message
from lierre.connectors.network.refusals import Gone, Invalid, ScopeMissing
from lierre.connectors.network.text import fingerprint, with_address

EARLIER: Final = timedelta(minutes=2)
SETTLES: Final = timedelta(seconds=45)
LOOKED_FOR: Final = timedelta(minutes=15)
LOOK_AGAIN: Final = timedelta(seconds=30)
FIELDS: Final = "id,message,created_time,permalink_url"
A_DAY: Final = timedelta(days=1)
MOST_PAGES: Final = 20


def said(message: Message) -> str:
    """The link has a field of its own, that files take the place of."""
    link = message.link.url if message.link and (message.media or message.after) else ""
    return with_address(message.text, link)


def request(account: Account, message: Message, photos: list[str], video: dict[str, str] | None) -> dict[str, Any]:
    """Where it is sent, and the form without the key."""
    text = said(message)
    if message.after:
        return {"path": f"/{(message.first or message.after).id}/comments", "form": {"message": text}}
    if video:
        form = {
            "upload_phase": "finish",
            "upload_session_id": video["session"],
            "description": text,
            "title": message.title,
        }
        return {"path": f"/{account.id}/videos", "form": form, "video": video["video"]}
    form = {"message": text}
    for place, identity in enumerate(photos):
        form[f"attached_media[{place}]"] = orjson.dumps({"media_fbid": identity}).decode()
    if message.link and not photos:
        form["link"] = message.link.url
    return {"path": f"/{account.id}/feed", "form": form}


def query(account: Account, **asked: str) -> str:
    return urlencode(asked | key(account))


def published(line: Line, account: Account, since: datetime) -> Iterator[Mapping[str, Any]]:
    """`since`: on our clock, which may be ahead of the one over there."""
    begun = str(int((since - A_DAY).timestamp()))
    yield from listed(line, account, f"/{account.id}/published_posts", since, fields=FIELDS, since=begun)


def comments(line: Line, account: Account, post: str, since: datetime) -> Iterator[Mapping[str, Any]]:
    """Of the page itself."""
    asked = {"fields": f"{FIELDS},from", "order": "reverse_chronological"}
    for each in listed(line, account, f"/{post}/comments", since, **asked):
        if str((each.get("from") or {}).get("id", account.id)) == account.id:
            yield each


def listed(line: Line, account: Account, path: str, begun: datetime, **asked: str) -> Iterator[Mapping[str, Any]]:
    """
    Page after page, until one of them ends before that moment. The next one is asked here, never at the address that is told:
    our key goes to the Graph alone.
    """
    after: dict[str, str] = {}
    for _page in range(MOST_PAGES):
        reply = line.ask("GET", path, query=query(account, limit="100", **asked, **after))
        found, paging = rows(reply.facts), reply.facts.get("paging") or {}
        since = begun - behind(reply)
        yield from (each for each in found if not is_older(each, since))
        cursor = str((paging.get("cursors") or {}).get("after", "")) if paging.get("next") else ""
        if not found or is_older(found[-1], since) or not cursor or after.get("after") == cursor:
            return
        after = {"after": cursor}


def is_older(row: Mapping[str, Any], since: datetime) -> bool:
    at = moment(str(row.get("created_time", "")))
    return at is not None and at < since


def rows(told: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    data = told.get("data")
    return [each for each in data if isinstance(each, Mapping) and each.get("id")] if isinstance(data, list) else []


def alike(line: Line, account: Account, prepared: Prepared, attempts: Attempts) -> tuple[Receipt, ...]:
    """Those that say the same, in the time when it may have left, and that are not other messages of ours."""
    since, path = attempts.first_at - EARLIER, str(prepared.payload["path"])
    is_comment = path.endswith("/comments")
    found = comments(line, account, path.split("/")[1], since) if is_comment else published(line, account, since)
    wanted = fingerprint(prepared.text)
    return tuple(
        receipt(account, each)
        for each in found
        if fingerprint(str(each.get("message", ""))) == wanted and str(each["id"]) not in attempts.known
    )


def receipt(account: Account, row: Mapping[str, Any]) -> Receipt:
    link = str(row.get("permalink_url") or f"{site(account.address)}/{row['id']}")
    return Receipt(str(row["id"]), link, moment(str(row.get("created_time", ""))), {}, adopted=True)


def confirmation(line: Line, account: Account, prepared: Prepared, attempts: Attempts) -> Confirmation:
    try:
        found, unseen = alike(line, account, prepared, attempts), "not in the list of the page"
    except (ScopeMissing, Gone, Invalid):
        found, unseen = (), "the list of the page cannot be read"
    if len(found) == 1:
        return Confirmation(Verdict.CONFIRMED, found[0], why="in the list of the page")
    if found:
        return Confirmation(Verdict.PERSON, candidates=found, why="several are alike in the list of the page")
    now = datetime.now(UTC)
    if now < attempts.last_at + SETTLES:
        return Confirmation(Verdict.WAIT, ask_again_at=attempts.last_at + SETTLES, why="the list may be late")
    again = now + LOOK_AGAIN if now < attempts.first_at + LOOKED_FOR else None
    return Confirmation(Verdict.PERSON, ask_again_at=again, why=unseen)
