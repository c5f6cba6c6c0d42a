"""A small LinkedIn on this machine, as its documentation and its samples say it answers; it speaks HTTP for good."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN = "a token of the simulator"
VERSION = "202312"


@dataclass
class LinkedIn:
    """`pages`: domain → its pages of rows. `answers`: what is answered first, whatever is asked: (status, body, headers)."""

    pages: dict[str, list[list[dict[str, str]]]] = field(default_factory=dict)
    events: list[dict[str, Any]] = field(default_factory=list)
    answers: list[tuple[int, Any, dict[str, str]]] = field(default_factory=list)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    codes: dict[str, str] = field(default_factory=dict)  # code → scope of the token it gives
    address: str = ""

    def answer(self, path: str, query: dict[str, str], headers: Any) -> tuple[int, Any, dict[str, str]]:
        self.asked.append((path, query))
        if self.answers:
            return self.answers.pop(0)
        if headers.get("Authorization") != f"Bearer {TOKEN}":
            return 401, {"status": 401, "serviceErrorCode": 65600, "code": "INVALID_ACCESS_TOKEN"}, {}
        if not headers.get("Linkedin-Version"):
            return 400, {"status": 400, "code": "VERSION_MISSING"}, {}
        if headers["Linkedin-Version"] != VERSION:
            return 426, {"status": 426, "code": "NONEXISTENT_VERSION"}, {}
        if path == "/rest/memberSnapshotData":
            return self.snapshot(query)
        if path == "/rest/memberChangeLogs":
            return self.changes(query)
        return 404, {"message": "No virtual resource found"}, {}

    def snapshot(self, query: dict[str, str]) -> tuple[int, Any, dict[str, str]]:
        """`start` is the number of a page; after the last one, 404. `total` is not to be believed."""
        domain, start = query.get("domain", ""), int(query.get("start", 0))
        pages = self.pages.get(domain, [])
        if query.get("q") != "criteria" or start >= len(pages):
            return 404, {"message": "No data found for this memberId"}, {}
        href = f"/rest/memberSnapshotData?count=10&domain={domain}&q=criteria&start={start + 1}"
        # The link to the next page is there even when it holds nothing.
        links = [{"type": "application/json", "rel": "next", "href": href}]
        elements = [{"snapshotDomain": domain, "snapshotData": pages[start]}]
        return 200, {"paging": {"start": start, "count": 10, "links": links, "total": 2}, "elements": elements}, {}

    def changes(self, query: dict[str, str]) -> tuple[int, Any, dict[str, str]]:
        start, count = int(query["startTime"]), int(query["count"])
        if not 10 <= count <= 50:
            return 400, {"message": "count must be between 10 and 50"}, {}
        later = [event for event in self.events if event["processedAt"] >= start]
        return 200, {"paging": {"start": 0, "count": count, "links": []}, "elements": later[:count]}, {}

    def exchange(self, form: dict[str, str]) -> tuple[int, Any, dict[str, str]]:
        scope = self.codes.pop(form.get("code", ""), None)
        if scope is None or form.get("client_secret") != "the secret":
            return 400, {"error": "invalid_request"}, {}
        return 200, {"access_token": TOKEN, "expires_in": 5_184_000, "scope": scope}, {}


def handler_of(linkedin: LinkedIn) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            self.give(*linkedin.answer(parts.path, query, self.headers))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            self.give(*linkedin.exchange({name: values[0] for name, values in parse_qs(body).items()}))

        def give(self, status: int, body: Any, headers: dict[str, str]) -> None:
            content = body if isinstance(body, bytes) else json.dumps(body).encode()
            self.send_response(status)
            for name, value in {
                "Content-Type": "application/json",
                "Content-Length": str(len(content)),
                **headers,
            }.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_words: Any) -> None:
            """Nothing is said aloud."""

    return Handler


@contextmanager
def living(linkedin: LinkedIn) -> Iterator[LinkedIn]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(linkedin))
    linkedin.address = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield linkedin
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
