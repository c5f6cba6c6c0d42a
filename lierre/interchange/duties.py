"""What this domain does by itself: machines are told what happened, and what was kept for a while is forgotten."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lierre.foundation.duties import duty
from lierre.interchange.models import Dispatch, IdempotencyKey
from lierre.interchange.sending import send_due, write_dispatches


@duty(every=timedelta(seconds=30), label=gettext_lazy("Tell the machines what happened"))
def send_dispatches() -> str:
    """At least once: whoever is told knows a message by its identifier."""
    write_dispatches()
    taken, deaf = send_due()
    said = ngettext("%(count)d message was taken.", "%(count)d messages were taken.", taken) % {"count": taken}
    if deaf:
        silent = ngettext("%(count)d machine did not answer.", "%(count)d machines did not answer.", deaf)
        said = f"{said} {silent % {'count': deaf}}"
    return said


@duty(every="daily at 03:30", label=gettext_lazy("Forget the answers kept for machines"))
def forget_answers() -> str:
    """A day for the answers, a month for the messages that were sent."""
    IdempotencyKey.objects.forgotten().delete()
    gone, _by_model = Dispatch.objects.old().delete()
    return _("%(count)d messages forgotten.") % {"count": gone}
