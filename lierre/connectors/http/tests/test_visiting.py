"""A server that is spoken to: what matters most is whether a request may have been heard, when nobody answered it."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from lierre.connectors.http import LOOPBACK, NotReached, Server, Slice


@contextmanager
def answering(*pieces: bytes, pause: float = 0.0, cut: bool = False) -> Iterator[tuple[str, list[bytes]]]:
    """A server that reads one request after another and answers these bytes, slowly if asked; then hangs up."""
    listening, heard = socket.create_server(("127.0.0.1", 0)), []

    def serve() -> None:
        while True:
            try:
                line, _from = listening.accept()
            except OSError:
                return
            with line:
                heard.append(request_from(line))
                if cut:
                    continue
                for piece in pieces:
                    time.sleep(pause)
                    try:
                        line.sendall(piece)
                    except OSError:
                        break

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}", heard
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join(5)


def request_from(line: socket.socket) -> bytes:
    """Whole, in however many pieces it comes."""
    heard = line.recv(65_536)
    head, end, body = heard.partition(b"\r\n\r\n")
    length = next(
        (int(each.partition(b":")[2]) for each in head.split(b"\r\n") if each.lower().startswith(b"content-length:")), 0
    )
    while end and len(body) < length and (more := line.recv(65_536)):
        heard, body = heard + more, body + more
    return heard


OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"


def test_it_is_asked_and_answers():
    with answering(OK) as (address, heard):
        reply = Server(address, LOOPBACK).call(
            "POST", "/ici", query="a=%C3%A9", json={"texte": "é"}, headers={"X-A": "b"}
        )

    assert (reply.status, reply.facts, reply.is_taken) == (200, {}, True)
    assert heard[0].startswith(b"POST /ici?a=%C3%A9 HTTP/1.1\r\n")
    assert heard[0].endswith('{"texte":"é"}'.encode())
    assert b"X-A: b\r\n" in heard[0]


def test_nobody_listens_and_nothing_was_heard():
    with answering() as (address, _heard):
        pass

    with pytest.raises(NotReached) as told:
        Server(address, LOOPBACK).call("POST", "/")

    assert (told.value.code, told.value.heard) == ("unreachable", False)


def test_too_slow_an_answer_and_a_line_that_is_cut_may_have_been_heard():
    with answering(OK, pause=3) as (address, _heard), pytest.raises(NotReached) as slow:
        Server(address, LOOPBACK).call("POST", "/", timeout=0.2)
    with answering(cut=True) as (address, heard), pytest.raises(NotReached) as cut:
        Server(address, LOOPBACK).call("POST", "/")

    assert (slow.value.code, slow.value.heard) == ("timeout", True)
    assert (cut.value.heard, len(heard)) == (True, 1)  # and it is not sent again


def test_cut_while_it_answers_what_it_began_to_say_is_kept():
    begun = b"HTTP/1.1 201 Created\r\nx-restli-id: urn:li:share:1\r\nContent-Length: 500\r\n\r\n{"

    with answering(begun) as (address, _heard), pytest.raises(NotReached) as told:
        Server(address, LOOPBACK).call("POST", "/")

    assert told.value.heard
    assert (told.value.reply.status, told.value.reply.headers["x-restli-id"]) == (201, "urn:li:share:1")


def test_an_answer_that_drips_and_one_that_does_not_end_are_left():
    begun = b"HTTP/1.1 200 OK\r\n\r\n"
    with answering(begun, *[b"a"] * 40, pause=0.1) as (address, _heard), pytest.raises(NotReached, match="timeout"):
        Server(address, LOOPBACK).call("GET", "/", timeout=0.3)
    with answering(begun, *[b"a" * 10_000] * 20) as (address, _heard), pytest.raises(NotReached, match="too_large"):
        Server(address, LOOPBACK).call("GET", "/", largest=50_000)


def test_the_next_number_of_a_name_is_dialled_when_the_first_does_not_answer():
    """As on machines whose own name is ::1 first, for a server that listens to 127.0.0.1 alone."""
    with answering(OK) as (address, heard):
        port = address.rpartition(":")[2]
        both = Server(f"http://ici.example:{port}", LOOPBACK, lambda _host, _port: ["::1", "127.0.0.1"])

        assert both.call("GET", "/").status == 200

    assert f"Host: ici.example:{port}\r\n".encode() in heard[0]


def test_a_redirection_is_not_followed():
    with answering(b"HTTP/1.1 302 Found\r\nLocation: http://10.0.0.1/\r\nContent-Length: 0\r\n\r\n") as (
        address,
        heard,
    ):
        reply = Server(address, LOOPBACK).call("GET", "/")

    assert (reply.status, len(heard)) == (302, 1)


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:9", "https://10.0.0.1", "https://169.254.169.254", "http://ubn.example"]
)
def test_a_private_network_and_a_plain_line_are_not_called(address):
    server = Server(address, resolve=lambda host, _port: [host if host[0].isdigit() else "93.184.216.34"])

    with pytest.raises(NotReached) as told:
        server.call("GET", "/")

    assert told.value.code in {"inside", "plain"}
    assert not told.value.heard


def test_a_part_of_a_file_leaves_with_its_length(tmp_path):
    file = tmp_path / "film.mp4"
    file.write_bytes(b"0123456789")

    with answering(OK) as (address, heard):
        Server(address, LOOPBACK).call("PUT", "/", content=Slice(file, 3, 4))

    assert b"Content-Length: 4\r\n" in heard[0]
    assert b"chunked" not in heard[0]
    assert b"".join(Slice(file, 3, 4)) == b"3456"
