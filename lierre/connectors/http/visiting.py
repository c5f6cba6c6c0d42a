"""
One server that is spoken to by its own interface: any method, bounded in time and size, and always to a judged number.

What matters most here is what is said when it goes wrong: whether the request may have been heard (NotReached.heard).
"""

import time
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from http.cookiejar import DefaultCookiePolicy
from pathlib import Path
from typing import IO, Any, Final

import httpx
import orjson

from lierre.connectors.http.calling import AGENT, NotReached
from lierre.connectors.http.places import Forbidden, Place, Resolve, place_of, resolved

TIMEOUT: Final = 15.0
CONNECT: Final = 5.0
LARGEST: Final = 8_000_000
LONGEST_URL: Final = 8_000
LOOPBACK: Final = ("127.0.0.0/8", "::1/128")
CHUNK: Final = 1 << 18
WINDOWS: Final = {"gzip": 16 + zlib.MAX_WBITS, "x-gzip": 16 + zlib.MAX_WBITS, "deflate": zlib.MAX_WBITS}
CERTIFICATES: Final = ("certificate", "ssl", "tls")

Form = Mapping[str, str | Sequence[str]]
File = tuple[str, IO[bytes] | bytes, str]  # its name, what is in it, its media type


@dataclass(frozen=True, slots=True)
class Reply:
    """A redirection is a reply like another: it is not followed. Names of headers are in lower case."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    content: bytes = b""

    @property
    def is_taken(self) -> bool:
        return 200 <= self.status < 300

    @property
    def said(self) -> Any:
        """Its JSON; None when it is not JSON."""
        try:
            return orjson.loads(self.content)
        except orjson.JSONDecodeError:
            return None

    @property
    def facts(self) -> dict[str, Any]:
        """Its JSON object; empty when it is not one."""
        said = self.said
        return said if isinstance(said, dict) else {}


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of a file, read as it leaves."""

    path: Path
    first: int
    length: int

    def __iter__(self) -> Iterator[bytes]:
        left = self.length
        with self.path.open("rb") as file:
            file.seek(self.first)
            while left > 0 and (chunk := file.read(min(CHUNK, left))):
                left -= len(chunk)
                yield chunk


@dataclass(frozen=True, slots=True)
class Server:
    """`address`: where its paths begin. `allowed`: private networks that may be called nevertheless."""

    address: str
    allowed: tuple[str, ...] = ()
    resolve: Resolve = resolved

    def call(
        self, method: str, path: str, *, headers: Mapping[str, str] | None = None, query: str = "", json: Any = None,
        form: Form | None = None, files: Mapping[str, File] | None = None, content: bytes | Path | Slice | None = None,
        timeout: float = TIMEOUT, largest: int = LARGEST,
    ) -> Reply:  # fmt: skip
        """`path` is a path here, or a whole address elsewhere. `query` as it will be sent, encoded. Raises NotReached."""
        url = path if "://" in path else self.address.rstrip("/") + path
        place = self.judged(url + ("?" + query if query else ""))
        said = {
            "User-Agent": AGENT,
            "Accept-Encoding": "identity",
            "Accept": "application/json",
            "Host": place.authority,
        }
        sent: dict[str, Any] = {"headers": said | dict(headers or {})}
        if json is not None:
            sent["content"] = orjson.dumps(json)
            sent["headers"] = {"Content-Type": "application/json"} | sent["headers"]
        elif isinstance(content, Path | Slice):
            part = content if isinstance(content, Slice) else Slice(content, 0, content.stat().st_size)
            sent["content"] = iter(part)
            sent["headers"]["Content-Length"] = str(part.length)
        elif content is not None:
            sent["content"] = content
        else:
            sent |= {"data": form, "files": files}
        return first_that_answers(method, place, sent, Bounds(timeout, largest))

    def judged(self, url: str) -> Place:
        try:
            return place_of(url, self.allowed, self.resolve, LONGEST_URL)
        except Forbidden as refusal:
            raise NotReached(refusal.code) from refusal


@dataclass(frozen=True, slots=True)
class Bounds:
    seconds: float
    largest: int


@cache
def caller() -> httpx.Client:
    """
    One for all: to make one takes longer than a call. It keeps no cookie, and no connection: those that wait are closed at
    the other end without a word, and a message would be lost in it.
    """
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=0)
    client = httpx.Client(limits=limits, follow_redirects=False, trust_env=False)
    client.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=()))
    return client


def first_that_answers(method: str, place: Place, sent: dict[str, Any], bounds: Bounds) -> Reply:
    """A name may have several numbers; the next one is dialled only when nothing was said to the one before."""
    for number in (place.number, *place.others[:3]):
        try:
            return one_call(method, place.pinned_to(number), place.host, sent, bounds)
        except NotReached as failure:
            if failure.heard or number == (place.number, *place.others[:3])[-1]:
                raise
    raise NotReached("unreachable")


def unpressed(headers: Mapping[str, str], content: bytes, largest: int) -> bytes:
    """
    Some press what they answer although they were asked not to. What cannot be read so is left as it came.

    >>> import gzip
    >>> unpressed({"content-encoding": "gzip"}, gzip.compress(b"{}"), 10), unpressed({}, b"{}", 10)
    (b'{}', b'{}')
    """
    how = WINDOWS.get(headers.get("content-encoding", "").strip().lower())
    if how is None:
        return content
    try:
        return zlib.decompressobj(how).decompress(content, largest)
    except zlib.error:
        return content


def one_call(method: str, url: str, host: str, sent: dict[str, Any], bounds: Bounds) -> Reply:
    began = time.monotonic()
    reply: Reply | None = None
    timeout = httpx.Timeout(bounds.seconds, connect=min(CONNECT, bounds.seconds))
    try:
        with caller().stream(method, url, timeout=timeout, extensions={"sni_hostname": host}, **sent) as response:
            headers = {name.lower(): value for name, value in response.headers.items()}
            reply = Reply(response.status_code, headers)
            content = bytearray()
            for chunk in response.iter_raw():
                content += chunk
                if len(content) > bounds.largest:
                    raise NotReached("too_large", heard=True, reply=reply)
                if time.monotonic() - began > 2 * bounds.seconds:
                    raise NotReached("timeout", heard=True, reply=reply)
            return Reply(response.status_code, headers, unpressed(headers, bytes(content), bounds.largest))
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
        words = str(error).lower()
        code = "encryption" if any(word in words for word in CERTIFICATES) else "unreachable"
        raise NotReached(code, str(error)[:200]) from None
    except (httpx.UnsupportedProtocol, httpx.LocalProtocolError, httpx.InvalidURL, UnicodeError) as error:
        raise NotReached("address", str(error)[:200]) from None
    except httpx.TimeoutException as error:
        raise NotReached("timeout", type(error).__name__, heard=True, reply=reply) from None
    except httpx.HTTPError as error:
        raise NotReached("cut", str(error)[:200], heard=True, reply=reply) from None
