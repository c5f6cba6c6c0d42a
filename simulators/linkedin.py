"""
A simulator of LinkedIn for those who publish: posts, comments, files, roles, figures, and everything that goes wrong there.

Rests on the documentation of LinkedIn (versions, quotas, errors, roles, webhooks) and, for what it does not say, on public
clients: the silent cut of a text at a sign that is not escaped (three of them), the refusal that names a twin (one), files
that only the token of a page can read (two). How much it counts before escaping or after is not known.
"""

import itertools
import re
import secrets
import threading
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from simulators.consenting import asks_consent, consent
from simulators.faults import Fault, Faults
from simulators.linkedin_pages import SCOPE as PORTABLE
from simulators.linkedin_pages import by_portability, page_of
from simulators.linkedin_texts import as_read, cut, urns_in
from simulators.serving import Request, Response

PAGE = "urn:li:organization:2414183"
PERSON = "urn:li:person:Yann01"
DAY = 86_400
NO = {"error": "user_cancelled_authorize", "error_description": "The user cancelled LinkedIn authorization"}


def refused(status: int, code: str, message: str, number: int | None = None) -> Response:
    return Response(status, {"status": status, "serviceErrorCode": number or status, "code": code, "message": message})


@dataclass
class LinkedIn:
    """
    `scopes` of its token; `role` of its person on the page; `lag`: seconds before a post is in the list; `quota` of calls of
    a day; `slow_media`: how many times one must ask after a file; `fails_media`: whether it cannot be read in the end. What is
    online is in `posts` and `comments`.
    """

    token: str = "a token of the simulator"
    scopes: set[str] = field(default_factory=lambda: {
        "openid", "profile", "w_member_social", "w_organization_social", "r_organization_social", "rw_organization_admin",
    })  # fmt: skip
    role: str = "ADMINISTRATOR"
    versions: set[str] = field(default_factory=lambda: {"202607", "202606"})
    lag: float = 0.0
    quota: int = 100_000
    other_roles: int = 0  # on pages that come before ours in the list, and where one does not write
    slow_media: int = 0
    fails_media: bool = False
    faults: Faults = field(default_factory=Faults)
    address: str = ""
    posts: dict[str, dict[str, Any]] = field(default_factory=dict)
    comments: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    files: dict[str, int] = field(default_factory=dict)
    parts: dict[str, list[bytes]] = field(default_factory=dict)
    ghosts: dict[tuple[str, str], str] = field(default_factory=dict)  # (author, text) → URN: refused a day and more
    seen_at: dict[str, float] = field(default_factory=dict)
    figures: dict[str, dict[str, int]] = field(default_factory=dict)
    told: list[dict[str, Any]] = field(default_factory=list)  # notifications
    codes: dict[str, str] = field(default_factory=dict)
    given: dict[str, str] = field(default_factory=dict)  # keys that somebody consented to → what they open
    called: int = 0
    lock: threading.RLock = field(default_factory=threading.RLock)
    numbers: Any = field(default_factory=lambda: itertools.count(7_100_000_000_000_000_001))

    def publishes(self, request: Request) -> bool:
        return request.method == "POST" and (request.path == "/rest/posts" or request.path.endswith("/comments"))

    def refusal(self, fault: Fault) -> Response:
        if fault == Fault.UNAUTHORISED_ONCE:
            return refused(401, "EXPIRED_ACCESS_TOKEN", "The token used in the request has expired", 65602)
        headers = {"Retry-After": str(self.faults.retry_after)} if fault == Fault.TOO_MANY_UNTIL else {}
        throttled = {"status": 429, "serviceErrorCode": 429}
        return Response(
            429,
            throttled | {"message": "Resource level throttle limit for calls to this resource is reached."},
            headers,
        )

    def answer(self, request: Request) -> Response:
        with self.lock:
            if asks_consent(request):
                return consent("LinkedIn", request, self.codes, NO)
            if request.path == "/oauth/v2/accessToken":
                return self.exchange(request)
            if request.path == "/oauth/v2/revoke":
                return self.take_back(request)
            if request.path.startswith("/dms-uploads/"):
                return self.take(request)
            if request.path.startswith("/feed/update/"):
                return self.shown(request.path.split("/")[3])
            return self.guarded(request)

    def guarded(self, request: Request) -> Response:
        held = request.headers.get("authorization", "").removeprefix("Bearer ")
        if not held or (held != self.token and held not in self.given):
            return refused(401, "INVALID_ACCESS_TOKEN", "Invalid access token", 65600)
        if request.path == "/v2/userinfo":
            told = Response(200, {"sub": "Yann01", "name": "Yann Le Goff"})
            return told if "openid" in self.scopes else self.denied()
        version = request.headers.get("linkedin-version", "")
        if not version:
            return refused(400, "VERSION_MISSING", "A version must be present.")
        if version not in self.versions:
            return refused(426, "NONEXISTENT_VERSION", f"Requested version {version} is not active")
        self.called += 1
        if self.called > self.quota:
            return self.refusal(Fault.TOO_MANY)
        return self.rest(request)

    def rest(self, request: Request) -> Response:  # noqa: C901 - its addresses
        method, parts = request.method, request.path.strip("/").split("/")[1:]
        match (method, *parts):
            case ("POST", "posts"):
                return self.publish(request)
            case ("GET", "posts"):
                return self.listed(request)
            case ("GET", "posts", urn):
                gone = refused(404, "NOT_FOUND", "no such post")
                return Response(200, self.posts[urn]) if urn in self.posts else gone
            case ("DELETE", "posts", urn):
                return self.delete(urn)
            case ("POST", "socialActions", urn, "comments"):
                return self.comment(request, urn)
            case ("GET", "socialActions", urn, "comments"):
                return Response(200, {"elements": self.comments.get(urn, [])})
            case ("POST", "images" | "documents" | "videos", *_):
                return self.begin_upload(request, parts[0])
            case ("GET", "images" | "documents" | "videos", urn) if urn in self.files:
                return self.look_at(urn)
            case ("GET", "organizationAcls"):
                return self.roles(request)
            case ("GET", "organizations", number):
                named = {"localizedName": "Université de Bretagne-Nord", "vanityName": "ubn"}
                return Response(200, {"id": number, **named})
            case ("GET", "organizationalEntityShareStatistics"):
                return self.statistics(request)
            case ("GET", "networkSizes", _):
                return Response(200, {"firstDegreeSize": 21_914})
            case ("GET", "organizationalEntityNotifications"):
                return page_of(self.told, request, 50)
            case ("GET", name) if name.startswith("dma"):
                return by_portability(self, request, name) if PORTABLE in self.scopes else self.denied()
        return refused(404, "RESOURCE_NOT_FOUND", "No virtual resource found")

    def denied(self) -> Response:
        return refused(403, "ACCESS_DENIED", "Not enough permissions to access this resource", 100)

    def may(self, scope: str, author: str = "") -> bool:
        posts_for_it = author != PAGE or self.role in {"ADMINISTRATOR", "CONTENT_ADMINISTRATOR"}
        return scope in self.scopes and posts_for_it

    def publish(self, request: Request) -> Response:
        body = request.json
        author, commentary = body.get("author", ""), body.get("commentary", "")
        if author not in {PAGE, PERSON}:
            return refused(422, "INVALID_AUTHOR", "author is not valid")
        if not self.may("w_organization_social" if author == PAGE else "w_member_social", author):
            return self.denied()
        if len(commentary) > 3_000:
            return refused(422, "FIELD_LENGTH_TOO_LONG", "commentary: the length exceeds 3000")
        if waiting := [urn for urn in urns_in(body.get("content")) if self.files.get(urn, -1) != 0]:
            known = waiting[0] in self.files
            code = "MEDIA_ASSET_WAITING_UPLOAD" if known else "INVALID_URN_ID"
            return refused(400, code, f"{waiting[0]} is not ready")
        seen = as_read(cut(commentary))
        if twin := self.ghosts.get((author, seen)):
            return refused(422, "DUPLICATE_POST", f"Content is a duplicate of {twin}")
        urn, now = f"urn:li:share:{next(self.numbers)}", int(time.time() * 1000)
        # Cut, and not a word of it: that is what makes it dangerous.
        self.posts[urn] = {**body, "commentary": cut(commentary), "id": urn, "createdAt": now, "publishedAt": now}
        self.ghosts[author, seen] = urn
        self.seen_at[urn] = time.time() + self.lag
        return Response(201, None, {"x-restli-id": urn})

    def listed(self, request: Request) -> Response:
        author = request.first("author")
        if author != PAGE or not self.may("r_organization_social"):
            return self.denied()
        latest = [post for post in reversed(self.posts.values()) if post["author"] == author]
        seen = [post for post in latest if self.seen_at[post["id"]] <= time.time()]
        count = int(request.first("count", "10"))
        return Response(200, {"elements": seen[:count], "paging": {"start": 0, "count": count, "links": []}})

    def online(self) -> list[dict[str, str]]:
        with self.lock:
            found = []
            for urn, post in self.posts.items():
                link = f"{self.address}/feed/update/{urn}/"
                found.append({"id": urn, "text": as_read(post["commentary"]), "link": link})
                for each in self.comments.get(urn, ()):
                    identity = f"urn:li:comment:({urn},{each['id']})"
                    found.append({"id": identity, "text": each["message"]["text"], "link": link})
            return found

    def let_pass(self, seconds: float) -> None:
        with self.lock:
            for urn, post in self.posts.items():
                post["createdAt"] -= int(seconds * 1000)
                self.seen_at[urn] -= seconds
            for each in (each for found in self.comments.values() for each in found):
                each["created"]["time"] -= int(seconds * 1000)

    def delete(self, urn: str) -> Response:
        """What was there keeps its place: the same text is refused for a day and more."""
        if self.posts.pop(urn, None):
            self.comments.pop(urn, None)
        return Response(204)

    def comment(self, request: Request, urn: str) -> Response:
        body = request.json
        if urn not in self.posts:
            return refused(404, "NOT_FOUND", "no such post")
        if len(body["message"]["text"]) > 1_250:
            return refused(422, "FIELD_LENGTH_TOO_LONG", "message: the length exceeds 1250")
        number, now = str(next(self.numbers)), int(time.time() * 1000)
        written = {**body, "id": number, "created": {"actor": body["actor"], "time": now}}
        self.comments.setdefault(urn, []).append(written)
        return Response(201, {"id": number}, {"x-restli-id": number})

    def begin_upload(self, request: Request, kind: str) -> Response:
        if request.first("action") == "finalizeUpload":
            asked = request.json["finalizeUploadRequest"]
            taken = self.parts.get(asked["video"], [])
            marks = [f"mark-{place}" for place in range(len(taken))]
            return (
                Response(200)
                if asked["uploadedPartIds"] == marks
                else refused(400, "INVALID_PARTS", "parts are missing")
            )
        asked, number = request.json["initializeUploadRequest"], next(self.numbers)
        urn = f"urn:li:{kind[:-1]}:C{number}"
        self.files[urn] = self.slow_media + 1 if kind == "videos" else -1
        if kind != "videos":
            return Response(200, {"value": {"uploadUrl": f"{self.address}/dms-uploads/{urn}/0", kind[:-1]: urn}})
        size, step = asked["fileSizeBytes"], 4 * 1024 * 1024
        parts = [
            {
                "uploadUrl": f"{self.address}/dms-uploads/{urn}/{place}",
                "firstByte": first,
                "lastByte": min(first + step, size) - 1,
            }
            for place, first in enumerate(range(0, size, step))
        ]
        return Response(200, {"value": {"uploadInstructions": parts, "video": urn, "uploadToken": ""}})

    def take(self, request: Request) -> Response:
        urn, place = request.path.split("/")[2:4]
        if "video" in urn and "authorization" in request.headers:
            return Response(403)  # the address is signed: a token there is one key too many
        self.parts.setdefault(urn, []).append(request.body)
        if "video" not in urn:
            self.files[urn] = self.slow_media
        return Response(201, None, {"ETag": f'"mark-{place}"'})

    def look_at(self, urn: str) -> Response:
        if "video" not in urn and "r_organization_social" not in self.scopes:
            return self.denied()
        self.files[urn] = max(self.files[urn] - 1, 0)
        read = "PROCESSING_FAILED" if self.fails_media else "AVAILABLE"
        return Response(200, {"id": urn, "status": "PROCESSING" if self.files[urn] else read})

    def roles(self, request: Request) -> Response:
        if "rw_organization_admin" not in self.scopes:
            return self.denied()
        held = {"organization": PAGE, "roleAssignee": PERSON, "role": self.role, "state": "APPROVED"}
        others = [held | {"organization": f"{PAGE}{n}", "role": "ANALYST"} for n in range(self.other_roles)]
        return page_of([*others, *([held] if self.role else [])], request, 25)

    def statistics(self, request: Request) -> Response:
        asked = re.findall(r"urn:li:share:\d+", request.first("shares"))
        rows = [
            {"organizationalEntity": PAGE, "share": urn, "totalShareStatistics": self.figures[urn]}
            for urn in asked
            if urn in self.figures
        ]
        return Response(200, {"elements": rows})

    def exchange(self, request: Request) -> Response:
        form = parse_qs(request.body.decode())
        scope = self.codes.pop(form.get("code", [""])[0], None)
        is_unknown = scope is None and form["grant_type"] == ["authorization_code"]
        if is_unknown or form.get("client_secret") != ["the secret"]:
            return Response(400, {"error": "invalid_request"})
        self.given[key := secrets.token_urlsafe(24)] = scope or ""  # each consent has its own, that is taken back alone
        return Response(200, {"access_token": key, "expires_in": 60 * DAY, "scope": scope or ""})

    def take_back(self, request: Request) -> Response:
        key = request.form.get("token", [""])[0]
        self.token = "" if self.given.pop(key, key) == self.token else self.token
        return Response(200)

    def shown(self, urn: str) -> Response:
        post = self.posts.get(urn)
        text = as_read(post["commentary"]) if post else "Gone"
        return Response(200 if post else 404, None, {"Content-Type": "text/plain; charset=utf-8"}, text.encode())
