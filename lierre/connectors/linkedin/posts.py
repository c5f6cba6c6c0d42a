"""A post, written whole; and our own posts, read back when nobody answered."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from lierre.connectors.linkedin.line import FINDER, encoded, permalink
from lierre.connectors.linkedin.little import alike, written
from lierre.connectors.network.account import Account
from lierre.connectors.network.answers import Attempts, Confirmation, Prepared, Receipt, Verdict
from lierre.connectors.network.line import Line, behind
from lierre.connectors.network.message import Kind, Message, Visibility
from lierre.connectors.network.refusals import Gone, ScopeMissing
from lierre.connectors.network.text import with_address

VISIBILITY: Final = {Visibility.PUBLIC: "PUBLIC", Visibility.FOLLOWERS: "CONNECTIONS"}
LONGEST_TITLE: Final = 400
LONGEST_DESCRIPTION: Final = 256
PAGE: Final = 100
MOST_PAGES: Final = 20
EARLIER: Final = timedelta(minutes=2)
SETTLES: Final = timedelta(seconds=45)  # the list is late, by some tens of seconds
LOOKED_FOR: Final = timedelta(minutes=15)
LOOK_AGAIN: Final = timedelta(seconds=30)


def said(message: Message) -> str:
    """Plain text. Beside files there is no card: the address of the link is written after it."""
    link = message.link.url if message.link and (message.media or message.after) else ""
    return with_address(message.text, link)


def post(account: Account, message: Message, handed: list[dict[str, Any]], thumbnail: str) -> dict[str, Any]:
    body: dict[str, Any] = {
        "author": account.id,
        "commentary": written(said(message), message.mentions),
        "visibility": VISIBILITY[message.visibility],
        "distribution": {"feedDistribution": "MAIN_FEED", "targetEntities": [], "thirdPartyDistributionChannels": []},
        "lifecycleState": "PUBLISHED",
        "isReshareDisabledByAuthor": False,
    }
    if held := content(message, handed, thumbnail):
        body["content"] = held
    return body


def content(message: Message, handed: list[dict[str, Any]], thumbnail: str) -> dict[str, Any]:
    if len(handed) > 1:
        images = zip(handed, message.media, strict=True)
        return {"multiImage": {"images": [{"id": each["urn"], "altText": media.alt} for each, media in images]}}
    if handed:
        media = message.media[0]
        told = {"altText": media.alt} if media.kind == Kind.IMAGE else {"title": media.title or media.path.stem}
        return {"media": {"id": handed[0]["urn"], **told}}
    if link := message.link:
        # Nobody reads the page of the link there: without a title there is no card at all.
        card = {"source": link.url, "title": (link.title or link.url)[:LONGEST_TITLE]}
        described = {"description": link.description[:LONGEST_DESCRIPTION]} if link.description else {}
        return {"article": card | described | ({"thumbnail": thumbnail} if thumbnail else {})}
    return {}


def comment(account: Account, message: Message) -> dict[str, Any]:
    """Plain text, said by the page and not by whoever connected it."""
    assert message.after is not None
    first = message.first or message.after
    return {"actor": account.id, "object": first.id, "message": {"text": said(message), "attributes": []}}


Dated = tuple[Mapping[str, Any], datetime | None]


def own(line: Line, author: str, since: datetime) -> Iterator[Dated]:
    """The latest first."""
    yield from listed(line, "/rest/posts", since, f"author={encoded(author)}&q=author&sortBy=CREATED&")


def comments(line: Line, post_urn: str, since: datetime) -> Iterator[Dated]:
    yield from listed(line, f"/rest/socialActions/{encoded(post_urn)}/comments", since)


def listed(line: Line, path: str, since: datetime, asked: str = "") -> Iterator[Dated]:
    """Page after page, until one of them is not full, or ends before that moment (on our clock); each with its own."""
    headers = FINDER if asked else None
    for page in range(MOST_PAGES):
        reply = line.ask("GET", path, query=f"{asked}start={page * PAGE}&count={PAGE}", headers=headers)
        rows = [each for each in reply.facts.get("elements") or () if isinstance(each, Mapping) and each.get("id")]
        late, at = behind(reply), None
        for each in rows:
            created = each.get("created")
            at = made_at(created.get("time") if isinstance(created, Mapping) else each.get("createdAt"))
            if at is None or at + late >= since:
                yield each, at
        if len(rows) < PAGE or (at is not None and at + late < since):
            return


def confirmation(line: Line, account: Account, prepared: Prepared, attempts: Attempts) -> Confirmation:
    if account.id.startswith("urn:li:person:") and "commentary" in prepared.payload["body"]:
        return of_a_person(attempts)
    try:
        found = tuple(each for each in candidates(line, account, prepared, attempts) if each.id not in attempts.known)
    except ScopeMissing:
        return of_a_person(attempts)
    if len(found) == 1:
        return Confirmation(Verdict.CONFIRMED, found[0], why="in our own list")
    if found:
        return Confirmation(Verdict.PERSON, candidates=found, why="several are alike in our own list")
    now = datetime.now(UTC)
    if now < attempts.last_at + SETTLES:
        return Confirmation(Verdict.WAIT, ask_again_at=attempts.last_at + SETTLES, why="the list may be late")
    if attempts.times == 1 and "commentary" in prepared.payload["body"]:
        return Confirmation(Verdict.AGAIN, why="not in our own list, and a second one is refused, naming the first")
    again = now + LOOK_AGAIN if now < attempts.first_at + LOOKED_FOR else None
    return Confirmation(Verdict.PERSON, ask_again_at=again, why="not in our own list")


def of_a_person(attempts: Attempts) -> Confirmation:
    """
    Nothing can be read back. Sent again once, the same text is refused if it is there, by a refusal that names it; taken, it
    was not there. Twice unknown, somebody looks.
    """
    if attempts.times > 1:
        return Confirmation(Verdict.PERSON, why="sent again once already, and nothing can be read")
    if datetime.now(UTC) < attempts.last_at + SETTLES:
        return Confirmation(Verdict.WAIT, ask_again_at=attempts.last_at + SETTLES, why="before it is sent again once")
    return Confirmation(Verdict.AGAIN, why="a second one is refused, naming the first")


def candidates(line: Line, account: Account, prepared: Prepared, attempts: Attempts) -> Iterator[Receipt]:
    body, since = prepared.payload["body"], attempts.first_at - EARLIER
    if "commentary" not in body:
        for each, at in comments(line, body["object"], since):
            same = str((each.get("message") or {}).get("text", "")).split() == body["message"]["text"].split()
            if each.get("actor") == account.id and same:
                yield comment_receipt(body["object"], str(each["id"]), account, at, adopted=True)
        return
    for each, at in own(line, account.id, since):
        if alike(str(each.get("commentary", "")), body["commentary"]):
            yield Receipt(str(each["id"]), permalink(str(each["id"]), account.address), at, {}, adopted=True)


def is_ours(line: Line, prepared: Prepared, twin: Receipt) -> bool:
    """The post that a refusal names: read where we may."""
    try:
        told = line.ask("GET", f"/rest/posts/{encoded(twin.id)}", query="viewContext=AUTHOR").facts
    except (Gone, ScopeMissing):
        return True  # it cannot be read; an attempt of ours went before
    return alike(str(told.get("commentary", "")), prepared.payload["body"]["commentary"])


def comment_receipt(
    post_urn: str, number: str, account: Account, at: datetime | None = None, *, adopted: bool = False
) -> Receipt:
    urn = number if number.startswith("urn:") else f"urn:li:comment:({post_urn},{number})"
    return Receipt(urn, permalink(post_urn, account.address), at, {"post": post_urn, "comment": number}, adopted)


def made_at(milliseconds: Any) -> datetime | None:
    return datetime.fromtimestamp(milliseconds / 1000, UTC) if isinstance(milliseconds, int) else None
