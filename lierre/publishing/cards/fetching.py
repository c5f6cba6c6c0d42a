"""Going to see the page of a link, as any reader would: never into the inside of an institution, never for long, never much."""

import time
from email.message import Message
from typing import Final
from urllib.parse import urljoin

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.connectors.http import NotReached, Reply
from lierre.connectors.network.servers import guarded
from lierre.foundation.errors import Refused
from lierre.publishing.cards.reading import Card, card_in

STEPS: Final = 5  # redirections, each looked at before it is followed
SECONDS: Final = 5.0
WHOLE: Final = 12.0  # seconds, however many steps there are: somebody waits
LARGEST_PAGE: Final = 2_000_000
LARGEST_IMAGE: Final = 8_000_000
MOVED: Final = frozenset({301, 302, 303, 307, 308})
PAGES: Final = ("text/html", "application/xhtml+xml")
WHY: Final[dict[str, str | Promise]] = {
    "inside": gettext_lazy("it opens from inside an institution alone"),
    "plain": gettext_lazy("it is not encrypted"),
    "nowhere": gettext_lazy("no site has this name"),
    "timeout": gettext_lazy("it takes too long to answer"),
    "too_large": gettext_lazy("it is too heavy"),
    "encryption": gettext_lazy("its certificate is not right"),
    "steps": gettext_lazy("it leads from one address to another without end"),
    "not_a_page": gettext_lazy("it is not a page"),
    "silent": gettext_lazy("it says nothing of itself, not even a title"),
}


class Unread(Refused):
    """The card is not made; the link leaves all the same."""

    def __init__(self, code: str) -> None:
        self.code = code
        why = WHY.get(code) or _("it does not answer (%(code)s)") % {"code": code}
        super().__init__(
            _("The page of the link could not be read: %(why)s. Write the card yourself, or it leaves without one.")
            % {"why": why}
        )


def card_at(address: str) -> Card:
    """What the page says of itself. Raises Unread."""
    reply, where = fetched(encrypted(address), "text/html", LARGEST_PAGE)
    kind = Message()
    kind["Content-Type"] = reply.headers.get("content-type", "text/html")
    if kind.get_content_type() not in PAGES:
        raise Unread("not_a_page")
    card = card_in(read(reply.content, kind.get_content_charset()), where)
    if not card:
        raise Unread("silent")
    return card


def image_at(address: str) -> bytes:
    """As it came: what it is, is seen by whoever keeps it. Raises Unread."""
    return fetched(encrypted(address), "image/*", LARGEST_IMAGE)[0].content


def fetched(address: str, accept: str, largest: int) -> tuple[Reply, str]:
    """The answer, and where it was found in the end. Each address on the way is judged before it is called."""
    began = time.monotonic()
    for _step in range(STEPS):
        if time.monotonic() - began > WHOLE:
            raise Unread("timeout")
        try:
            reply = guarded(address).call("GET", address, headers={"Accept": accept}, timeout=SECONDS, largest=largest)
        except NotReached as failure:
            raise Unread(failure.code) from failure
        if reply.status not in MOVED or not reply.headers.get("location"):
            if not reply.is_taken:
                raise Unread(str(reply.status))
            return reply, address
        address = encrypted(urljoin(address, reply.headers["location"]))
    raise Unread("steps")


def encrypted(address: str) -> str:
    """Most pages that are still named in plain answer by TLS too; this machine, while one develops, does not."""
    host = address.partition("://")[2]
    is_here = host.startswith(("localhost:", "localhost/", "127.0.0.1"))
    return f"https://{host}" if address.startswith("http://") and not is_here else address


def read(content: bytes, charset: str | None) -> str:
    """By what was said of it, else as most pages are written."""
    for each in (charset, "utf-8"):
        try:
            return content.decode(each or "utf-8")
        except (LookupError, UnicodeDecodeError):
            continue
    return content.decode("cp1252", "replace")
