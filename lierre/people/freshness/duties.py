"""The freshness of the base is counted once a day, at night; at once in a base where it never was."""

from datetime import timedelta
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lierre.foundation.duties import duty
from lierre.foundation.models.work import Work, long_work
from lierre.people.freshness.counting import count_freshness
from lierre.people.models import FreshnessCount

FROM_HOUR: Final = 4


@duty(every=timedelta(hours=1), label=gettext_lazy("Count the freshness of the base, once a day"))
def count_once_a_day() -> str:
    """Every hour, so that a machine that slept at night still counts in the morning."""
    now, last = timezone.localtime(), FreshnessCount.objects.whole().first()
    if last is not None and (last.day >= now.date() or now.hour < FROM_HOUR):
        return _("Counted already, on %(day)s.") % {"day": last.day.isoformat()}
    return told(count_freshness())


@long_work("people.count_freshness", label=gettext_lazy("Count the freshness of the base"))
def count_now(_work: Work) -> dict[str, Any]:
    return {"said": told(count_freshness())}


def told(parts: int) -> str:
    return ngettext("%(count)d part of the base counted.", "%(count)d parts of the base counted.", parts) % {
        "count": parts
    }
