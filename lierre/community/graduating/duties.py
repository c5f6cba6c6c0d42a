"""What ceremonies do by themselves: messages leave, what is recognised is kept, what was never confirmed goes."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lierre.community.graduating.leaving import keep_recognised
from lierre.community.graduating.mailing import send_due
from lierre.community.models import Capture
from lierre.foundation.duties import duty


@duty(every=timedelta(minutes=1), label=gettext_lazy("Ask those of a ceremony whether their address is theirs"))
def confirm_addresses() -> str:
    told, kept = send_due(), keep_recognised()
    return _("%(sent)d sent, %(late)d put off, %(kept)d kept in their record.") % {
        "sent": told["sent"], "late": told["put off"], "kept": kept,
    }  # fmt: skip


@duty(every="daily at 03:45", label=gettext_lazy("Forget the addresses left at ceremonies"))
def forget_captures() -> str:
    gone, _by_model = Capture.objects.to_forget().delete()
    return ngettext("%(count)d address forgotten.", "%(count)d addresses forgotten.", gone) % {"count": gone}
