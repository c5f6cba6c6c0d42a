"""What answers teach, as a page tells it: before and after, band by band, what would weigh more or less, each version."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lierre.foundation.charts.line import Line, Point, Series
from lierre.foundation.charts.waterfall import signed
from lierre.foundation.charts.words import number
from lierre.people.models import MatchingModel
from lierre.people.models.matching_rule import in_100
from lierre.people.readings.resemblance import label_of
from lierre.people.reconciling.estimate import Estimate
from lierre.people.reconciling.held_out import EDGES, Band, Measures
from lierre.people.reconciling.proposing import LITTLE, Proposal, earlier
from lierre.people.reconciling.taught import LINES, PAIRS, START
from lierre.people.reconciling.teaching import LEAST, LEAST_OF_EACH
from lierre.people.reconciling.wording import level_in_words

# How an address calls each kind of answer, and how a page does.
KINDS: Final[dict[str, tuple[str, str | Promise]]] = {
    "lignes": (LINES, gettext_lazy("lines of files")),
    "paires": (PAIRS, gettext_lazy("pairs of the base")),
}
MOST_SHOWN: Final = 30


@dataclass(frozen=True, slots=True)
class Change:
    """One level of agreement: what answers add to it today, what they would add, how many of them reached it."""

    field: str
    level: str
    now: str
    then: str
    answers: int


@dataclass(frozen=True, slots=True)
class Measure:
    label: str
    meaning: str
    before: tuple[str, str]
    after: tuple[str, str]


class Teaching:
    """One kind of answer."""

    def __init__(self, asked: str) -> None:
        self.asked = asked if asked in KINDS else "lignes"
        self.proposal = Proposal.of(KINDS[self.asked][0])

    @property
    def kinds(self) -> list[tuple[str, str | Promise, bool]]:
        return [(name, label, name == self.asked) for name, (_kind, label) in KINDS.items()]

    @property
    def model(self) -> MatchingModel | None:
        return self.proposal.model

    @property
    def is_of_lines(self) -> bool:
        return self.proposal.kind == LINES

    @property
    def same(self) -> int:
        return int(self.proposal.lessons.same.sum())

    @property
    def count(self) -> int:
        return len(self.proposal.lessons)

    @property
    def missing(self) -> str:
        """What it takes before anything is proposed; empty when there is enough."""
        if self.proposal.is_possible:
            return ""
        if self.model is None:
            return _("Nothing was learnt of the base yet: there is nothing to correct.")
        count, same = len(self.proposal.fresh), int(self.proposal.fresh.same.sum())
        told = {"count": count, "same": same, "other": count - same, "least": LEAST, "each": LEAST_OF_EACH}
        if self.proposal.since:
            said = ngettext(
                "%(count)d answer came since these weights were put in force. It takes %(least)d, of which %(each)d of each"
                " kind, before others are proposed: those before have taught the weights of today.",
                "%(count)d answers came since these weights were put in force. It takes %(least)d, of which %(each)d of each"
                " kind, before others are proposed: those before have taught the weights of today.",
                count,
            )
        else:
            said = ngettext(
                "It takes %(least)d answers, of which %(each)d of each kind. There is %(count)d: %(same)d the same person,"
                " %(other)d not.",
                "It takes %(least)d answers, of which %(each)d of each kind. There are %(count)d: %(same)d the same person,"
                " %(other)d not.",
                count,
            )
        return said % told

    @property
    def verdict(self) -> str:
        trial = self.proposal.trial
        if trial is None:
            return ""
        if not self.proposal.differs:
            return _("What these answers teach is in force already.")
        gain = number(abs(100 * trial.gain.value / max(trial.before.loss.value, 1e-9)), "%")
        match trial.is_better:
            case None:
                return _("On answers that it had not seen, nobody can tell whether it would err less or more.")
            case True:
                return _("On answers that it had not seen, it would have been surprised %(gain)s less.") % {
                    "gain": gain
                }
        return _("On answers that it had not seen, it would have been surprised %(gain)s more: better leave it.") % {
            "gain": gain
        }

    @property
    def tone(self) -> str:
        trial = self.proposal.trial
        if trial is None or trial.is_better is None or not self.proposal.differs:
            return ""
        return "tone-good" if trial.is_better else "tone-warn"

    @cached_property
    def measures(self) -> list[Measure]:
        trial = self.proposal.trial
        if trial is None:
            return []
        sure = in_100(self.proposal.sure_from)
        rows = (
            (_("surprise"), _("bits, on average for an answer: 0 for whoever knows, 1 for whoever guesses"), "loss"),
            (_("precision"), _("of the pairs told from %(sure)s chances in 100, those that are the same") % {"sure": sure},
             "precision"),
            (_("recall"), _("of the pairs that are the same, those told from %(sure)s chances in 100") % {"sure": sure},
             "recall"),
            (_("gap"), _("points between the chances told and what was answered"), "gap"),
        )  # fmt: skip
        return [
            Measure(label, meaning, said(name, trial.before), said(name, trial.after)) for label, meaning, name in rows
        ]

    @cached_property
    def chart(self) -> Line | None:
        trial = self.proposal.trial
        if trial is None:
            return None
        upper = (*EDGES[1:], 1.0)
        labels = [_("%(low)s–%(high)s") % {"low": in_100(low), "high": in_100(high)}
                  for low, high in zip(EDGES, upper, strict=True)]  # fmt: skip
        told = {band.low: band.said for band in (*trial.bands_before, *trial.bands_after)}
        return Line(
            title=_("Answered the same, by the chances that were told"), unit="%", from_zero=True,
            sentence=_("Where both courses follow that of the chances, the chances are true."),
            series=[
                Series(_("chances told"), [
                    Point(label, 100 * told[low] if low in told else None) for label, low in zip(labels, EDGES, strict=True)
                ]),
                Series(_("today"), points(labels, trial.bands_before)),
                Series(_("proposed"), points(labels, trial.bands_after)),
            ],
        )  # fmt: skip

    @cached_property
    def changes(self) -> list[Change]:
        """What would weigh otherwise, the most first."""
        now, then = self.proposal.in_force, self.proposal.adjustments
        reached = dict(
            zip(
                self.proposal.lessons.names, self.proposal.lessons.reached.sum(axis=0).astype(int).tolist(), strict=True
            )
        )
        names = sorted({*now, *then}, key=lambda each: -abs(then.get(each, 0) - now.get(each, 0)))
        moved = [each for each in names if abs(then.get(each, 0) - now.get(each, 0)) >= LITTLE]
        return [
            Change(*in_words(each), signed(now.get(each, 0)), signed(then.get(each, 0)), reached.get(each, self.count))
            for each in moved[:MOST_SHOWN]
        ]

    @cached_property
    def versions(self) -> list[MatchingModel]:
        return list(MatchingModel.objects.adopted().defer("parameters", "within", "rarities")[:20])

    @cached_property
    def earlier(self) -> list[MatchingModel]:
        return earlier(self.model)


def points(labels: list[str], bands: list[Band]) -> list[Point]:
    found = {band.low: band.same for band in bands}
    return [
        Point(label, 100 * found[low].value, 100 * found[low].low, 100 * found[low].high) if low in found else Point(label, None)
        for label, low in zip(labels, EDGES, strict=True)
    ]  # fmt: skip


def in_words(name: str) -> tuple[str, str]:
    """
    >>> in_words("family exact"), in_words("start")
    (('Name', 'identical'), ('By chance', ''))
    """
    field, _space, level = name.partition(" ")
    return label_of(field), level_in_words(level) if field != START else ""


def said(name: str, measures: Measures) -> tuple[str, str]:
    """The value, and its doubt."""
    found: Estimate | None = getattr(measures, name)
    if found is None:
        return _("unknown"), ""
    if name == "loss":
        low, value, high = (number(each, decimals=3) for each in (found.low, found.value, found.high))
        return value, _("between %(low)s and %(high)s") % {"low": low, "high": high}
    unit = "" if name == "gap" else "\N{NARROW NO-BREAK SPACE}%"
    told: dict[str, Any] = {"low": in_100(found.low), "high": in_100(found.high)}
    return f"{in_100(found.value)}{unit}", _("between %(low)s and %(high)s") % told
