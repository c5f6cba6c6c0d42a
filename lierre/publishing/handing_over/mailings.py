"""Letters of somebody that have not left yet."""

from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.accounts.handover import Tie
from lierre.accounts.models import User
from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.publishing.models import Mailing
from lierre.publishing.permissions import WRITE_MAILINGS

ENDED: Final = (Mailing.State.SENT, Mailing.State.CANCELLED)


def unfinished(user: User) -> QuerySet[Mailing]:
    return Mailing.objects.exclude(state__in=ENDED).filter(owner=user)


def give(mailing: Mailing, to: User | None, by: Any) -> None:
    """Never to whoever approved it: nobody approves what is theirs."""
    if to is not None and to.pk == mailing.approved_by_id:
        raise Refused(
            _("%(user)s approves “%(post)s”: nobody approves what is theirs. Choose somebody else for it.")
            % {"user": to, "post": mailing}
        )
    before = mailing.owner
    Mailing.objects.filter(pk=mailing.pk).update(owner=to)
    record("mailing.handed_over", mailing, by=by, before=str(before), after=str(to))


MAILINGS: Final = Tie(
    "mailings", gettext_lazy("Letters that have not left"),
    gettext_lazy("Their words, their readers and their time stay as they are."),
    unfinished, lambda mailing: f"{mailing} ({mailing.get_state_display()})", WRITE_MAILINGS.roles, give,
)  # fmt: skip
