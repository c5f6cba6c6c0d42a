"""
A simulator of a server of Bluesky (a PDS with the view of the whole network), for the demonstration, which cannot carry a real
one. Rests on the lexicons of AT Protocol: sessions that are renewed, and records whose place is chosen by who writes. It opens
accounts by a password alone; LIERRE_BLUESKY_VIDEO_URL may name it as the service of videos too.
"""

import base64
import hashlib
import json
import secrets
import threading
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from simulators.bluesky_video import Films
from simulators.faults import Fault, Faults
from simulators.serving import Request, Response

HANDLE = "ubn.example"
DID = "did:plc:ubnubnubnubnubnubnubnubn"
# Who has an account here: the house, and somebody who works there. Any other name is taken for the house.
PEOPLE = {HANDLE: DID, "yann.ubn.example": "did:plc:yannyannyannyannyannyann"}
NAMES = {did: handle for handle, did in PEOPLE.items()}
ALIVE = 7_200
XRPC = "/xrpc/"


def refused(status: int, error: str, message: str = "") -> Response:
    return Response(status, {"error": error, "message": message or error})


def token(did: str, scope: str, seconds: int) -> str:
    """As a real one is read by who holds it; signed by nobody."""
    now = int(time.time())
    body = {"sub": did, "scope": scope, "iat": now, "exp": now + seconds, "jti": secrets.token_hex(8)}
    parts = [json.dumps(part).encode() for part in ({"alg": "none", "typ": "at+jwt"}, body)]
    return ".".join(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts) + ".c2ln"


def whose(held: str) -> str:
    body: dict[str, str] = json.loads(base64.urlsafe_b64decode(held.split(".")[1] + "=="))
    return body["sub"]


def cid_of(record: dict[str, Any]) -> str:
    digest = hashlib.sha256(json.dumps(record, sort_keys=True).encode()).digest()
    return "bafyrei" + base64.b32encode(digest).decode().lower().rstrip("=")


@dataclass
class Bluesky:
    """`records`: address → what stands there; `figures`: address → what the network counts."""

    token: str = "an app password of the simulator"
    lag: float = 0.0
    faults: Faults = field(default_factory=Faults)
    address: str = ""
    records: dict[str, dict[str, Any]] = field(default_factory=dict)
    figures: dict[str, dict[str, int]] = field(default_factory=dict)
    sessions: set[str] = field(default_factory=set)
    blobs: dict[str, str] = field(default_factory=dict)
    films: Films = field(default_factory=Films)
    lock: threading.RLock = field(default_factory=threading.RLock)

    def publishes(self, request: Request) -> bool:
        return request.path == f"{XRPC}com.atproto.repo.putRecord"

    def refusal(self, fault: Fault) -> Response:
        match fault:
            case Fault.TOO_MANY | Fault.TOO_MANY_UNTIL:
                until = fault == Fault.TOO_MANY_UNTIL
                reset = {"RateLimit-Reset": str(int(time.time()) + self.faults.retry_after)} if until else {}
                return Response(429, {"error": "RateLimitExceeded", "message": "Rate Limit Exceeded"}, reset)
        return refused(400, "ExpiredToken", "Token has expired")

    def answer(self, request: Request) -> Response:
        with self.lock:
            method = request.path.removeprefix(XRPC)
            if not request.path.startswith(XRPC):
                return refused(404, "NotFound")
            if method.startswith("app.bsky.video."):
                return self.films.answer(method, request)
            match method:
                case "com.atproto.server.createSession":
                    right = request.json.get("password") == self.token
                    did = PEOPLE.get(request.json.get("identifier", ""), DID)
                    return self.session(did) if right else refused(401, "AuthenticationRequired", "Invalid password")
                case "com.atproto.server.describeServer":
                    return Response(200, {"did": "did:web:simulator", "availableUserDomains": [".example"]})
                case "com.atproto.identity.resolveHandle" if request.first("handle") in PEOPLE:
                    return Response(200, {"did": PEOPLE[request.first("handle")]})
            held = request.headers.get("authorization", "").removeprefix("Bearer ")
            if held not in self.sessions:
                return refused(400, "ExpiredToken", "Token has expired")
            if method == "com.atproto.server.getServiceAuth":
                return self.films.letter(request)
            if method == "com.atproto.server.refreshSession":
                self.sessions.discard(held)
                return self.session(whose(held))
            return self.known(method, request, whose(held))

    def session(self, did: str) -> Response:
        access, again = token(did, "com.atproto.appPass", ALIVE), token(did, "com.atproto.refresh", 30 * ALIVE)
        self.sessions |= {access, again}
        document = {"id": did, "service": [{"id": "#atproto_pds", "serviceEndpoint": self.address}]}
        told = {"did": did, "handle": NAMES[did], "active": True, "didDoc": document}
        return Response(200, told | {"accessJwt": access, "refreshJwt": again})

    def known(self, method: str, request: Request, did: str) -> Response:  # noqa: C901 - its addresses
        match method:
            case "com.atproto.server.getSession":
                return Response(200, {"did": did, "handle": NAMES[did], "active": True})
            case "com.atproto.identity.resolveHandle":
                return refused(400, "InvalidRequest", "Unable to resolve handle")
            case "com.atproto.repo.uploadBlob":
                return self.take(request)
            case "com.atproto.repo.putRecord" if request.json["repo"] != did:
                return refused(403, "Forbidden", "This repository is somebody else’s")
            case "com.atproto.repo.putRecord":
                return self.put(request.json)
            case "com.atproto.repo.getRecord":
                uri = "at://" + "/".join(request.first(name) for name in ("repo", "collection", "rkey"))
                held = self.records.get(uri)
                return Response(200, held) if held else refused(400, "RecordNotFound")
            case "com.atproto.repo.deleteRecord":
                asked = request.json
                self.records.pop(f"at://{asked['repo']}/{asked['collection']}/{asked['rkey']}", None)
                return Response(200, {})
            case "app.bsky.feed.getPosts":
                uris = [unquote(each) for each in request.query.get("uris", [])]
                return Response(200, {"posts": [self.seen(uri) for uri in uris if uri in self.records]})
            case "app.bsky.actor.getProfile":
                return Response(200, {"did": did, "handle": NAMES[did], "followersCount": 3_208 if did == DID else 214})
            case "app.bsky.notification.listNotifications":
                return Response(200, {"notifications": []})
        return refused(501, "MethodNotImplemented")

    def take(self, request: Request) -> Response:
        link = "bafkrei" + hashlib.sha256(request.body).hexdigest()[:50]
        kind = self.blobs[link] = request.headers.get("content-type", "")
        return Response(
            200, {"blob": {"$type": "blob", "ref": {"$link": link}, "mimeType": kind, "size": len(request.body)}}
        )

    def put(self, asked: dict[str, Any]) -> Response:
        """`swapRecord: null` creates and nothing else."""
        record = asked["record"]
        if len(str(record.get("text", "")).encode()) > 3_000:
            return refused(400, "InvalidRequest", "Record/text must not be longer than 3000 bytes")
        uri, cid = f"at://{asked['repo']}/{asked['collection']}/{asked['rkey']}", cid_of(record)
        held = self.records.get(uri)
        if held is not None and "swapRecord" in asked and asked["swapRecord"] is None:
            return refused(400, "InvalidSwap", f"Record was at {held['cid']}")
        self.records[uri] = {"uri": uri, "cid": cid, "value": record}
        return Response(200, {"uri": uri, "cid": cid, "commit": {"cid": cid, "rev": asked["rkey"]}})

    def seen(self, uri: str) -> dict[str, Any]:
        counts = {"likeCount": 0, "repostCount": 0, "replyCount": 0, "quoteCount": 0} | self.figures.get(uri, {})
        return {"uri": uri, "cid": self.records[uri]["cid"], "record": self.records[uri]["value"], **counts}

    def online(self) -> list[dict[str, str]]:
        with self.lock:
            return [
                {"id": uri, "text": str(held["value"].get("text", "")),
                 "link": f"{self.address}/profile/{uri.split('/')[2]}/post/{uri.rsplit('/', 1)[1]}"}
                for uri, held in self.records.items()
            ]  # fmt: skip

    def let_pass(self, seconds: float) -> None:
        """A record bears the date that its author gave it."""
