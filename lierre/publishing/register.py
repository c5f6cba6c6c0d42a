"""The register: every account that speaks for the institution, what is missing to each, and what is wrong with its address."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final
from urllib.parse import urlsplit

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lierre.accounts.models import Role
from lierre.foundation.models.journal import Entry
from lierre.publishing.models import Account, Delivery
from lierre.publishing.models.account import AccountQuerySet

YEAR: Final = timedelta(days=365)
# Asked again after this, when nobody answered.
AGAIN: Final = timedelta(days=30)
TIMES: Final = 2
SILENT: Final = timedelta(days=91)
SOON: Final = timedelta(days=14)
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
OLD: Final = re.compile(r"/company-beta/|linkedin\.com/edu/|facebook\.com/pages/|franceculture\.fr/", re.IGNORECASE)
# One thing that an account said is not the account.
ONE_THING: Final = re.compile(r"youtube\.com/watch|dailymotion\.com/video/|/(posts|status|events|reel)/", re.IGNORECASE)
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
    if OLD.search(address):
        return "old"
    # The home page of a network; an account of Tumblr is a host of its own.
    nowhere = host.removeprefix("www.") in (known or ()) and not parts.path.strip("/") and not parts.query
    if nowhere or ONE_THING.search(address) or re.search(r"/\.\w+$", parts.path):
        return "odd"
    return "plain" if parts.scheme == "http" else ""


@dataclass(slots=True)
class Line:
    """One account, and what somebody should do about it."""

    account: Account
    alerts: list[str] = field(default_factory=list)

    @property
    def has_lost_its_owner(self) -> bool:
        return has_left(self.account)

    @property
    def is_well(self) -> bool:
        return not self.alerts


def in_the_register(accounts: AccountQuerySet) -> list[Account]:
    """With what their alerts need: whether their owner is still of the house, whether they have said something lately."""
    now = timezone.now()
    stays = Role.objects.in_force().filter(user__is_active=True)
    online = Delivery.objects.filter(account=OuterRef("pk"), state=Delivery.State.CONFIRMED)
    told = accounts.annotate(
        owner_stays=Exists(stays.filter(user=OuterRef("owner"))),
        deputy_stays=Exists(stays.filter(user=OuterRef("deputy"))),
        has_spoken=Exists(online),
        spoke_lately=Exists(online.filter(due_at__gte=now - SILENT)),
    )
    return list(told.select_related("owner", "deputy", "unit", "authorised_by", "successor"))


def lines(accounts: Iterable[Account], today: date | None = None) -> list[Line]:
    """`accounts`: as `in_the_register` gives them."""
    today = today or timezone.localdate()
    return [Line(account, [str(each) for each in alerts_of(account, today)]) for account in accounts]


def alerts_of(account: Account, today: date) -> Iterator[str | Promise]:
    """Why somebody should look, the gravest first."""
    if account.owner is None:
        yield _("nobody answers for it")
    elif has_left(account):
        yield _("whoever answers for it has left")
    if account.deputy is not None and not (account.deputy.is_active and getattr(account, "deputy_stays", True)):
        yield _("whoever stands in has left")
    if account.unit is not None and not account.unit.is_open:
        yield _("its unit is closed")
    if account.doubt:
        yield DOUBTS[account.doubt]
    if account.dead_since:
        yield _("its address leads nowhere")
    yield from alerts_of_keys(account, today)
    if account.confirmed_on is None or today - account.confirmed_on > YEAR:
        never = account.confirmed_on is None
        if account.asked_on and today - account.asked_on > AGAIN / 2:
            yield _("its owner was asked to confirm it, and did not answer")
        else:
            yield _("never confirmed") if never else _("not confirmed for more than a year")
    if getattr(account, "has_spoken", False) and not getattr(account, "spoke_lately", True):
        yield _("nothing was published for three months")


def alerts_of_keys(account: Account, today: date) -> Iterator[str | Promise]:
    if account.held:
        yield account.get_held_display()
    if account.expires_at and account.is_connected and account.expires_at.date() - today <= SOON:
        yield _("its keys expire soon")
    if account.successor:
        yield gettext("%(user)s must connect it again in their own name") % {"user": account.successor}
    elif account.authorised_by and not account.authorised_by.is_active:
        yield _("whoever connected it has left")


def has_left(account: Account) -> bool:
    return account.owner is not None and not (account.owner.is_active and getattr(account, "owner_stays", True))


def to_confirm(today: date) -> list[Account]:
    """
    Those whose owner is asked now: once a year, and once more a month later when they do not answer. Then the register goes
    on saying so, and no mail does.
    """
    late = Q(confirmed_on=None) | Q(confirmed_on__lt=today - YEAR)
    asked = Q(asked_on=None) | Q(asked_on__lt=today - AGAIN)
    found = Account.objects.living().filter(late, asked, owner__is_active=True).exclude(status=Account.Status.CLOSING)
    found = found.exclude(pk__in=Account.objects.without_their_owner().values("pk"))
    return [account for account in found.select_related("owner") if not was_asked_enough(account, today)]


def was_asked_enough(account: Account, today: date) -> bool:
    """Of this owner, in this year: another owner has never been asked."""
    if account.asked_on is None:
        return False
    asked = Entry.objects.about(account).of_verb("account.asked").since(today - YEAR)
    return asked.count() >= TIMES
