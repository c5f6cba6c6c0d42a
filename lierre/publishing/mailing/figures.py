"""The figures of mailings: what left and came back, how often each link was opened from one, and all of them as a table."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from lierre.publishing.charter.posts import Charter
from lierre.publishing.models import Click, Link, Mailing, Recipient

NOTHING_SAID: Final = Charter()
HEADER: Final = (
    _("Mailing"), _("Subject line"), _("When"), _("To whom"), _("State"), _("Campaign"), _("Unit"), _("Recipients"),
    _("Delivered"), _("Not delivered"), _("Unsubscribed"), _("Complaints"), _("Clicks"), _("Robots, apart"),
)  # fmt: skip
TAKEN: Final = Recipient.State.TAKEN


@dataclass(frozen=True, slots=True)
class Clicks:
    """How often the links of one mailing were opened; robots and scanners of mail apart. None of it says by whom."""

    links: list[tuple[Link, int, int]]

    @property
    def people(self) -> int:
        return sum(people for _link, people, _robots in self.links)

    @property
    def robots(self) -> int:
        return sum(robots for _link, _people, robots in self.links)


def clicks(mailing: Mailing) -> Clicks | None:
    """None when they are not counted. The most opened first."""
    if not mailing.counts_links or mailing.began_at is None:
        return None
    links = list(mailing.links.all())
    totals = Click.objects.filter(link__in=links).by_link()
    nothing = {"people": 0, "robots": 0}
    found = [
        (link, counted["people"], counted["robots"]) for link in links for counted in [totals.get(link.pk, nothing)]
    ]
    return Clicks(sorted(found, key=lambda each: (-each[1], each[0].pk)))


def rows(mailings: QuerySet[Mailing]) -> Iterator[list[Any]]:
    """One line for each of these, the latest to leave first; what has no time yet comes before them."""
    counted = recipients_by_mailing()
    opened = clicks_by_mailing()
    for mailing in mailings.select_related("segment", "unit").order_by(F("due_at").desc(nulls_first=True), "-pk"):
        found, (people, robots) = counted.get(mailing.pk, {}), opened.get(mailing.pk, (None, None))
        lost = found.get("hard", 0) + found.get("refused", 0)
        has_left = mailing.began_at is not None
        yield [
            mailing.name, mailing.subject, mailing.due_at, str(mailing.segment), mailing.get_state_display(), mailing.campaign,
            str(mailing.unit or ""), found.get("total", 0) if has_left else None,
            found.get("taken", 0) - found.get("hard", 0) if has_left else None, lost if has_left else None,
            found.get("unsubscribed", 0) if has_left else None, found.get("complained", 0) if has_left else None,
            people, robots,
        ]  # fmt: skip


def recipients_by_mailing() -> dict[int, dict[str, int]]:
    states = Recipient.State
    rows: Any = Recipient.objects.order_by().values("mailing")
    rows = rows.annotate(
        total=Count("pk"), taken=Count("pk", filter=Q(state=TAKEN)), refused=Count("pk", filter=Q(state=states.REFUSED)),
        hard=Count("pk", filter=Q(bounced="hard", state=TAKEN)), unsubscribed=Count("unsubscribed_at"),
        complained=Count("complained_at"),
    )  # fmt: skip
    return {row.pop("mailing"): row for row in rows}


def clicks_by_mailing() -> dict[int, tuple[int, int]]:
    """Those whose links are counted: zero is a figure, where nothing is counted there is none."""
    begun = Mailing.objects.filter(counts_links=True).exclude(began_at=None)
    counted: dict[int, tuple[int, int]] = dict.fromkeys(begun.values_list("pk", flat=True), (0, 0))
    rows: Any = Click.objects.exclude(link__mailing=None).order_by().values_list("link__mailing")
    for pk, people, robots in rows.annotate(Sum("people"), Sum("robots")):
        counted[pk] = (people, robots)
    return counted
