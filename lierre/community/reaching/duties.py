"""What looking for lost classmates does by itself: invitations leave, addresses that were not answered for are destroyed."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lierre.community.models import Proposal
from lierre.community.reaching.proposing import BY
from lierre.community.reaching.sending import send_due
from lierre.foundation.duties import duty
from lierre.foundation.errors import Refused


@duty(every=timedelta(minutes=2), label=gettext_lazy("Send the invitations to lost classmates"))
def send_invitations() -> str:
    told = send_due()
    return _("%(sent)d sent, %(dropped)d not sent, %(late)d put off.") % {
        "sent": told["sent"], "dropped": told["dropped"], "late": told["put off"],
    }  # fmt: skip


@duty(every="daily at 03:50", label=gettext_lazy("Destroy the proposed addresses that nobody answered for"))
def destroy_unanswered() -> str:
    gone = 0
    for proposal in Proposal.objects.unanswered():
        try:
            proposal.end(Proposal.State.EXPIRED, by=BY)
        except Refused:  # it was answered while this was running
            continue
        gone += 1
    Proposal.objects.to_forget().delete()
    return ngettext("%(count)d address destroyed.", "%(count)d addresses destroyed.", gone) % {"count": gone}
