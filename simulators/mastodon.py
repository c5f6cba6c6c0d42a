"""
A simulator of Mastodon itself, for what other servers of its kind do not do: it keeps the key of a message for an hour, reads
files at leisure, counts requests, and its list may be late. Rests on the documentation of Mastodon 4.5.
"""

import html
import itertools
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any

from simulators.faults import Fault, Faults
from simulators.mastodon_people import HOUSE, People, account
from simulators.serving import Request, Response

KEY_LIVES = 3600.0


@dataclass
class Mastodon:
    """
    `lag`: seconds before a status is seen in the list. `slow_media`: how many times one must ask after a file.
    `posts` holds what is online; `clock` can be set ahead.
    """

    token: str = "a token of the simulator"
    lag: float = 0.0
    slow_media: int = 0
    characters: int = 500
    faults: Faults = field(default_factory=Faults)
    address: str = ""
    posts: dict[str, dict[str, Any]] = field(default_factory=dict)
    media: dict[str, int] = field(default_factory=dict)
    keys: dict[str, tuple[float, str]] = field(default_factory=dict)
    seen_at: dict[str, float] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    scopes_missing: set[str] = field(default_factory=set)
    people: People = field(default_factory=People)
    lock: threading.RLock = field(default_factory=threading.RLock)
    numbers: Any = field(default_factory=lambda: itertools.count(1))

    def publishes(self, request: Request) -> bool:
        return request.method == "POST" and request.path == "/api/v1/statuses"

    def refusal(self, fault: Fault) -> Response:
        reset = datetime.fromtimestamp(time.time() + self.faults.retry_after, UTC).isoformat()
        match fault:
            case Fault.TOO_MANY:
                return Response(429, {"error": "Too many requests"})
            case Fault.TOO_MANY_UNTIL:
                return Response(429, {"error": "Too many requests"}, {"X-RateLimit-Reset": reset})
        return Response(401, {"error": "The access token is invalid"})

    def answer(self, request: Request) -> Response:
        if request.path == "/api/v2/instance":
            return Response(200, self.instance())
        with self.lock:
            opened = self.people.answer(request)
            if opened is not None:
                return opened
            name = self.whose(request)
            return self.known(request, name) if name else Response(401, {"error": "The access token is invalid"})

    def whose(self, request: Request) -> str:
        held = request.headers.get("authorization", "")
        return HOUSE if held == f"Bearer {self.token}" else self.people.whose(held)

    def known(self, request: Request, name: str) -> Response:
        method, parts = request.method, request.path.strip("/").split("/")
        match (method, *parts[2:]):
            case ("GET", "accounts", "verify_credentials"):
                return Response(200, account(name, self.address))
            case ("POST", "statuses"):
                return self.publish(request, name)
            case ("GET", "accounts", number, "statuses"):
                return self.listed(request, number)
            case ("GET", "statuses", number) if number in self.posts:
                return Response(200, self.posts[number])
            case ("DELETE", "statuses", number) if number in self.posts:
                return Response(200, self.posts.pop(number))
            case ("POST", "media"):
                return self.hand_over(request)
            case ("GET", "media", number) if number in self.media:
                return self.look_at(number)
            case ("GET", "notifications"):
                return Response(200, [])
        return Response(404, {"error": "Record not found"})

    def publish(self, request: Request, name: str) -> Response:
        form = request.form
        key = request.headers.get("idempotency-key", "")
        made, number = self.keys.get(key, (0.0, ""))
        if key and number in self.posts and time.time() - made < KEY_LIVES:
            return Response(200, self.posts[number])
        text, files = form.get("status", [""])[0], form.get("media_ids[]", [])
        if not text and not files:
            return Response(422, {"error": "Validation failed: Text can't be blank"})
        if any(self.media.get(each, 0) for each in files):
            return Response(
                422, {"error": "Cannot attach files that have not finished processing. Try again in a moment!"}
            )
        if "write:statuses" in self.scopes_missing:
            return Response(403, {"error": "This action is outside the authorized scopes"})
        answered = form.get("in_reply_to_id", [""])[0]
        if answered and answered not in self.posts:
            return Response(404, {"error": "The post you are trying to reply to does not appear to exist."})
        number = str(next(self.numbers))
        link = f"{self.address}/@{name}/{number}"
        paragraphs = html.escape(text, quote=False).replace("\n\n", "</p><p>").replace("\n", "<br />")
        self.posts[number] = {
            "id": number, "uri": link, "url": link, "content": f"<p>{paragraphs}</p>",
            "created_at": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "in_reply_to_id": answered or None, "media_attachments": [{"id": each} for each in files],
            "visibility": form.get("visibility", ["public"])[0], "language": form.get("language", [None])[0],
            "favourites_count": 0, "reblogs_count": 0, "replies_count": 0, "quotes_count": 0,
            "account": account(name, self.address),
        }  # fmt: skip
        self.texts[number] = text
        self.seen_at[number] = time.time() + self.lag
        self.keys[key] = (time.time(), number)
        return Response(200, self.posts[number])

    def listed(self, request: Request, number: str) -> Response:
        if "read:statuses" in self.scopes_missing:
            return Response(403, {"error": "This action is outside the authorized scopes"})
        theirs = [each for each, post in self.posts.items() if post["account"]["id"] == number]
        latest = sorted(theirs, key=int, reverse=True)
        before, most = request.first("max_id"), int(request.first("limit", "20"))
        seen = [
            each for each in latest if self.seen_at[each] <= time.time() and (not before or int(each) < int(before))
        ]
        return Response(200, [self.posts[each] for each in seen[:most]])

    def online(self) -> list[dict[str, str]]:
        with self.lock:
            return [
                {"id": number, "text": self.texts[number], "link": str(post["url"])}
                for number, post in self.posts.items()
            ]

    def let_pass(self, seconds: float) -> None:
        with self.lock:
            for number, post in self.posts.items():
                self.seen_at[number] -= seconds
                at = datetime.fromisoformat(post["created_at"]) - timedelta(seconds=seconds)
                post["created_at"] = at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
            self.keys = {key: (made - seconds, number) for key, (made, number) in self.keys.items()}

    def hand_over(self, request: Request) -> Response:
        parsed = BytesParser(EmailMessage, policy=HTTP).parsebytes(
            b"Content-Type: " + request.headers["content-type"].encode() + b"\r\n\r\n" + request.body
        )
        fields = {str(part.get_param("name", header="content-disposition")): part for part in parsed.iter_parts()}
        number = str(next(self.numbers))
        self.media[number] = self.slow_media
        described = str(fields["description"].get_payload()) if "description" in fields else None
        told = {"id": number, "url": None if self.slow_media else f"{self.address}/{number}", "description": described}
        return Response(202 if self.slow_media else 200, told)

    def look_at(self, number: str) -> Response:
        if self.media[number]:
            self.media[number] -= 1
            return Response(206, {"id": number, "url": None})
        return Response(200, {"id": number, "url": f"{self.address}/{number}"})

    def instance(self) -> dict[str, Any]:
        statuses = {"max_characters": self.characters, "max_media_attachments": 4, "characters_reserved_per_url": 23}
        media = {
            "description_limit": 1500,
            "image_size_limit": 16_777_216,
            "supported_mime_types": ["image/png", "image/jpeg", "video/mp4"],
        }
        configuration = {"statuses": statuses, "media_attachments": media}
        return {"domain": "mastodon.simulator", "version": "4.5.2", "configuration": configuration}
