"""What accounts do by themselves: messages leave, roles end on their last day, what is old is forgotten."""

import logging
from datetime import timedelta
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lierre.accounts.mailing import message, telling
from lierre.accounts.models import Acting, Invitation, Role
from lierre.foundation.duties import duty

log = logging.getLogger(__name__)
AT_ONCE: Final = 100
KEPT: Final = timedelta(days=90)
A_YEAR: Final = timedelta(days=365)


@duty(every=timedelta(minutes=1), label=gettext_lazy("Send the invitations"))
def send_invitations() -> str:
    """At least once: a sender that dies after the message left sends it again, with the same link."""
    due = Invitation.objects.to_send().select_related("unit", "invited_by")[:AT_ONCE]
    left = [send(invitation) for invitation in due if invitation.claim()]
    said = ngettext("%(count)d invitation left.", "%(count)d invitations left.", sum(left)) % {"count": sum(left)}
    if failed := len(left) - sum(left):
        said += " " + ngettext("%(count)d could not leave.", "%(count)d could not leave.", failed) % {"count": failed}
    return said


def send(invitation: Invitation) -> bool:
    """No transaction is open meanwhile: a mail server may take its time."""
    try:
        message(invitation).send()
    except Exception as error:  # whatever a mail server or an address may bring
        invitation.mark_failed(_("%(error)s: %(what)s") % {"error": type(error).__name__, "what": error})
        return False
    invitation.mark_sent()
    return True


@duty(every="daily at 00:05", label=gettext_lazy("End the roles whose last day has passed"))
def end_roles() -> str:
    """They no longer count since midnight, whether this has run or not: here they leave the lists."""
    over = list(Role.objects.over().select_related("user", "unit"))
    for role in over:
        role.end()
    return ngettext("%(count)d role ended.", "%(count)d roles ended.", len(over)) % {"count": len(over)}


@duty(every="daily at 03:20", label=gettext_lazy("Forget old invitations"))
def forget_invitations() -> str:
    """Addresses of people who never came are not kept; the journal knows that somebody was invited."""
    gone, _by_model = Invitation.objects.finished_before(timezone.now() - KEPT).delete()
    return ngettext("%(count)d invitation forgotten.", "%(count)d invitations forgotten.", gone) % {"count": gone}


@duty(every=timedelta(minutes=1), label=gettext_lazy("Tell people who sees the house in their place"))
def tell_acted_for() -> str:
    """At least once, as invitations are."""
    due = [acting for acting in Acting.objects.to_tell().select_related("actor", "user")[:AT_ONCE] if acting.claim()]
    left = sum(tell(acting) for acting in due)
    return ngettext("%(count)d person told.", "%(count)d persons told.", left) % {"count": left}


def tell(acting: Acting) -> bool:
    try:
        telling(acting).send()
    except Exception:
        log.exception("Somebody could not be told who acts in their place.")
        acting.mark_failed()
        return False
    acting.mark_told()
    return True


@duty(every=timedelta(minutes=5), label=gettext_lazy("End what was begun in the place of somebody else"))
def end_acting() -> str:
    """Nothing opens any more once the time has passed, whether this has run or not: here the journal says so."""
    ended = sum(acting.end(by="accounts.end_acting") for acting in Acting.objects.over().select_related("user"))
    Acting.objects.exclude(ended_at=None).filter(began_at__lt=timezone.now() - A_YEAR).delete()
    return ngettext("%(count)d ended.", "%(count)d ended.", ended) % {"count": ended}
