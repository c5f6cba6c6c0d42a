"""Posts that come back: each time of a series is written in the name of whoever has it."""

from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from lierre.accounts.handover import Tie
from lierre.accounts.models import User
from lierre.foundation.models.journal import record
from lierre.publishing.models import Series
from lierre.publishing.permissions import WRITE_POSTS


def running(user: User) -> QuerySet[Series]:
    return Series.objects.running().filter(owner=user)


def give(series: Series, to: User | None, by: Any) -> None:
    before = series.owner
    Series.objects.filter(pk=series.pk).update(owner=to)
    record("series.handed_over", series, by=by, before=str(before), after=str(to))


SERIES: Final = Tie(
    "series", gettext_lazy("Series"), gettext_lazy("Those to come are written in the name of whoever has them."),
    running, str, WRITE_POSTS.roles, give,
)  # fmt: skip
