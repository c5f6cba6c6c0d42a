"""How lines are matched, for whoever answers for it: the bands and what fell in each, what would change, what was learnt."""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any, Final

import numpy as np
from django.db.models import Count, F, FloatField, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from lierre.foundation.charts.bars import Bar, Bars
from lierre.foundation.charts.words import number
from lierre.people.matching.model import BOTH, NAMES, Field, Model
from lierre.people.matching.schema import MatchingFaultError
from lierre.people.models import LineMatch, MatchingModel, MatchingRule
from lierre.people.models.matching_rule import LINK_FROM
from lierre.people.readings.resemblance import label_of
from lierre.people.reconciling.knowledge import version
from lierre.people.reconciling.wording import level_in_words

EDGES: Final = (0.01, 0.05, 0.2, 0.5, 0.8, 0.95, 0.99, 0.999)
Band = LineMatch.Band
# Lines that would have been linked alone, had they not contradicted the person, or been two for one.
HELD_BACK: Final = Q(band=Band.ASK, probability__gte=F("was_linked_from"))


def scores() -> Any:
    """The best candidate of each line whose score is kept."""
    linked_from = Coalesce(F("rule__link_from"), Value(LINK_FROM), output_field=FloatField())
    return LineMatch.objects.best().annotate(was_linked_from=linked_from)


@dataclass(frozen=True, slots=True)
class Split:
    """How many lines are linked alone, asked about, or new, among those that resemble somebody."""

    link: int
    ask: int
    new: int

    @property
    def total(self) -> int:
        return self.link + self.ask + self.new


@dataclass(frozen=True, slots=True)
class Preview:
    """The kept scores, as the thresholds in force and as others would split them."""

    now: Split
    then: Split

    @property
    def rows(self) -> list[tuple[str, int, int, str]]:
        names = ((_("linked alone"), "link"), (_("asked"), "ask"), (_("new"), "new"))
        pairs = ((label, getattr(self.now, name), getattr(self.then, name)) for label, name in names)
        return [(label, before, after, signed(after - before)) for label, before, after in pairs]


def signed(difference: int) -> str:
    """
    >>> signed(1200), signed(-3), signed(0)
    ('+1,200', '−3', '0')
    """
    sign = "+" if difference > 0 else "−" if difference < 0 else ""
    return sign + number(abs(difference))


def preview(ask_from: float, link_from: float) -> Preview:
    now = MatchingRule.in_force()
    counted = scores().aggregate(**{
        f"{when}_{name}": Count("pk", filter=condition)
        for when, ask, link in (("now", now.ask_from, now.link_from), ("then", ask_from, link_from))
        for name, condition in (
            ("link", Q(probability__gte=link) & ~HELD_BACK),
            ("ask", Q(probability__gte=ask) & (Q(probability__lt=link) | HELD_BACK)),
            ("new", Q(probability__lt=ask)),
        )
    })  # fmt: skip
    return Preview(
        *(Split(*(counted[f"{when}_{name}"] for name in ("link", "ask", "new"))) for when in ("now", "then"))
    )


def by_sureness() -> Bars | None:
    """How many lines have which score; None when none is kept."""
    upper = (*EDGES[1:], 1.01)
    conditions = {
        f"b{rank}": Count("pk", filter=Q(probability__gte=low, probability__lt=high))
        for rank, (low, high) in enumerate(zip(EDGES, upper, strict=True))
    }
    counted = LineMatch.objects.best().aggregate(**conditions)
    if not any(counted.values()):
        return None
    labels = [
        *(f"{number(round(100 * low, 1))}–{number(round(100 * high, 1))}" for low, high in pairwise(EDGES)),
        f"{number(round(100 * EDGES[-1], 1))}–100",
    ]
    return Bars(
        title=_("Lines, by the chances of the person they most resemble"), unit=_("lines"),
        bars=[Bar(label, counted[f"b{rank}"]) for rank, label in enumerate(labels)],
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    label: str
    same: float  # in a hundred pairs of one person
    two: float | None  # and of two persons; None when it depends on how rare the value is
    bits: float | None


@dataclass(frozen=True, slots=True)
class Parameters:
    """One field of the model."""

    label: str
    levels: list[Level]


class Learnt:
    """The model in force."""

    def __init__(self) -> None:
        self.row = MatchingModel.objects.adopted().defer("rarities", "parameters").first()

    @cached_property
    def model(self) -> Model | None:
        try:
            return version(self.row.pk)[0] if self.row else None
        except MatchingFaultError:
            return None

    @property
    def known_in_ten(self) -> str:
        return f"{10 * self.model.share:.0f}" if self.model else ""

    @cached_property
    def fields(self) -> list[Parameters]:
        if self.model is None:
            return []
        return [
            Parameters(label_of(name.partition(":")[0]), levels_of(name, one))
            for name, one in self.model.fields.items()
        ]


def levels_of(name: str, one: Field) -> list[Level]:
    """From the best. Of names, among all pairs; of the rest, among those whose two names agree."""
    situation = 0 if name in NAMES else BOTH
    found = []
    for rank in reversed(range(len(one.levels))):
        m, u = float(one.m[situation, rank]), float(one.u[situation, rank])
        rare = bool(one.rare[rank])
        bits = None if rare else float(np.log2(m / u))
        found.append(Level(level_in_words(one.levels[rank]), 100 * m, None if rare else 100 * u, bits))
    return found
