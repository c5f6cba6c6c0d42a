"""The long work of privacy: rehearsing what the retention clock would do."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.foundation.models.journal import record
from lierre.foundation.models.work import Work, long_work
from lierre.privacy.rehearsing import REHEARSE, leaving_today, staying_today


@long_work(REHEARSE, label=gettext_lazy("Rehearse the retention clock"))
def rehearse(work: Work) -> dict[str, Any]:
    """Numbers, and the numbers of a few persons: what is known of them is read when somebody looks."""
    today = timezone.localdate()
    staying, others = staying_today(today, work)
    leaving = leaving_today(today, others)
    with transaction.atomic():
        counts = {"leave": leaving["persons"], "stay_with_less": staying["persons"]}
        record("clock.rehearsed", by=work.by, day=today.isoformat(), **counts)
    told = _("%(leave)d persons would leave the base, %(stay)d would stay with less.")
    sentence = told % {"leave": counts["leave"], "stay": counts["stay_with_less"]}
    return {"sentence": sentence, "leaving": leaving, "staying": staying, "day": today.isoformat()}
