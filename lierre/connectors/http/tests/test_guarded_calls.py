"""What is called outside is what was looked at: no private network, no second answer of a name, no endless reply."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from typing import Any

import pytest

from lierre.connectors.http import Forbidden, NotReached, Receiver, place_of
from lierre.connectors.http.calling import LARGEST
from lierre.connectors.http.places import is_public

HERE = ("127.0.0.0/8",)


class Heard(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.heard.append((self.path, self.headers, body))  # type: ignore[attr-defined]
        status, headers, answer = self.server.answers.get(self.path, (204, {}, b""))  # type: ignore[attr-defined]
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_words: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Any]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Heard)
    server.heard, server.answers = [], {}  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def says(*numbers: str) -> Any:
    """A name that answers these numbers."""
    return lambda _host, _port: list(numbers)


def test_the_number_that_was_judged_is_the_one_that_is_called(server):
    """The name answers an inside number at first, and would answer another one if it were asked again."""
    answers = [["127.0.0.1"], ["10.0.0.1"]]
    receiver = Receiver(f"http://ecoute.example:{server.server_port}/ici", HERE, lambda _host, _port: answers.pop(0))

    answer = receiver.post(b"{}", {"Content-Type": "application/json"})

    path, headers, body = server.heard[0]
    assert (answer.status, answer.is_taken) == (204, True)
    assert (path, body, headers["Host"]) == ("/ici", b"{}", f"ecoute.example:{server.server_port}")
    assert answers == [["10.0.0.1"]]


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",  # noqa: S104
        "224.0.0.1",
        "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::",
        "fec0::1", "ff02::1",
    ],
)  # fmt: skip
def test_a_name_that_leads_inside_is_not_called(number):
    with pytest.raises(Forbidden) as told:
        place_of("https://ecoute.example/", resolve=says(number))

    assert told.value.code == "inside"
    assert not is_public(ip_address(number))


def test_one_inside_number_among_several_is_enough_to_refuse():
    with pytest.raises(Forbidden, match="inside"):
        place_of("https://ecoute.example/", resolve=says("93.184.216.34", "10.0.0.1"))
    assert str(place_of("https://ecoute.example/", resolve=says("93.184.216.34")).number) == "93.184.216.34"


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("ftp://ecoute.example/", "address"), ("https://", "address"), ("https://ecoute.example:99999/", "address"),
        ("https://nom:mot@ecoute.example/", "secret"), ("http://ecoute.example/", "plain"),
        ("https://ecoute.example:25/", "port"), ("https://ecoute.example\\@127.0.0.1/", "address"),
        ("https://ecoute.example/" + "a" * 600, "address"), ("file:///etc/hostname", "address"),
    ],
)  # fmt: skip
def test_addresses_that_are_not_for_us_are_told_apart(url, code):
    with pytest.raises(Forbidden) as told:
        place_of(url, resolve=says("93.184.216.34"))

    assert told.value.code == code


@pytest.mark.parametrize("host", ["127.0.0.1", "0x7f.1", "2130706433", "[::1]", "localhost"])
def test_an_inside_number_is_known_however_it_is_spelled(host):
    with pytest.raises(Forbidden) as told:
        place_of(f"https://{host}/")

    assert told.value.code in {"inside", "nowhere"}


def test_a_redirection_is_not_followed(server):
    server.answers["/ici"] = (302, {"Location": "/secret"}, b"")

    answer = Receiver(f"http://127.0.0.1:{server.server_port}/ici", HERE).post(b"{}", {})

    assert (answer.status, answer.is_taken) == (302, False)
    assert [path for path, _headers, _body in server.heard] == ["/ici"]


def test_a_long_reply_is_not_read_to_its_end(server):
    server.answers["/ici"] = (200, {}, b"a" * (4 * LARGEST))

    answer = Receiver(f"http://127.0.0.1:{server.server_port}/ici", HERE).post(b"{}", {})

    assert len(answer.text) == LARGEST


def test_nobody_at_the_other_end_is_said_so(server):
    port = server.server_port
    server.shutdown()
    server.server_close()

    with pytest.raises(NotReached) as told:
        Receiver(f"http://127.0.0.1:{port}/", HERE).post(b"{}", {})

    assert told.value.code == "unreachable"


def test_the_proxy_of_the_machine_does_not_see_what_leaves(server, monkeypatch):
    """A proxy would resolve the name again, wherever it likes."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")

    assert Receiver(f"http://127.0.0.1:{server.server_port}/", HERE).post(b"{}", {}).is_taken
