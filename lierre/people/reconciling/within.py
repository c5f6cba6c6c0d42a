"""What tells two persons of the base apart, and two lines of one file."""

from dataclasses import replace
from typing import Final

from lierre.people.matching.batch import LEARNT_FROM
from lierre.people.matching.model import Model
from lierre.people.models import MatchingModel
from lierre.people.reconciling.taught import PAIRS, taught

# How many persons stand twice is learnt from some thousands of them, where there may be none by chance: it is drawn
# towards what is believed of any base, as if so many persons more had been looked at.
BELIEVED: Final = 0.005
AS_IF: Final = 1_000
# How many lines of a file have another line of the same person: a base says less, or more, than any file can.
FEWEST: Final = 0.002
MOST: Final = 0.1


def model_within(number: int) -> Model:
    """Of this version, with what answers have taught."""
    row = MatchingModel.objects.defer("parameters", "rarities").get(pk=number)
    model = Model.from_described(row.within)
    looked_at = min(model.lines, LEARNT_FROM)
    share = (model.share * looked_at + BELIEVED * AS_IF) / (looked_at + AS_IF)
    return taught(replace(model, share=share), row.adjustments.get(PAIRS, {}))


def taught_within(number: int) -> dict[str, float]:
    """What answers about pairs have taught by this version, level by level."""
    adjustments = MatchingModel.objects.values_list("adjustments", flat=True).get(pk=number)
    return dict(adjustments.get(PAIRS, {}))


def model_of_file(number: int, lines: int) -> Model:
    """The same for a file of so many lines: two of them meet by chance more seldom than in the whole base."""
    model = model_within(number)
    return replace(model, lines=max(lines, 2), share=min(max(model.share, FEWEST), MOST))
