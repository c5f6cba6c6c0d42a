"""What is said on a page, and what was said there, read back: nothing else can tell whether a message is online."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode

import orjson

from lierre.connectors.facebook.line import key, moment, site
from lierre.connectors.network.account import Account
from lierre.connectors.network.answers import Attempts, Confirmation, Prepared, Receipt, Verdict
from lierre.connectors.network.line import Line
from lierre.connectors.network.message import Message
from lierre.connectors.network.text import fingerprint, with_address

EARLIER: Final = timedelta(minutes=2)
SETTLES: Final = timedelta(seconds=45)
LOOKED_FOR: Final = timedelta(minutes=15)
LOOK_AGAIN: Final = timedelta(seconds=30)
FIELDS: Final = "id,message,created_time,permalink_url"


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
    asked = query(account, fields=FIELDS, since=str(int(since.timestamp())), limit="100")
    yield from rows(line.ask("GET", f"/{account.id}/published_posts", query=asked).facts)


def comments(line: Line, account: Account, post: str) -> Iterator[Mapping[str, Any]]:
    asked = query(account, fields=f"{FIELDS},from", limit="100", order="reverse_chronological")
    for each in rows(line.ask("GET", f"/{post}/comments", query=asked).facts):
        if str((each.get("from") or {}).get("id", account.id)) == account.id:
            yield each


def rows(told: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    data = told.get("data")
    return [each for each in data if isinstance(each, Mapping) and each.get("id")] if isinstance(data, list) else []


def alike(line: Line, account: Account, prepared: Prepared, attempts: Attempts) -> tuple[Receipt, ...]:
    """Those that say the same, in the time when it may have left, and that are not other messages of ours."""
    since, path = attempts.first_at - EARLIER, str(prepared.payload["path"])
    is_comment = path.endswith("/comments")
    found = comments(line, account, path.split("/")[1]) if is_comment else published(line, account, since)
    wanted = fingerprint(prepared.text)
    return tuple(
        receipt(account, each)
        for each in found
        if fingerprint(str(each.get("message", ""))) == wanted
        and ((at := moment(str(each.get("created_time", "")))) is None or at >= since)
        and str(each["id"]) not in attempts.known
    )


def receipt(account: Account, row: Mapping[str, Any]) -> Receipt:
    link = str(row.get("permalink_url") or f"{site(account.address)}/{row['id']}")
    return Receipt(str(row["id"]), link, moment(str(row.get("created_time", ""))), {}, adopted=True)


def confirmation(line: Line, account: Account, prepared: Prepared, attempts: Attempts) -> Confirmation:
    found = alike(line, account, prepared, attempts)
    if len(found) == 1:
        return Confirmation(Verdict.CONFIRMED, found[0], why="in the list of the page")
    if found:
        return Confirmation(Verdict.PERSON, candidates=found, why="several are alike in the list of the page")
    now = datetime.now(UTC)
    if now < attempts.last_at + SETTLES:
        return Confirmation(Verdict.WAIT, ask_again_at=attempts.last_at + SETTLES, why="the list may be late")
    again = now + LOOK_AGAIN if now < attempts.first_at + LOOKED_FOR else None
    return Confirmation(Verdict.PERSON, ask_again_at=again, why="not in the list of the page")
