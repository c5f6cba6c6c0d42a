"""What this domain does by itself: due posts leave, connected accounts are looked at, those that fell silent are asked."""

from datetime import timedelta

from django.utils.translation import gettext_lazy, ngettext

from lierre.foundation.duties import duty
from lierre.foundation.lanes import add_lane
from lierre.publishing.approving import expire_late
from lierre.publishing.confirming import ask_owners
from lierre.publishing.models import Notice
from lierre.publishing.notices import send_due
from lierre.publishing.outbox.health import check_held, check_open
from lierre.publishing.outbox.lane import Outbox

add_lane("outbox", Outbox)


@duty(every="daily at 06:40", label=gettext_lazy("Look at the accounts that are connected"))
def look_at_accounts() -> str:
    """Whether each is still open, and until when."""
    closed = check_open()
    return ngettext("%(count)d account does not answer.", "%(count)d accounts do not answer.", closed) % {
        "count": closed
    }


@duty(every=timedelta(minutes=1), label=gettext_lazy("Ask again the networks that did not answer"))
def ask_again() -> str:
    """What waited for them leaves as soon as they do."""
    back = check_held()
    return ngettext("%(count)d account answers again.", "%(count)d accounts answer again.", back) % {"count": back}


@duty(every=timedelta(seconds=30), label=gettext_lazy("Tell those who write and approve posts"))
def send_notices() -> str:
    """What was not approved in time goes back to its author first."""
    expire_late()
    left = send_due()
    return ngettext("%(count)d notice left.", "%(count)d notices left.", left) % {"count": left}


@duty(every="daily at 07:20", label=gettext_lazy("Ask whether each account is still ours"))
def ask_whose_accounts() -> str:
    """Once a year, and again a month later when nobody answers."""
    asked = ask_owners()
    return ngettext("%(count)d person was asked.", "%(count)d persons were asked.", asked) % {"count": asked}


@duty(every="daily at 03:25", label=gettext_lazy("Forget the notices that have left"))
def forget_notices() -> str:
    gone, _by_model = Notice.objects.old().delete()
    return ngettext("%(count)d notice forgotten.", "%(count)d notices forgotten.", gone) % {"count": gone}
