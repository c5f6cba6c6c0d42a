"""What was answered about possible duplicates: one line for each gesture, one bar for each week."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Count, Q
from django.db.models.functions import TruncWeek
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lierre.foundation.charts import Stacked, StackedBar
from lierre.people.models import Judgement, Suspicion

WEEKS: Final = 8


@dataclass(frozen=True, slots=True)
class Answer:
    """`names`: those whom one gesture was about."""

    first: Judgement
    names: list[str]

    @property
    def tone(self) -> str:
        return {"same": "good", "different": "note"}.get(self.first.answer, "")

    @property
    def shape(self) -> str:
        return {"same": "merge", "different": "split"}.get(self.first.answer, "hourglass")


def answers(judgements: Sequence[Judgement]) -> list[Answer]:
    found: dict[str, Answer] = {}
    for each in judgements:
        known = found.setdefault(each.gesture, Answer(each, []))
        for person in (each.suspicion.low, each.suspicion.high):
            if str(person) not in ("", str(_("(no name)"))) and str(person) not in known.names:
                known.names.append(str(person))
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Weeks:
    """Decisions week by week. A disagreement: an answer that was taken back, or contradicted by a later one."""

    chart: Stacked
    decided: int
    disagreed: int

    @property
    def share(self) -> float | None:
        """Of the decisions of these weeks, how many did not hold; None when nothing was decided."""
        return 100 * self.disagreed / self.decided if self.decided else None


def weeks(until: date | None = None) -> Weeks:
    """The last weeks, this one included, the latest first."""
    today = until or timezone.localdate()
    monday = today - timedelta(days=today.weekday())
    mondays = [monday - timedelta(weeks=index) for index in range(WEEKS)]
    held = Q(undone_at=None, contradicted_at=None)
    counted = (
        Judgement.objects.decided().filter(at__date__gte=mondays[-1]).annotate(week=TruncWeek("at")).values("week").order_by()
        .annotate(
            same=Count("pk", filter=held & Q(answer=Suspicion.State.SAME)),
            different=Count("pk", filter=held & Q(answer=Suspicion.State.DIFFERENT)),
            disagreed=Count("pk", filter=~held),
        )
    )  # fmt: skip
    by_week: dict[date, dict[str, Any]] = {timezone.localtime(row["week"]).date(): dict(row) for row in counted}
    empty = {"same": 0, "different": 0, "disagreed": 0}
    rows = [by_week.get(day, empty) for day in mondays]
    disagreed = sum(row["disagreed"] for row in rows)
    decided = sum(row["same"] + row["different"] + row["disagreed"] for row in rows)
    chart = Stacked(
        title=_("Decisions, week by week"),
        parts=[_("one person"), _("two persons"), _("taken back or contradicted")],
        bars=[
            StackedBar(_("week of %(day)s") % {"day": date_format(day, "j F")}, [row[name] for name in empty])
            for day, row in zip(mondays, rows, strict=True)
        ],
        sentence=sentence(decided, disagreed),
    )
    return Weeks(chart, decided, disagreed)


def sentence(decided: int, disagreed: int) -> str:
    if not decided:
        return _("Nothing was decided in these weeks.")
    said = ngettext("%(count)d decision in %(weeks)d weeks", "%(count)d decisions in %(weeks)d weeks", decided)
    kept = ngettext(
        "%(count)d was taken back or contradicted since.", "%(count)d were taken back or contradicted since.", disagreed
    )
    told = {"said": said % {"count": decided, "weeks": WEEKS}, "kept": kept % {"count": disagreed}}
    return _("%(said)s; %(kept)s") % told
