"""Why a pair is suspected: one sentence for all clues, and the drawing of what each weighs."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from lierre.foundation.charts.waterfall import Rise, Waterfall
from lierre.people.duplicates.pair import as_weights, bits_of
from lierre.people.duplicates.queue import SURE
from lierre.people.matching.explanation import START
from lierre.people.readings.resemblance import label_of, sentence

Clues = Sequence[Sequence[Any]]


def told(weights: Clues) -> str:
    """One sentence: what speaks for one person, the weightiest first; then what speaks against it."""
    return sentence(as_weights(weights)) if weights else _("Nobody said why.")


def drawn(weights: Clues) -> Waterfall | None:
    """Nothing for a pair that somebody named: no machine has weighed it."""
    if not weights:
        return None
    return Waterfall(
        title=_("What each clue weighs"), unit=_("bits"), total_label=_("In all"),
        steps=[Rise(label_of(name), bits, name == START) for name, _level, bits in as_weights(weights)],
        threshold=round(bits_of(SURE), 1), below=pgettext_lazy("drawing", "two persons"),
        beyond=pgettext_lazy("drawing", "the same"),
    )  # fmt: skip
