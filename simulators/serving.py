"""A simulator that is really there: it speaks HTTP on this machine, and faults strike what is written to it."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Protocol
from urllib.parse import parse_qs, unquote, urlsplit

from simulators.faults import COMMITS, Drawn, Fault, Faults

# For who runs in another process: POST ["commit-then-drop", …], or {"share": 0.25, "slow": 0.6} for faults drawn at random;
# POST 21 (seconds that pass at once); GET what is online.
CONTROL, PASS, ONLINE = "/_simulator/faults", "/_simulator/pass", "/_simulator/online"


@dataclass(frozen=True)
class Request:
    """`path` decoded, `raw_path` as it came; names of headers in lower case."""

    method: str
    path: str
    raw_path: str
    query: dict[str, list[str]]
    headers: dict[str, str]
    body: bytes = b""

    def first(self, name: str, default: str = "") -> str:
        return self.query.get(name, [default])[0]

    @property
    def json(self) -> Any:
        return json.loads(self.body or b"null")

    @property
    def form(self) -> dict[str, list[str]]:
        return parse_qs(self.body.decode(), keep_blank_values=True)


@dataclass(frozen=True)
class Response:
    status: int = 200
    json: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    content: bytes = b""

    @property
    def body(self) -> bytes:
        return self.content if self.json is None else json.dumps(self.json).encode()


class Simulator(Protocol):
    """`publishes` says which requests make something visible: faults strike those alone."""

    faults: Faults
    address: str

    def answer(self, request: Request) -> Response: ...

    def publishes(self, request: Request) -> bool: ...

    def online(self) -> list[dict[str, str]]:
        """`id`, `text` and `link` of all that anybody can read, comments too."""
        ...

    def let_pass(self, seconds: float) -> None:
        """All that was published is so much older."""
        ...

    def refusal(self, fault: Fault) -> Response:
        """How this network says that one asked too often, or is not known."""
        ...


class Server(ThreadingHTTPServer):
    request_queue_size = 128
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Who hangs up on us is no accident here."""


@contextmanager
def living(simulator: Simulator, port: int = 0) -> Iterator[str]:
    """Served until the end of the block; its address."""
    server = Server(("127.0.0.1", port), handler(simulator))
    simulator.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield simulator.address
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def struck(simulator: Simulator, request: Request) -> Response | None:
    """What is answered, faults included; None: the line is cut."""
    if request.path.startswith("/_simulator/"):
        return controlled(simulator, request)
    if request.method == "GET" and "text/html" in request.headers.get("accept", "") and "oauth" not in request.path:
        from simulators.wall import wall

        return wall(simulator, request)
    fault = simulator.faults.next() if simulator.publishes(request) else None
    if fault == Fault.DROP_BEFORE:
        return None
    if fault and fault not in COMMITS:
        return simulator.refusal(fault)
    response = simulator.answer(request)
    match fault:
        case Fault.COMMIT_THEN_DROP:
            return None
        case Fault.COMMIT_THEN_500 | Fault.COMMIT_THEN_502:
            return Response(int(fault[-3:]), {"error": "please retry your request later"})
        case Fault.COMMIT_THEN_SLOW:
            time.sleep(simulator.faults.slow)
    return response


def controlled(simulator: Simulator, request: Request) -> Response:
    match request.path:
        case path if path == CONTROL:
            told = request.json
            if isinstance(told, dict):
                simulator.faults = Drawn(struck=simulator.faults.struck, **told)
            else:
                simulator.faults.strike(*(Fault(each) for each in told))
        case path if path == PASS:
            simulator.let_pass(float(request.json))
        case path if path == ONLINE:
            return Response(200, {"online": simulator.online(), "struck": simulator.faults.struck})
    return Response(204)


def handler(simulator: Simulator) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_all(self) -> None:
            response = struck(simulator, self.heard())
            self.close_connection = True
            if response is None:
                self.connection.shutdown(socket.SHUT_RDWR)
            else:
                self.say(response)

        do_GET = do_POST = do_PUT = do_DELETE = handle_all  # noqa: N815 - the names of http.server

        def heard(self) -> Request:
            parts = urlsplit(self.path)
            query = parse_qs(parts.query, keep_blank_values=True)
            headers = {name.lower(): value for name, value in self.headers.items()}
            body = self.rfile.read(int(headers.get("content-length", 0)))
            return Request(self.command, unquote(parts.path), self.path, query, headers, body)

        def say(self, response: Response) -> None:
            self.send_response(response.status)
            body = response.body
            headers = {"Content-Type": "application/json", "Content-Length": str(len(body)), "Connection": "close"}
            for name, value in {**headers, **response.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_words: Any) -> None:
            """Nothing is said aloud."""

    return Handler
