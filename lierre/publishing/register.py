"""The register: every account that speaks for the institution, what is missing to each, and what is wrong with its address."""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final
from urllib.parse import urlsplit

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lierre.publishing.models import Account

YEAR: Final = timedelta(days=365)
# Asked again after this, when nobody answered.
AGAIN: Final = timedelta(days=30)
SILENT: Final = timedelta(days=90)
DOUBTS: Final[dict[str, str | Promise]] = {
    "group": _("this is a group, not an account that speaks"),
    "profile": _("this is the profile of a person, not of an institution"),
    "old": _("an address of former times, which may lead nowhere"),
    "elsewhere": _("this address does not belong to that network"),
    "plain": _("an address without encryption"),
    "odd": _("this address does not look whole"),
    "closed": _("this network is closed: the account is only history"),
}
HOSTS: Final = {
    "linkedin": ("linkedin.com",), "facebook": ("facebook.com", "fb.com"), "x": ("twitter.com", "x.com"),
    "instagram": ("instagram.com",), "youtube": ("youtube.com", "youtu.be"), "vimeo": ("vimeo.com",),
    "dailymotion": ("dailymotion.com",), "flickr": ("flickr.com",), "pinterest": ("pinterest.com", "pinterest.fr"),
    "github": ("github.com",), "tumblr": ("tumblr.com",), "scribd": ("scribd.com",),
}  # fmt: skip
CLOSED: Final = {"viadeo", "google-plus"}
GROUP: Final = re.compile(r"/groups?(/|\?|$)|[?&]gid=", re.IGNORECASE)
PROFILE: Final = re.compile(r"linkedin\.com/(in|pub)/|facebook\.com/(profile\.php|people/)", re.IGNORECASE)


def doubt_of(network: str, address: str) -> str:
    """
    What is wrong with an address, by what can be read in it; "" when nothing is.

    >>> doubt_of("linkedin", "https://www.linkedin.com/groups/1234"), doubt_of("linkedin", "https://fr.linkedin.com/in/univ")
    ('group', 'profile')
    >>> doubt_of("facebook", "https://www.facebook.com/ubn"), doubt_of("x", "http://x.com/ubn"), doubt_of("x", "https://ubn.fr")
    ('', 'plain', 'elsewhere')
    """
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").lower()
    except ValueError:
        return "odd"
    if network in CLOSED:
        return "closed"
    if not host or parts.scheme not in {"http", "https"}:
        return "odd"
    known = HOSTS.get(network)
    if known and not any(host == each or host.endswith(f".{each}") for each in known):
        return "elsewhere"
    if GROUP.search(address):
        return "group"
    if PROFILE.search(address):
        return "profile"
    if "/company-beta/" in address or "/edu/school?" in address:
        return "old"
    if re.search(r"/\.\w+$", parts.path) or (known and parts.path in {"", "/"} and not parts.query):
        return "odd"
    return "plain" if parts.scheme == "http" else ""


@dataclass(slots=True)
class Line:
    """One account, and what somebody should do about it."""

    account: Account
    alerts: list[str] = field(default_factory=list)

    @property
    def is_well(self) -> bool:
        return not self.alerts


def lines(accounts: list[Account], today: date | None = None) -> list[Line]:
    today = today or timezone.localdate()
    return [Line(account, alerts_of(account, today)) for account in accounts]


def alerts_of(account: Account, today: date) -> list[str]:
    """Why somebody should look, the gravest first."""
    found: list[str | Promise] = []
    if account.owner is None:
        found.append(_("nobody answers for it"))
    elif not account.owner.is_active:
        found.append(_("whoever answers for it has left"))
    if account.doubt:
        found.append(DOUBTS[account.doubt])
    if account.held:
        found.append(account.get_held_display())
    if account.expires_at and account.expires_at.date() - today <= timedelta(days=14):
        found.append(_("its keys expire soon"))
    if account.confirmed_on is None:
        found.append(_("never confirmed"))
    elif today - account.confirmed_on > YEAR:
        found.append(_("not confirmed for more than a year"))
    return [str(each) for each in found]


def to_confirm(today: date) -> list[Account]:
    """Those whose owner is asked now, once a year, and again a month later when they do not answer."""
    from django.db.models import Q

    late = Q(confirmed_on=None) | Q(confirmed_on__lt=today - YEAR)
    asked = Q(asked_on=None) | Q(asked_on__lt=today - AGAIN)
    found = Account.objects.living().filter(late, asked, owner__is_active=True).exclude(status=Account.Status.CLOSING)
    return list(found.select_related("owner"))
