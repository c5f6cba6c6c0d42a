"""The keys of an account end soon, or no longer open it: whoever answers for it is told, once, with what depends on it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lierre.accounts.models import Role, User
from lierre.foundation.zones import said as moment_said
from lierre.publishing.models import Account, Delivery, KeyAlert, Notice
from lierre.publishing.permissions import KEEP_ACCOUNTS

# Days before the end. After an outage only the nearest of those that have passed is told.
BEFORE: Final = (1, 3, 7, 14)
# What a person must set right. A network that does not answer comes back by itself.
TOLD: Final = (Account.Held.TOKEN, Account.Held.SCOPE, Account.Held.ROLE, Account.Held.VERSION)
MOST_LISTED: Final = 8


def tell_of_keys(now: datetime | None = None) -> int:
    """Everything that is to be told now. Answers how many persons were told."""
    now = now or timezone.now()
    ending = Account.objects.connected().filter(expires_at__lte=now + timedelta(days=max(BEFORE)))
    held = Account.objects.connected().filter(held__in=TOLD, held_at__isnull=False)
    told = sum(tell_of_end(account, now) for account in ending.exclude(held=Account.Held.TOKEN))
    return told + sum(tell(account, KeyAlert.About.HELD, account.held_at) for account in held if account.held_at)


def tell_of_end(account: Account, now: datetime) -> int:
    assert account.expires_at is not None
    left = account.expires_at - now
    days = next((days for days in BEFORE if left <= timedelta(days=days)), None)
    return 0 if days is None else tell(account, KeyAlert.About.EXPIRY, account.expires_at, days)


def tell(account: Account, about: str, at: datetime, days: int = 0) -> int:
    """The mark that it was told and the mails are written together: killed before, it is told later; after, never again."""
    with transaction.atomic():
        alert, is_new = KeyAlert.objects.get_or_create(account=account, about=about, at=at, days=days)
        if not is_new:
            return 0
        users = told_of(account)
        for user in users:
            with translation.override(user.language or settings.LANGUAGE_CODE):
                subject, body = words(account, about, at)
                Notice.objects.create(to=user, subject=subject[:200], body=body)
        KeyAlert.objects.filter(pk=alert.pk).update(told=len(users))
    return len(users)


def told_of(account: Account) -> list[User]:
    """Those who answer for it, who opened it, who open it next; when none of them is left, those who keep the register."""
    numbers = {account.owner_id, account.deputy_id, account.authorised_by_id, account.successor_id} - {None}
    found = list(User.objects.active().filter(pk__in=numbers))
    if found:
        return found
    held = Role.objects.in_force().filter(kind__in=KEEP_ACCOUNTS.roles, unit__parent=None).values("user")
    return list(User.objects.active().filter(pk__in=held))


def words(account: Account, about: str, at: datetime) -> tuple[str, str]:
    said: dict[str, Any] = {"account": account, "day": date_format(timezone.localtime(at), "DATE_FORMAT")}
    if about == KeyAlert.About.EXPIRY:
        subject = _("The keys of %(account)s end on %(day)s") % said
        first = _("Connect it again before that day: afterwards nothing leaves for it, and what is planned waits.")
    else:
        subject = _("Nothing leaves for %(account)s any more") % said
        why = str(account.said or account.get_held_display()).rstrip(".")
        first = _("%(why)s. Nothing is lost: what is planned waits, and leaves once it is connected again.") % {
            "why": why[:1].upper() + why[1:]
        }
    link = settings.ADDRESS + account.get_absolute_url()
    return subject, "\n\n".join([first, *what_depends(account), link, settings.INSTITUTION]) + "\n"


def what_depends(account: Account) -> Iterable[str]:
    """The posts that wait for it, as a list for a mail."""
    rows = depending(account)
    count = rows.count()
    if not count:
        return [_("No post is planned for it.")]
    title = ngettext("%(count)d post is planned for it:", "%(count)d posts are planned for it:", count) % {
        "count": count
    }
    lines = [f"– {moment_said(each.due_at, 'SHORT_DATETIME_FORMAT')} : {each.post}" for each in rows[:MOST_LISTED]]
    more = [_("and %(count)d more") % {"count": count - MOST_LISTED}] if count > MOST_LISTED else []
    return ["\n".join([title, *lines, *more])]


def depending(account: Account) -> Any:
    """What waits for its time on this account, the first to leave first."""
    return Delivery.objects.waiting().filter(account=account, part=0).select_related("post").order_by("due_at", "pk")
