"""Serves both networks on one port of the loopback: `python -m lierre.publishing.tests.faithful.server --port 0`.

`POST /_control` says how to misbehave, `GET /_state` what is really online.
"""

import argparse
import json
import socket
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

from lierre.publishing.tests.faithful.bluesky import Bluesky
from lierre.publishing.tests.faithful.consent import Consents
from lierre.publishing.tests.faithful.faults import Faults
from lierre.publishing.tests.faithful.files import Files
from lierre.publishing.tests.faithful.mastodon import Mastodon


class World:
    def __init__(self) -> None:
        self.faults, self.mastodon, self.bluesky = Faults(), Mastodon(), Bluesky()
        self.files = Files()
        self.writes = 0
        self.revoked: set[str] = set()  # tokens that open nothing any more; "bluesky": no session there
        self.consents = Consents(self.revoked)

    def control(self, asked: dict[str, Any]) -> None:
        faults = self.faults
        faults.share = asked.get("share", faults.share)
        faults.kinds = tuple(asked.get("kinds", faults.kinds))
        faults.slow = asked.get("slow", faults.slow)
        faults.next += asked.get("next", [])
        faults.refused_once |= set(asked.get("refuse_once", []))
        if "seed" in asked:
            faults.random.seed(asked["seed"])
        self.mastodon.lag = asked.get("lag", self.mastodon.lag)
        self.mastodon.passed += asked.get("pass", 0.0)
        self.mastodon.honours_key = asked.get("honours_key", self.mastodon.honours_key)

    def state(self) -> dict[str, Any]:
        shown = ("id", "url", "text", "token")
        statuses = [
            {name: each[name] for name in shown} | {"after": each["in_reply_to_id"]} for each in self.mastodon.statuses
        ]
        records = [{"id": each["uri"], "text": each["value"].get("text", ""), "after": each["value"].get("reply")}
                   for each in self.bluesky.records.values()]  # fmt: skip
        return {"mastodon": statuses, "bluesky": records, "writes": self.writes, "faults": self.faults.drawn,
                "sessions": self.bluesky.sessions}  # fmt: skip


class Answering(BaseHTTPRequestHandler):
    world: ClassVar[World] = World()
    protocol_version = "HTTP/1.1"

    def log_message(self, *_arguments: Any) -> None:
        pass

    @property
    def base(self) -> str:
        return f"http://{self.headers.get('Host', 'localhost')}"

    @property
    def token(self) -> str:
        return self.headers.get("Authorization", "").removeprefix("Bearer ").strip()

    @property
    def is_open(self) -> bool:
        return self.token.startswith("token-") and self.token not in self.world.revoked

    def body(self) -> dict[str, Any]:
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if "json" in self.headers.get("Content-Type", ""):
            found: dict[str, Any] = json.loads(raw or b"{}")
            return found
        return {
            name.removesuffix("[]"): values if name == "media_ids[]" else values[0]
            for name, values in parse_qs(raw.decode(), keep_blank_values=True).items()
        }

    def say(self, status: int, told: Any, **headers: str) -> None:
        raw = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(raw)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(raw)

    def hang_up(self) -> None:
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def do_GET(self) -> None:
        path, asked = (
            urlsplit(self.path).path,
            {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()},
        )
        mastodon, bluesky = self.world.mastodon, self.world.bluesky
        if path == "/_state":
            return self.say(200, self.world.state())
        if path.startswith("/xrpc/"):
            return self.read_bluesky(path.removeprefix("/xrpc/"), asked)
        if path in {"/api/v2/instance", "/api/v1/instance"}:
            is_known = mastodon.honours_key or path.startswith("/api/v1")
            return self.say(200, mastodon.instance()) if is_known else self.say(404, {"error": "Not found"})
        if path.startswith("/@") or path == "/oauth/authorize":
            return self.show(path, asked)
        if not self.is_open:
            return self.say(401, {"error": "The access token is invalid"})
        if path == "/api/v1/accounts/verify_credentials":
            return self.say(200, mastodon.account(self.token, self.base))
        if path.endswith("/statuses") and path.startswith("/api/v1/accounts/"):
            limit = min(int(asked.get("limit", 20)), 40)
            return self.say(200, mastodon.listing(self.token, limit, asked.get("max_id", ""), asked.get("min_id", "")))
        if path.startswith("/api/v1/statuses/"):
            found = mastodon.one(path.rsplit("/", 1)[1])
            return self.say(200, found) if found else self.say(404, {"error": "Record not found"})
        if path == "/api/v1/apps/verify_credentials":
            return self.say(200, {"name": "Lierre", "scopes": ["read", "write"]})
        del bluesky
        return self.say(404, {"error": "Not found"})

    def show(self, path: str, asked: dict[str, str]) -> None:
        """What anybody sees: a page for consent, the public page of the account."""
        page = (self.world.consents.page(asked) if path == "/oauth/authorize" else path).encode()
        self.send_response(200 if path in {"/oauth/authorize", "/@univ"} else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def read_bluesky(self, name: str, asked: dict[str, str]) -> None:
        if name == "com.atproto.repo.getRecord":
            return self.say(*self.world.bluesky.get(asked["repo"], asked["collection"], asked["rkey"]))
        if name == "app.bsky.feed.getPosts":
            uris = parse_qs(urlsplit(self.path).query).get("uris", [])
            if not all(uri.startswith("at://did:") for uri in uris):
                return self.say(400, {"error": "InvalidRequest", "message": "Error: uris must be a valid at-uri"})
            return self.say(200, {"posts": self.world.bluesky.posts(uris)})
        if name == "app.bsky.actor.getProfile":
            return self.say(200, {"did": asked["actor"], "followersCount": self.world.bluesky.followers})
        if name.startswith("com.atproto.server."):
            return self.say(*self.of_the_server(name))
        if name == "com.atproto.identity.resolveHandle":
            return self.say(200, {"did": self.world.bluesky.did(asked["handle"])})
        if name == "com.atproto.repo.listRecords":
            kept = [each for (repo, *_), each in self.world.bluesky.records.items() if repo == asked["repo"]]
            return self.say(200, {"records": kept[-50:]})
        return self.say(501, {"error": "MethodNotImplemented", "message": name})

    def of_the_server(self, name: str) -> tuple[int, dict[str, Any]]:
        if name == "com.atproto.server.describeServer":
            return 200, {"did": "did:web:localhost", "availableUserDomains": [".test"], "inviteCodeRequired": False}
        if "bluesky" in self.world.revoked:
            return 400, {"error": "ExpiredToken", "message": "Token has been revoked"}
        return 200, {"did": self.did, "handle": "univ.test", "active": True}

    @property
    def did(self) -> str:
        import base64

        middle = self.token.split(".")[1]
        return str(json.loads(base64.urlsafe_b64decode(middle + "=" * (-len(middle) % 4)))["sub"])

    def do_POST(self) -> None:
        path, world = urlsplit(self.path).path, self.world
        if path in {"/api/v2/media", "/xrpc/com.atproto.repo.uploadBlob"}:
            return self.keep_file(path)
        return self.take(path, world)

    def take(self, path: str, world: World) -> None:
        asked = self.body()
        if path == "/_control":
            world.control(asked)
            return self.say(200, {})
        if path == "/xrpc/com.atproto.server.createSession":
            if asked.get("password") == "wrong" or "bluesky" in world.revoked:
                return self.say(401, {"error": "AuthenticationRequired", "message": "Invalid identifier or password"})
            return self.say(200, world.bluesky.session(str(asked["identifier"]), self.base))
        if path == "/xrpc/com.atproto.server.refreshSession":
            if "bluesky" in world.revoked:
                return self.say(400, {"error": "ExpiredToken", "message": "Token has been revoked"})
            handle = world.bluesky.handles.get(self.did, "univ.test")
            return self.say(200, world.bluesky.session(handle, self.base))
        if path in {"/api/v1/apps", "/oauth/token", "/oauth/revoke"}:
            return self.say(*world.consents.answer(path, asked))
        if path == "/api/v1/statuses":
            return self.write(
                lambda: world.mastodon.post(self.token, self.base, self.headers.get("Idempotency-Key", ""), asked)
            )
        if path == "/xrpc/com.atproto.repo.putRecord":
            return self.write(lambda: world.bluesky.put(asked))
        return self.say(404, {"error": "Not found"})

    def keep_file(self, path: str) -> None:
        """Nobody sees it until something shows it."""
        raw, kind = self.rfile.read(int(self.headers.get("Content-Length") or 0)), self.headers.get("Content-Type", "")
        files = self.world.files
        self.say(200, files.attach(kind, raw, self.base) if path.startswith("/api/") else files.blob(kind, raw))

    def write(self, act: Any) -> None:
        """Something that becomes visible, with what may go wrong around it."""
        self.world.writes += 1
        bluesky = "/xrpc/" in self.path
        if self.token in self.world.faults.refused_once:
            self.world.faults.refused_once.discard(self.token)
            return self.say(401, unknown(bluesky))
        if not bluesky and not self.is_open:
            return self.say(401, {"error": "The access token was revoked"})
        fault = self.world.faults.draw()
        if fault == "drop-before":
            return self.hang_up()
        if fault == "401-once":
            return self.say(401, unknown(bluesky))
        if fault.startswith("429"):
            reset = time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime(time.time() + 1))
            known = {"Retry_After": "1", "X_RateLimit_Reset": reset} if fault.endswith("after") else {}
            return self.say(429, {"error": "Too many requests"}, **known)
        if fault == "500-before":
            return self.say(500, {"error": "InternalServerError"})
        status, told = act()
        if fault == "commit-drop":
            return self.hang_up()
        if fault == "commit-slow":
            time.sleep(self.world.faults.slow)
        elif fault.startswith("commit-"):
            return self.say(int(fault[-3:]), {"error": "Something went wrong"})
        return self.say(status, {name: value for name, value in told.items() if name not in {"text", "at", "token"}})


def unknown(bluesky: bool) -> dict[str, str]:
    return {
        "error": "InvalidToken" if bluesky else "The access token is invalid",
        "message": "Token could not be verified",
    }


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256  # five, by default: a sixth caller would wait for a second

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever called was killed, or did not wait."""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=0)
    server = Server(("127.0.0.1", parser.parse_args().port), Answering)
    sys.stdout.write(json.dumps({"ready": True, "port": server.server_address[1]}) + "\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    main()
