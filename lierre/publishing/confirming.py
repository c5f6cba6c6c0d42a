"""Once a year whoever answers for an account says that it is still theirs, by a link of a mail, in one click."""

from typing import Any, Final

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.publishing.models import Account, Notice
from lierre.publishing.register import to_confirm

SALT: Final = "lierre.publishing.confirm"
ALIVE: Final = 60 * 60 * 24 * 45  # seconds


def token_of(account: Account) -> str:
    """Signed, for this account and whoever answers for it today."""
    return signing.dumps([account.pk, account.owner_id], salt=SALT)


def account_of(token: str) -> Account | None:
    """None when the link is false, too old, or of somebody who no longer answers for it."""
    try:
        pk, owner_id = signing.loads(token, salt=SALT, max_age=ALIVE)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Account.objects.living().select_related("owner").filter(pk=pk, owner=owner_id, owner__is_active=True).first()


def confirm(account: Account, *, by: Any) -> None:
    """It is still ours, for a year."""
    with transaction.atomic():
        account.write(confirmed_on=timezone.localdate(), asked_on=None)
        record("account.confirmed", account, by=by)


def ask_owners() -> int:
    """Write to those who have not been asked."""
    asked = to_confirm(timezone.localdate())
    for account in asked:
        ask(account, by="publishing")
    return len(asked)


def ask_again(account: Account, *, by: Any) -> None:
    """Now, without waiting for the year to end. Refuses when there is nobody to ask."""
    if account.owner is None or not account.owner.is_active:
        raise Refused(_("Nobody answers for this account: say first who does."))
    if account.asked_on == timezone.localdate():
        raise Refused(_("%(user)s was asked today already.") % {"user": account.owner})
    ask(account, by=by)


def ask(account: Account, *, by: Any) -> None:
    """The row of the mail, the mark that it was asked and the line of the journal are one."""
    assert account.owner is not None
    with transaction.atomic(), translation.override(account.owner.language or settings.LANGUAGE_CODE):
        link = settings.ADDRESS + reverse("publishing:confirm", args=[token_of(account)])
        body = _(
            "You answer for this account: %(account)s (%(address)s).\n\n"
            "Is it still in use, and still yours? One click says so:\n%(link)s"
        ) % {"account": account, "address": account.address or account.network, "link": link}
        subject = _("Is this account still ours: %(account)s?") % {"account": account}
        Notice.objects.create(to=account.owner, subject=subject[:200], body=f"{body}\n\n{settings.INSTITUTION}\n")
        account.write(asked_on=timezone.localdate())
        record("account.asked", account, by=by)
