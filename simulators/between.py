"""Stands between us and a real server: all goes through, and faults strike what is published on its way."""

import http.client
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from simulators.faults import Fault, Faults
from simulators.serving import Request, Response

HOP = frozenset({"connection", "transfer-encoding", "content-length", "keep-alive", "host"})


@dataclass
class Between:
    """
    `real`: address of the server; `path`: what publishes there; `lag`: seconds before what is published is in its lists;
    `shown`: how the real server is asked what is online.
    """

    real: str
    path: str
    faults: Faults = field(default_factory=Faults)
    address: str = ""
    lag: float = 0.0
    passed: float = 0.0  # seconds that nobody waited for
    seen_at: dict[str, float] = field(default_factory=dict)
    shown: Callable[[], list[dict[str, str]]] | None = None
    told: list[Request] = field(default_factory=list)
    changed: Callable[[Request, Response], Response] = lambda _request, response: response

    def answer(self, request: Request) -> Response:
        self.told.append(request)
        parts = urlsplit(self.real)
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)
        headers = {name: value for name, value in request.headers.items() if name not in HOP}
        headers["Host"] = parts.netloc
        try:
            connection.request(request.method, request.raw_path, request.body or None, headers)
            reply = connection.getresponse()
            content = reply.read()
        finally:
            connection.close()
        kept = {name: value for name, value in reply.getheaders() if name.lower() not in HOP}
        if self.lag and request.method == "GET" and request.path.endswith("/statuses"):
            content = self.as_it_lags(content)
        return self.changed(request, Response(reply.status, None, kept, content))

    def as_it_lags(self, content: bytes) -> bytes:
        """Without what was first listed a moment ago, as if it were not there yet."""
        told, now = json.loads(content), time.monotonic() + self.passed
        rows = [each for each in told if isinstance(each, dict)] if isinstance(told, list) else None
        if rows is None:
            return content
        return json.dumps(
            [row for row in rows if now - self.seen_at.setdefault(str(row["id"]), now) >= self.lag]
        ).encode()

    def online(self) -> list[dict[str, str]]:
        if self.shown is None:
            raise NotImplementedError("ask the real server")
        return self.shown()

    def let_pass(self, seconds: float) -> None:
        """For what it hides; the clock of a real server is its own."""
        self.passed += seconds

    def publishes(self, request: Request) -> bool:
        return request.method == "POST" and request.path == self.path

    def refusal(self, fault: Fault) -> Response:
        match fault:
            case Fault.TOO_MANY:
                return Response(429, {"error": "RateLimitExceeded", "message": "Rate Limit Exceeded"})
            case Fault.TOO_MANY_UNTIL:
                return Response(429, {"error": "RateLimitExceeded"}, {"Retry-After": str(self.faults.retry_after)})
        return Response(401, {"error": "ExpiredToken", "message": "Token has expired"})
