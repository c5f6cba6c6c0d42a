"""Other weights, proposed from answers: measured first, put in force only by somebody, and taken back as easily."""

from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import Any, Final

from django.utils.translation import gettext as _

from lierre.foundation.errors import Refused
from lierre.people.models import MatchingModel, MatchingRule
from lierre.people.reconciling.held_out import Trial, teaches, tried
from lierre.people.reconciling.judged import Lessons, lessons_of
from lierre.people.reconciling.taught import LINES
from lierre.people.reconciling.teaching import fitted

# Two persons of the base are never joined alone: from there on, the pair is said to be almost sure.
ALMOST_SURE: Final = 0.95
LITTLE: Final = 0.05  # bits: what differs by less is the same


@dataclass(frozen=True)
class Proposal:
    """What answers of one kind would teach, in place of what they have taught already."""

    kind: str
    model: MatchingModel | None

    @classmethod
    def of(cls, kind: str) -> "Proposal":
        return cls(kind, MatchingModel.in_force())

    @cached_property
    def lessons(self) -> Lessons:
        return lessons_of(self.kind)

    @property
    def in_force(self) -> dict[str, float]:
        return dict(self.model.adjustments.get(self.kind, {})) if self.model else {}

    @cached_property
    def since(self) -> float:
        """When what is in force was taught, in seconds: later answers are new to it. 0 when nothing was taught yet."""
        if not self.in_force:
            return 0.0
        found = 0.0
        for adjustments, at in MatchingModel.objects.adopted().values_list("adjustments", "adopted_at")[:50]:
            if adjustments.get(self.kind, {}) != self.in_force:
                break
            found = at.timestamp() if at else found
        return found

    @cached_property
    def fresh(self) -> Lessons:
        """The answers that what is in force has not learnt from."""
        return self.lessons.only(self.lessons.at >= self.since)

    @property
    def is_possible(self) -> bool:
        return self.model is not None and teaches(self.fresh)

    @cached_property
    def adjustments(self) -> dict[str, float]:
        return fitted(self.lessons) if self.is_possible else {}

    @property
    def differs(self) -> bool:
        names = {*self.adjustments, *self.in_force}
        return any(abs(self.adjustments.get(each, 0) - self.in_force.get(each, 0)) >= LITTLE for each in names)

    @property
    def sure_from(self) -> float:
        return MatchingRule.in_force().link_from if self.kind == LINES else ALMOST_SURE

    @cached_property
    def trial(self) -> Trial | None:
        return tried(self.lessons, self.in_force, self.sure_from, self.since) if self.is_possible else None

    @property
    def mark(self) -> str:
        """Of the answers that it was made from: what is accepted is what was seen."""
        seen = f"{self.model.pk if self.model else 0} {sorted(self.adjustments.items())}"
        return blake2b(seen.encode(), digest_size=8).hexdigest()

    def accept(self, mark: str, *, by: Any, reason: str) -> MatchingModel:
        if self.model is None or self.trial is None:
            raise Refused(_("There are not enough answers yet to propose anything."))
        if mark != self.mark:
            raise Refused(_("Answers came since you looked: what they teach is another thing now. Look again."))
        if not self.differs:
            raise Refused(_("These weights are already in force."))
        return self.model.taught(
            {**self.model.adjustments, self.kind: self.adjustments}, by=by, reason=reason, verb="matching.adopted",
            measured={self.kind: self.trial.described()},
        )  # fmt: skip


def earlier(model: MatchingModel | None) -> list[MatchingModel]:
    """Versions that were in force, and had other weights than those of today: the latest first."""
    if model is None:
        return []
    adopted = MatchingModel.objects.adopted().defer("parameters", "within", "rarities").exclude(pk=model.pk)[:50]
    return [each for each in adopted if each.adjustments != model.adjustments]


def go_back(number: int, *, by: Any, reason: str) -> MatchingModel:
    """What answers had taught by that version holds again. What was learnt of the base since then stays."""
    model = MatchingModel.in_force()
    before = next((each for each in earlier(model) if each.pk == number), None)
    if model is None or before is None:
        raise Refused(_("This version has the weights of today, or was never in force."))
    return model.taught(before.adjustments, by=by, reason=reason, verb="matching.returned", measured=before.measured)
