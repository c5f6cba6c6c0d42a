"""What asking does by itself: it reckons whom to ask, sends what was decided, reads what came back, and forgets."""

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lierre.community.asking.bouncing import take
from lierre.community.asking.mailing import return_path
from lierre.community.asking.sending import send_due
from lierre.community.asking.weighing import weigh
from lierre.community.graduating import duties as graduating  # noqa: F401 - registers its own
from lierre.community.groups import duties as groups  # noqa: F401 - registers its own
from lierre.community.models import Ask, Campaign, Reckoning
from lierre.community.reaching import duties as reaching  # noqa: F401 - registers its own
from lierre.connectors.mail import Mailbox, bounces_in, read_by_others
from lierre.foundation.duties import duty

FROM_HOUR: Final = 5  # after the freshness was counted
AT_ONCE: Final = 500
KEPT: Final = timedelta(days=3 * 365)


@duty(every=timedelta(minutes=1), label=gettext_lazy("Send the questions that were decided"))
def send_questions() -> str:
    told = send_due()
    said = ngettext("%(count)d question left.", "%(count)d questions left.", told["sent"]) % {
        "count": told.pop("sent", 0)
    }
    return " ".join([said, *(f"{count} : {what}." for what, count in told.items())])


@duty(every=timedelta(minutes=5), label=gettext_lazy("Read the messages that came back"))
def read_returns() -> str:
    """Each is written down before it is marked as read: read again after a crash, it is known already."""
    if not settings.BOUNCES_URL:
        return _("No box of returns is set (LIERRE_BOUNCES_URL).")
    read, told, path = 0, Counter[str](), return_path()
    for raw in Mailbox.at(settings.BOUNCES_URL).unread(AT_ONCE):
        read += 1
        told.update(take(bounces_in(raw, path)))
        read_by_others(raw)
    return in_words(read, told)


def in_words(read: int, told: Mapping[str, int]) -> str:
    said = ngettext("%(count)d message read.", "%(count)d messages read.", read) % {"count": read}
    found = _("For ever: %(hard)d; for now: %(soft)d; late: %(delayed)d; not ours, or known: %(other)d.")
    return f"{said} {found % {name: told.get(name, 0) for name in ('hard', 'soft', 'delayed', 'other')}}"


@duty(every=timedelta(hours=1), label=gettext_lazy("Reckon whom it would be worth asking, once a day"))
def reckon() -> str:
    now, last = timezone.localtime(), Reckoning.objects.first()
    if last is not None and (last.day >= now.date() or now.hour < FROM_HOUR):
        return _("Reckoned already, on %(day)s.") % {"day": last.day.isoformat()}
    kept = weigh().kept
    return ngettext("%(count)d person worth asking.", "%(count)d persons worth asking.", kept) % {"count": kept}


@duty(every="daily at 02:50", label=gettext_lazy("Forget old questions"))
def forget() -> str:
    """The answers stay: they are records of their person."""
    before = timezone.now() - KEPT
    gone, _by_model = Ask.objects.filter(campaign__prepared_at__lt=before).delete()
    Campaign.objects.filter(prepared_at__lt=before, asks=None).delete()
    return ngettext("%(count)d question forgotten.", "%(count)d questions forgotten.", gone) % {"count": gone}
