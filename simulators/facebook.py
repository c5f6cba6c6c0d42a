"""
A simulator of Facebook's Graph for those who publish on a page, and of everything that goes wrong there.

Rests on Facebook's own development kit and documentation (addresses, errors by number, files, webhooks) and on public clients:
the error 2 that is answered although the message is online (one, seven copies), lists of pages that come in pieces (one),
photos that are too heavy (one). There is no guard against a second one; the refusal of a twin (506) does not always come.
"""

import itertools
import json
import re
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any

from simulators.consenting import asks_consent, consent
from simulators.faults import Fault, Faults
from simulators.serving import Request, Response

PAGE = "1234567890321"
OTHER = "1234567890999"
NO = {
    "error": "access_denied",
    "error_code": "200",
    "error_reason": "user_denied",
    "error_description": "Permissions error",
}
MANY = 100  # pages that come before ours in the list


def refused(code: int, message: str, sub: int | None = None, status: int = 400, **more: Any) -> Response:
    told = {"message": message, "type": "OAuthException", "code": code, "fbtrace_id": "simulator", **more}
    return Response(status, {"error": told | ({"error_subcode": sub} if sub else {})})


@dataclass
class Facebook:
    """
    `lag`: seconds before a post is in the list; `dead`: sub-code of a token that died; `missing`: rights not given; `twins`:
    whether the same text twice is refused (it is not always); `retired`: figures that do not exist any more.
    """

    user_token: str = "a token of somebody"
    token: str = "a token of the page"
    version: str = "v25.0"
    lag: float = 0.0
    dead: int = 0
    missing: set[str] = field(default_factory=set)
    twins: bool = False
    retired: set[str] = field(default_factory=lambda: {"post_impressions"})
    faults: Faults = field(default_factory=Faults)
    address: str = ""
    posts: dict[str, dict[str, Any]] = field(default_factory=dict)
    photos: dict[str, dict[str, Any]] = field(default_factory=dict)
    videos: dict[str, bytearray] = field(default_factory=dict)
    figures: dict[str, dict[str, int]] = field(default_factory=dict)
    seen_at: dict[str, float] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    spent: set[str] = field(default_factory=set)
    heaviest: int = 4_000_000
    piece: int = 1 << 20
    lock: threading.RLock = field(default_factory=threading.RLock)
    numbers: Any = field(default_factory=lambda: itertools.count(901_097_836_652_708))

    def publishes(self, request: Request) -> bool:
        path = request.path.rsplit("/", 1)[-1]
        last_word = b"upload_phase=finish" in request.body
        return request.method == "POST" and (path in {"feed", "comments"} or (path == "videos" and last_word))

    def refusal(self, fault: Fault) -> Response:
        match fault:
            case Fault.UNAUTHORISED_ONCE:
                return refused(190, "Error validating access token", 463, 401)
            case Fault.TOO_MANY_UNTIL:
                usage = {
                    PAGE: [
                        {"type": "pages", "call_count": 100, "estimated_time_to_regain_access": self.faults.retry_after}
                    ]
                }
                told = refused(32, "Page request limit reached", None, 403)
                return Response(told.status, told.json, {"X-Business-Use-Case-Usage": json.dumps(usage)})
        return refused(4, "Application request limit reached", None, 403)

    def answer(self, request: Request) -> Response:
        version, _slash, path = request.path.strip("/").partition("/")
        if version != self.version:
            return refused(2635, "You are calling a deprecated version", None, 400)
        if asks_consent(request):
            return consent("Facebook", request, self.codes, NO)
        fields = self.fields(request)
        with self.lock:
            if path == "oauth/access_token":
                return self.exchange(fields)
            if self.dead:
                return refused(190, "Error validating access token", self.dead, 401)
            token = fields.get("access_token", "")
            if token == self.user_token and path.startswith("me"):
                return self.of_somebody(path, fields)
            if token != self.token and "|" not in str(token):
                return refused(190, "Invalid OAuth access token.", None, 401)
            return self.graph(request.method, path.split("/"), fields)

    def exchange(self, fields: dict[str, Any]) -> Response:
        """A code for the token of an hour, then that one for the token of two months."""
        code = fields.get("code", "")
        if code in self.spent:
            return refused(100, "This authorization code has been used.", 36_009)
        self.codes.pop(code, None)
        self.spent |= {code} - {""}
        return Response(200, {"access_token": self.user_token, "token_type": "bearer", "expires_in": 5_184_000})

    def fields(self, request: Request) -> dict[str, Any]:
        found: dict[str, Any] = {name: values[0] for name, values in request.query.items()}
        kind = request.headers.get("content-type", "")
        if kind.startswith("multipart/"):
            head = b"Content-Type: " + kind.encode() + b"\r\n\r\n"
            for part in BytesParser(EmailMessage, policy=HTTP).parsebytes(head + request.body).iter_parts():
                name = str(part.get_param("name", header="content-disposition"))
                content = part.get_payload(decode=True)
                found[name] = content if part.get_filename() else bytes(content or b"").decode()
            return found
        return found | {name: values[0] for name, values in request.form.items()}

    def of_somebody(self, path: str, fields: dict[str, Any]) -> Response:
        """A hundred pages on which one does not write come first."""
        if path == "me/businesses":
            return Response(200, {"data": []})
        ours = {
            "id": PAGE,
            "name": "Université de Bretagne-Nord",
            "access_token": self.token,
            "tasks": ["CREATE_CONTENT"],
        }
        if fields.get("after"):
            return Response(200, {"data": [ours]})
        others = [{"id": str(n), "name": f"Page {n}", "access_token": "x", "tasks": ["ANALYZE"]} for n in range(MANY)]
        paging = {"cursors": {"after": "more"}, "next": "https://graph.facebook.com/elsewhere"}
        return Response(200, {"data": others, "paging": paging})

    def graph(self, method: str, parts: list[str], fields: dict[str, Any]) -> Response:  # noqa: C901 - its addresses
        match (method, *parts):
            case ("POST", "1234567890321", "feed"):
                return self.publish(fields)
            case ("POST", "1234567890321", "photos"):
                return self.lay_aside(fields)
            case ("POST", "1234567890321", "videos"):
                return self.film(fields)
            case ("GET", "1234567890321", "published_posts" | "feed"):
                return self.listed(fields)
            case ("POST", post, "comments") if post in self.posts:
                return self.comment(post, fields)
            case ("GET", post, "comments") if post in self.posts:
                return self.paged(list(reversed(self.posts[post]["comments"])), fields)
            case ("GET", post, "insights") if post in self.posts:
                return self.insight(post, fields["metric"])
            case ("GET", post) if post in self.posts:
                return Response(200, self.told(post))
            case ("DELETE", identity) if identity in self.posts or identity in self.photos:
                self.posts.pop(identity, None)
                self.photos.pop(identity, None)
                return Response(200, {"success": True})
            case ("GET", "1234567890321" | "me"):
                named = {"id": PAGE, "name": "Université de Bretagne-Nord", "followers_count": 12_000}
                return Response(200, named | {"link": f"{self.address}/ubn"})
            case ("GET", "me", "accounts"):
                return refused(100, "(#100) Tried accessing nonexisting field (accounts) on node type (Page)")
            case ("GET", "debug_token"):
                return Response(200, {"data": {"is_valid": True, "expires_at": 0, "scopes": ["pages_read_engagement"]}})
        return refused(100, "Unsupported request. Object does not exist", 33)

    def publish(self, fields: dict[str, Any]) -> Response:
        if "pages_manage_posts" in self.missing:
            return refused(200, "(#200) requires pages_manage_posts permission", None, 403)
        text = fields.get("message", "")
        shown = [
            json.loads(value)["media_fbid"]
            for name, value in sorted(fields.items())
            if name.startswith("attached_media")
        ]
        if not (text or shown or fields.get("link")):
            return refused(100, "(#100) Missing message or attachment")
        if re.search(r"https?://(www\.)?facebook\.com", fields.get("link", "")):
            return refused(100, "(#100) link", 1_609_008)
        if any(each not in self.photos for each in shown):
            return refused(100, "(#100) Invalid photo")
        if self.twins and any(post["message"] == text for post in self.posts.values()):
            return refused(506, "Duplicate status message")
        return Response(200, {"id": self.made(text, photos=shown, link=fields.get("link", ""))})

    def made(self, text: str, **more: Any) -> str:
        identity = f"{PAGE}_{next(self.numbers)}"
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S+0000")
        link = f"{self.address}/ubn/posts/{identity.split('_')[1]}"
        told = {"id": identity, "message": text, "created_time": now, "permalink_url": link, "comments": [], **more}
        self.posts[identity] = told
        self.seen_at[identity] = time.time() + self.lag
        return identity

    def told(self, post: str) -> dict[str, Any]:
        held = self.posts[post]
        counted = self.figures.get(post, {})
        return {
            **{name: held[name] for name in ("id", "message", "created_time", "permalink_url", "from") if name in held},
            "shares": {"count": counted.get("shares", 0)},
            "comments": {"data": held["comments"], "summary": {"total_count": len(held["comments"])}},
            "reactions": {"data": [], "summary": {"total_count": counted.get("reactions", 0)}},
        }

    def listed(self, fields: dict[str, Any]) -> Response:
        since = int(fields.get("since", 0))
        seen = [
            self.told(each)
            for each in reversed(self.posts)
            if self.seen_at[each] <= time.time()
            and datetime.fromisoformat(self.posts[each]["created_time"]).timestamp() >= since
        ]
        held = re.search(r"comments.*?limit\((\d+)\)", fields.get("fields", ""))
        if held:
            backwards = "reverse_chronological" in fields["fields"]
            for each in seen:
                said = each["comments"]["data"]
                each["comments"] = {"data": (said[::-1] if backwards else said)[: int(held[1])]}
        return self.paged(seen, fields)

    def paged(self, found: list[dict[str, Any]], fields: dict[str, Any]) -> Response:
        begin, most = int(fields.get("after", 0)), int(fields.get("limit", 25))
        end = begin + most
        more = {"cursors": {"after": str(end)}, "next": "https://graph.facebook.com/next"} if end < len(found) else {}
        return Response(200, {"data": found[begin:end], "paging": more})

    def online(self) -> list[dict[str, str]]:
        with self.lock:
            every = [(post, each) for post in self.posts.values() for each in (post, *post["comments"])]
            return [{"id": each["id"], "text": each["message"], "link": post["permalink_url"]} for post, each in every]

    def let_pass(self, seconds: float) -> None:
        with self.lock:
            for identity, post in self.posts.items():
                self.seen_at[identity] -= seconds
                for each in (post, *post["comments"]):
                    at = datetime.fromisoformat(each["created_time"]) - timedelta(seconds=seconds)
                    each["created_time"] = at.strftime("%Y-%m-%dT%H:%M:%S+0000")

    def comment(self, post: str, fields: dict[str, Any], author: str = PAGE) -> Response:
        identity = f"{post.split('_')[1]}_{next(self.numbers)}"
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S+0000")
        told = {
            "id": identity,
            "message": fields["message"],
            "created_time": now,
            "from": {"id": author, "name": "Amélie"},
        }
        self.posts[post]["comments"].append(told)
        return Response(200, {"id": identity})

    def lay_aside(self, fields: dict[str, Any]) -> Response:
        if len(fields["source"]) > self.heaviest:
            return refused(324, "Missing or invalid image file", 1_366_046)
        identity = str(next(self.numbers))
        self.photos[identity] = {"alt": fields.get("alt_text_custom", ""), "published": fields.get("published")}
        return Response(200, {"id": identity})

    def film(self, fields: dict[str, Any]) -> Response:
        match fields["upload_phase"]:
            case "start":
                identity = str(next(self.numbers))
                self.videos[identity] = bytearray()
                first = {"start_offset": "0", "end_offset": str(min(self.piece, int(fields["file_size"])))}
                self.figures[identity] = {"size": int(fields["file_size"])}
                return Response(200, {"video_id": identity, "upload_session_id": identity, **first})
            case "transfer":
                identity = fields["upload_session_id"]
                self.videos[identity] += fields["video_file_chunk"]
                held, size = len(self.videos[identity]), self.figures[identity]["size"]
                return Response(200, {"start_offset": str(held), "end_offset": str(min(held + self.piece, size))})
        self.made(fields.get("description", ""), video=fields["upload_session_id"])
        return Response(200, {"success": True})

    def insight(self, post: str, metric: str) -> Response:
        if metric in self.retired:
            return refused(100, "(#100) The value must be a valid insights metric")
        value = self.figures.get(post, {}).get(metric)
        rows = [] if value is None else [{"name": metric, "period": "lifetime", "values": [{"value": value}]}]
        return Response(200, {"data": rows})


def transient() -> Response:
    """What is answered although the message may be online: an error 2, which looks as if one should try again."""
    return refused(
        2, "An unexpected error has occurred. Please retry your request later.", None, 500, is_transient=True
    )
