"""Stands between us and a real server: all goes through, and faults strike what is published on its way."""

import http.client
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from simulators.faults import Fault, Faults
from simulators.serving import Request, Response

HOP = frozenset({"connection", "transfer-encoding", "content-length", "keep-alive", "host"})


@dataclass
class Between:
    """`real`: address of the server; `path`: what publishes there."""

    real: str
    path: str
    faults: Faults = field(default_factory=Faults)
    address: str = ""
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
        return self.changed(request, Response(reply.status, None, kept, content))

    def online(self) -> list[dict[str, str]]:
        raise NotImplementedError("ask the real server")

    def let_pass(self, seconds: float) -> None:
        raise NotImplementedError("the clock of a real server is its own")

    def publishes(self, request: Request) -> bool:
        return request.method == "POST" and request.path == self.path

    def refusal(self, fault: Fault) -> Response:
        match fault:
            case Fault.TOO_MANY:
                return Response(429, {"error": "RateLimitExceeded", "message": "Rate Limit Exceeded"})
            case Fault.TOO_MANY_UNTIL:
                return Response(429, {"error": "RateLimitExceeded"}, {"Retry-After": str(self.faults.retry_after)})
        return Response(401, {"error": "ExpiredToken", "message": "Token has expired"})
