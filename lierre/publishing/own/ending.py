"""The keys of somebody’s own account end soon: they are told in time, they alone, with what waits for it."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lierre.publishing.alerting import BEFORE
from lierre.publishing.models import Notice, OwnAccount
from lierre.publishing.models.own_account import write_to
from lierre.publishing.network_names import name_of
from lierre.publishing.own.closing import not_left


def tell_of_ends(now: datetime | None = None) -> int:
    """Fourteen, seven, three days before and the day before, as for the accounts of the house. Answers how many were told."""
    now = now or timezone.now()
    ending = OwnAccount.objects.connected().filter(
        expires_at__gt=now, expires_at__lte=now + timedelta(days=max(BEFORE))
    )
    return sum(tell(account, now) for account in ending.filter(held="").select_related("ambassador__user"))


def tell(account: OwnAccount, now: datetime) -> bool:
    """The words are the mark: since the day from which they are to be said, they are said once."""
    ends, user = account.expires_at, account.ambassador.user
    assert ends is not None
    days = next(days for days in BEFORE if ends - now <= timedelta(days=days))
    with transaction.atomic(), translation.override(user.language or settings.LANGUAGE_CODE):
        subject, words = said(account, ends)
        if Notice.objects.filter(to=user, subject=subject, made_at__gte=ends - timedelta(days=days)).exists():
            return False
        write_to(user, subject, words)
    return True


def said(account: OwnAccount, ends: datetime) -> tuple[str, str]:
    day = date_format(timezone.localtime(ends), "DATE_FORMAT")
    subject = _("Connect your %(network)s account again before %(day)s") % {
        "network": name_of(account.network), "day": day,
    }  # fmt: skip
    words = _("Afterwards nothing leaves for it; what you asked for would wait, and you can always copy your text.")
    if waits := not_left(account):
        count = ngettext(
            "%(count)d text of yours waits for its hour.", "%(count)d texts of yours wait for their hour.", waits
        ) % {"count": waits}
        words = f"{words} {count}"
    return subject, words
