"""One message handed to a receiver: the number that was judged is called, within bounds of time and size, once."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import httpx

from lierre.connectors.http.places import Forbidden, Resolve, place_of, resolved

TIMEOUT: Final = httpx.Timeout(10.0, connect=5.0)
WHOLE: Final = 20.0  # seconds, everything included: a receiver that drips is left
LARGEST: Final = 65_536
AGENT: Final = "Lierre"


class NotReached(Exception):  # noqa: N818 - it says what happened
    """
    `code`: one of `Forbidden`, or "timeout", "encryption", "unreachable", "cut", "too_large". `heard`: whether the other
    end may have taken what was said. `reply`: what it answered before it was cut, without its content.
    """

    def __init__(self, code: str, detail: str = "", *, heard: bool = False, reply: Any = None) -> None:
        self.code, self.detail, self.heard, self.reply = code, detail, heard, reply
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Answer:
    """`text` is the beginning of what came back. A redirection is an answer like another: it is not followed."""

    status: int
    seconds: float
    text: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_taken(self) -> bool:
        return 200 <= self.status < 300


@dataclass(frozen=True, slots=True)
class Receiver:
    """`allowed`: networks of the institution that may be called, as "10.2.0.0/16"."""

    url: str
    allowed: tuple[str, ...] = ()
    resolve: Resolve = resolved

    def post(self, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Raises NotReached when nobody answered, or nobody may be asked."""
        began = time.monotonic()
        try:
            place = place_of(self.url, self.allowed, self.resolve)
        except Forbidden as refusal:
            raise NotReached(refusal.code) from refusal
        # The name stays in the header and in the certificate that is asked for; the number alone is dialled.
        extensions = {"sni_hostname": place.host}
        said = {"User-Agent": AGENT, **headers, "Host": place.authority, "Accept-Encoding": "identity"}
        try:
            with (
                httpx.Client(timeout=TIMEOUT, follow_redirects=False, trust_env=False) as client,
                client.stream("POST", place.pinned, content=body, headers=said, extensions=extensions) as response,
            ):
                text = beginning(response, lambda: time.monotonic() - began)
                return Answer(response.status_code, time.monotonic() - began, text, dict(response.headers))
        except httpx.TimeoutException:
            raise NotReached("timeout") from None
        except httpx.HTTPError as error:
            code = "encryption" if "certificate" in str(error).lower() or "ssl" in str(error).lower() else "unreachable"
            raise NotReached(code, str(error)[:200]) from None


def beginning(response: httpx.Response, elapsed: Callable[[], float]) -> str:
    """What fits in the bounds: the rest is not read, however long it is and however slowly it comes."""
    found = bytearray()
    for chunk in response.iter_raw():
        found += chunk
        if elapsed() > WHOLE:
            raise NotReached("timeout")
        if len(found) > LARGEST:
            break
    return bytes(found[:LARGEST]).decode("utf-8", "replace")
