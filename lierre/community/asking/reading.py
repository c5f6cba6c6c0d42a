"""What the pages of asking show: those worth asking and why, how it was reckoned, what became of a campaign."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any, Final, Self

from django.db import transaction
from django.db.models import Count, Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lierre.community.asking.mailing import ANSWERS, contents
from lierre.community.asking.preparing import current_positions
from lierre.community.asking.weighing import has_retired
from lierre.community.asking.wording import question
from lierre.community.models import Ask, Campaign, Candidate, Reckoning, Returned
from lierre.foundation.charts import Bar, Bars, Funnel
from lierre.foundation.charts import Step as Passage
from lierre.foundation.charts.words import number
from lierre.foundation.models.journal import Entry, record
from lierre.people.directory.viewer import hidden_from_graduates
from lierre.people.models import DirectoryEntry

HERE: Final = "#message"
SHOWN: Final = 20
PEOPLE: Final = 50
LATELY: Final = timedelta(minutes=10)
YEAR: Final = 365.25


@dataclass(frozen=True, slots=True)
class Worth:
    """One person it would be worth asking, and why."""

    candidate: Candidate
    question: str

    @property
    def why(self) -> str:
        """
        The three things that make the gain, in words.

        The chance that it has changed; what the address is worth; how little the class is known.
        """
        return ", ".join(filter(None, [self.changed, self.address, self.class_known, self.retired]))

    @property
    def changed(self) -> str:
        each = self.candidate
        if each.age is None:
            return _("nothing is known of their position")
        return _("said %(ago)s ago, so changed with %(chance)s likelihood") % {
            "ago": years(each.age), "chance": number(round(100 * each.chance), "%"),
        }  # fmt: skip

    @property
    def address(self) -> str:
        return _("address proven") if self.candidate.proven else _("address never proven")

    @property
    def retired(self) -> str:
        return _("has retired, most likely") if has_retired(self.candidate.year, timezone.localdate()) else ""

    @property
    def class_known(self) -> str:
        if self.candidate.known is None:
            return ""
        return _("class of %(year)s fresh at %(share)s") % {
            "year": self.candidate.year, "share": number(round(100 * self.candidate.known), "%"),
        }  # fmt: skip


def years(days: int) -> str:
    """
    >>> years(1500), years(200)
    ('4 years', '7 months')
    """
    if days >= 2 * YEAR:
        count = round(days / YEAR)
        return ngettext("%(count)d year", "%(count)d years", count) % {"count": count}
    count = round(days * 12 / YEAR)
    return ngettext("%(count)d month", "%(count)d months", count) % {"count": count}


@dataclass(frozen=True)
class Queue:
    """« À demander d’abord »."""

    first: Sequence[Worth]
    reckoning: Reckoning | None

    @classmethod
    def seen_by(cls, user: Any) -> Self:
        pending = Ask.objects.pending().values("person")
        some = list(Candidate.objects.exclude(person__in=pending).select_related("person")[:SHOWN])
        positions = current_positions([each.person_id for each in some])
        note_look([each.person_id for each in some], by=user)
        found = [Worth(each, question(each.kind, positions.get(each.person_id, {}))) for each in some]
        return cls(found, Reckoning.objects.first())

    @property
    def learnt(self) -> Bars | None:
        """The share that had changed, by the time between two testimonies."""
        if self.reckoning is None:
            return None
        bars, start = [], 0
        for until, pairs, _changed, chance in self.reckoning.bands:
            bars.append(Bar(between(start, until, pairs), round(100 * chance)))
            start = until
        return Bars(title=_("How soon a position changes"), unit="%", bars=bars, sentence=self.sentence, name="learnt")

    @property
    def sentence(self) -> str:
        assert self.reckoning is not None
        learnt = ngettext(
            "Learnt from %(count)d pair of testimonies of one person.",
            "Learnt from %(count)d pairs of testimonies of one person.",
            self.reckoning.pairs,
        )
        assumed = _("Where they are few, one position in seven is supposed to change each year.")
        return f"{learnt % {'count': self.reckoning.pairs}} {assumed}"


def between(start: int, until: int, pairs: int) -> str:
    known = ngettext("%(count)d pair", "%(count)d pairs", pairs) % {"count": pairs}
    said = _("after %(start)s") if until > 20 * YEAR else _("within %(until)s")
    return f"{said % {'start': years(start), 'until': years(until)}} ({known})"


def note_look(numbers: Sequence[int], *, by: Any) -> None:
    """A list that shows people who hide leaves a trace, as in the directory: one line in ten minutes."""
    masks = DirectoryEntry.objects.filter(person__in=numbers).values_list("mask", flat=True)
    hidden = sum(hidden_from_graduates(mask) for mask in masks)
    lately = Entry.objects.of_verb("campaign.listed").filter(at__gt=timezone.now() - LATELY, actor_id=by.pk)
    if hidden and not lately.exists():
        with transaction.atomic():
            record("campaign.listed", by=by, hidden=hidden, total=len(numbers))


class Reading:
    """One campaign: how so many became so few, the message, those who are asked, what came of it."""

    def __init__(self, campaign: Campaign, *, by: Any) -> None:
        self.campaign = campaign
        self.states: Counter[str] = Counter(
            dict(campaign.asks.order_by().values_list("state").annotate(count=Count("pk")))
        )
        self.asks = list(campaign.asks.select_related("person").order_by("pk")[:PEOPLE])
        if self.asks:
            note_look([ask.person_id for ask in self.asks], by=by)

    @property
    def total(self) -> int:
        return self.states.total()

    @property
    def reachable(self) -> int:
        return max(0, self.campaign.living - sum(int(count) for _why, count in self.campaign.out_of_reach))

    @cached_property
    def preview(self) -> dict[str, Any] | None:
        """The message of the first of whom something was known, as they will receive it."""
        shown = next((ask for ask in self.asks if ask.about), self.asks[0] if self.asks else None)
        # Without its links: whoever reads the preview must not be able to answer in the place of the person.
        return contents(shown) | {"links": dict.fromkeys(ANSWERS, HERE), "preferences": HERE} if shown else None

    @property
    def sent(self) -> int:
        return sum(self.states[state] for state in Ask.OPENED)

    @property
    def answered(self) -> int:
        return self.states[Ask.State.ANSWERED] + self.states[Ask.State.STOPPED]

    @property
    def uncertain(self) -> int:
        return self.states[Ask.State.LEAVING]

    @property
    def course(self) -> Funnel:
        arrived = self.sent - self.states[Ask.State.BOUNCED]
        steps = [
            Passage(_("prepared"), self.total), Passage(_("messages sent"), self.sent), Passage(_("not come back"), arrived),
            Passage(_("who answered"), self.answered),
        ]  # fmt: skip
        return Funnel(title=_("What came of it"), steps=steps, name="course")

    @cached_property
    def answers(self) -> list[tuple[str, int]]:
        """Only answers that were given, the most frequent first."""
        said = dict(self.campaign.asks.exclude(answer="").order_by().values_list("answer").annotate(count=Count("pk")))
        return sorted(
            ((str(Ask.Answer(answer).label), count) for answer, count in said.items()), key=lambda pair: -pair[1]
        )

    @cached_property
    def returns(self) -> list[tuple[str, int]]:
        found = Returned.objects.filter(ask__campaign=self.campaign).order_by().values_list("severity")
        return [
            (str(Returned.Severity(kind).label), count)
            for kind, count in found.annotate(count=Count("ask", distinct=True))
        ]

    @cached_property
    def failures(self) -> list[tuple[str, int]]:
        """Why some were not sent."""
        held = self.campaign.asks.filter(state__in=[Ask.State.DROPPED, Ask.State.WAITING]).exclude(failure="")
        return list(held.order_by().values_list("failure").annotate(count=Count("pk")).order_by("-count")[:10])

    @cached_property
    def last_sent(self) -> Any:
        return self.campaign.asks.aggregate(last=Max("sent_at"))["last"]
