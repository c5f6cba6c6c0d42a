"""What the judgements of a sample say: precision, recall, calibration, the thresholds that they propose."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from lierre.foundation.charts.bars import Bar, Bars
from lierre.people.models import MatchingRule, MatchingSample
from lierre.people.models.matching_rule import in_100
from lierre.people.reconciling.estimate import Estimate
from lierre.people.reconciling.sampling import Quality, measured


@dataclass(frozen=True)
class Report:
    sample: MatchingSample
    rule: MatchingRule

    @cached_property
    def total(self) -> int:
        return self.sample.pairs.count()

    @cached_property
    def waiting(self) -> int:
        return self.sample.pairs.waiting().count()

    @property
    def done(self) -> int:
        return self.total - self.waiting

    @cached_property
    def quality(self) -> Quality:
        return measured(self.sample, self.rule.link_from)

    @property
    def figures(self) -> list[tuple[str, str, str, str]]:
        """A label, the value with its doubt, what it means. Empty until every stratum has an answer."""
        quality = self.quality
        if quality.precision is None and quality.recall is None:
            return []
        right = _("of the lines linked alone, those that are right")
        whole = _("of the lines of somebody known, those linked alone, without whoever was never proposed")
        told = [(_("precision"), quality.precision, right), (_("recall"), quality.recall, whole)]
        return [(label, *in_words(found), meaning) for label, found, meaning in told if found]

    @property
    def calibration(self) -> str:
        return in_100(self.quality.calibration) if self.quality.calibration is not None else ""

    @property
    def chart(self) -> Bars:
        """Of each band of chances, the share that was judged the same: it should lie within the band."""
        bars = [
            Bar(
                _("said %(low)s–%(high)s") % {"low": in_100(each.low), "high": in_100(each.high)},
                100 * each.found.value if each.found else None,
                100 * each.found.low if each.found else None,
                100 * each.found.high if each.found else None,
            )
            for each in self.quality.strata
            if each.population
        ]
        return Bars(title=_("Judged the same, by the chances that were said"), unit="%", bars=bars)

    @property
    def proposed(self) -> str:
        """The threshold to link alone from that the judgements support, when it is not the one in force."""
        found = self.quality.link_from
        return f"{100 * found:g}" if found is not None and abs(found - self.rule.link_from) > 1e-9 else ""

    @property
    def ask_from(self) -> str:
        return f"{100 * self.rule.ask_from:g}"


def in_words(found: Estimate) -> tuple[str, str]:
    doubt = _("between %(low)s and %(high)s") % {"low": in_100(found.low), "high": in_100(found.high)}
    return f"{in_100(found.value)}\N{NARROW NO-BREAK SPACE}%", doubt
