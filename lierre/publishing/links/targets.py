"""Where a short link may lead: to an address that anybody can open, and nowhere else."""

import re
import unicodedata
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lierre.connectors.http.places import Forbidden, read
from lierre.connectors.network.measuring import is_inside
from lierre.foundation.errors import Refused

LONGEST: Final = 1500
PREFIX: Final = "/l/"
# A browser reads these as numbers, however they are spelt: "0x7f.1" is this machine.
NUMBER: Final = re.compile(r"(0x[0-9a-f]*|\d+)\.?", re.IGNORECASE)
WHY: Final[dict[str, str | Promise]] = {
    "address": _("A link leads to a whole address, that begins with https:// or http://."),
    "secret": _("This address carries a name or a password: whoever receives the link would read it."),
    "inside": _("This address opens from inside the institution alone: those who receive the link would see nothing."),
    "ours": _("This address is a short link already: give the one where it leads."),
}


def checked(url: str) -> str:
    """The address as it was given. Refuses what is not an address of the open web."""
    if code := forbidden(url):
        raise Refused(str(WHY[code]))
    return url.strip()


def forbidden(url: str) -> str:
    """
    Why a link may not lead there; "" when it may. Names are not asked for: it is the reader's machine that goes there.

    >>> [forbidden(url) for url in ("https://ubn.example/jpo", "javascript:alert(1)", "http://10.0.0.7/", "https://0x7f.1/")]
    ['', 'address', 'inside', 'inside']
    >>> forbidden("https://ubn.example@elsewhere.example/"), forbidden("//ubn.example/")
    ('secret', 'address')
    """
    try:
        host, _port, _scheme = read(url.strip(), LONGEST)
    except Forbidden as refusal:
        return refusal.code
    if is_ours(url):
        return "ours"
    plain = unicodedata.normalize("NFKC", host).rstrip(".")
    return "inside" if is_inside(plain) or is_odd_number(plain) else ""


def is_odd_number(host: str) -> bool:
    """
    A number that is not spelt as four: nobody writes one, but whoever hides where they lead.

    >>> [is_odd_number(host) for host in ("0x7f.1", "2130706433", "127.1", "93.184.216.34", "ubn.example", "3.ubn.example")]
    [True, True, True, False, False, False]
    """
    last = host.rpartition(".")[2]
    is_number = bool(NUMBER.fullmatch(last))
    return is_number and not re.fullmatch(r"(0|[1-9]\d{0,2})(\.(0|[1-9]\d{0,2})){3}", host)


def short_address(code: str) -> str:
    return f"{settings.LINKS_ADDRESS or settings.ADDRESS}{PREFIX}{code}"


def is_ours(url: str) -> bool:
    """Whether it is one of our own short links."""
    parts, ours = urlsplit(url.strip()), (settings.ADDRESS, settings.LINKS_ADDRESS)
    return parts.netloc.lower() in {urlsplit(each).netloc.lower() for each in ours} and parts.path.startswith(PREFIX)
