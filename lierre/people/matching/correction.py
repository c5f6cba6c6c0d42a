"""
How much of the bits is to be believed, learnt without an answer: lines that say much teach those that say little.

Of a line that says more than another one of its source, some fields are hidden, so that it says as much as that other one.
What was thought of it before is then the answer, nearly certain, to what is hard to tell now. A small regression on these
answers gives what the sums of bits should have been: fields agree together more than a product of chances says, names that
a mistake explains and brothers are not told as well as the rest, and some sources hide more persons than others. What is
thought of whole lines changes with it, and teaches again, until nothing changes.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lierre.people.matching.comparisons import MISSING, Rows, given
from lierre.people.matching.decision import unknown
from lierre.people.matching.model import BOTH, MISTAKEN, NAMES, RELATED, Model
from lierre.people.matching.side import Side
from lierre.people.matching.weighing import MOST, Pairs, weighed

Numbers = NDArray[np.float64]
COPIES: Final = 4  # of each line that is drawn
TURNS: Final = 8
SETTLED: Final = 0.02
EXACT: Final = 1e-3
BELIEF: Final = 5.0  # lines' worth of thinking that the bits are right as they are
LEAST_TAUGHT: Final = 20.0  # lines of somebody new, or pairs of one person in a file: fewer teach nothing
LEAST_RICHER: Final = 30  # lines
TEMPERS: Final = (0.2, 2.0)  # to agree more is never to be less likely
LEAST_ODDS: Final = -15.0  # logarithm: what is less likely changes nothing
DOUBT: Final = 0.05  # a copy whose person may not be brought any more teaches nothing
KEYED: Final = 2  # the level from which a field may have brought the pair by its key


@dataclass
class Lot:
    """Pairs of some lines: the line of each, the logarithm of its odds against nobody, and what may change it."""

    lines: int
    l_rows: Rows
    seen: Numbers  # (coefficients, pairs)


def correct(model: Model, left: Side, candidates: Pairs, l_rows: Rows, drawn: Rows) -> None:
    """Give a model its last correction, from the candidates of the lines `drawn`. Inside one file no candidates compete."""
    alone = model.task == "dedupe"
    whole = _lot(model, candidates, l_rows, len(left))
    start = _start(model)
    thought, nobody = competing(start @ whole.seen, whole)
    if float(thought.sum() if alone else nobody[drawn].sum()) < LEAST_TAUGHT:
        return
    copied, hidden, pair, line, reached = _copies(model, left, candidates, l_rows, drawn)
    if alone:
        copied, line = len(pair), np.arange(len(pair))
    poorer = _lot(model, hidden, line, copied)
    left_out = np.bincount(line[~reached], weights=thought[pair[~reached]], minlength=copied) > DOUBT
    likely = np.flatnonzero((poorer.seen[1] > LEAST_ODDS) & reached & ~left_out[line])
    poorer = Lot(copied, line[likely], poorer.seen[:, likely])
    found = start
    for _turn in range(TURNS):
        before = found
        found = fitted(poorer, thought[pair[likely]], start, before)
        thought, nobody = competing(found @ whole.seen, whole)
        if float(np.abs(found - before).max()) < SETTLED:
            break
    lift, temper, mistaken, related, *sources = found.tolist()
    model.temper, model.lift = float(np.clip(temper, *TEMPERS)), float(np.exp(lift))
    model.lift_of_mistaken, model.lift_of_related = float(np.exp(mistaken)), float(np.exp(related))
    model.lift_of_origins = [float(np.exp(one)) for one in sources]


def _start(model: Model) -> Numbers:
    found = np.zeros(4 + len(model.origins))
    found[1] = 1.0
    return found


def _lot(model: Model, pairs: Pairs, l_rows: Rows, lines: int) -> Lot:
    evidence = weighed(model, pairs)
    explained = 1 + model.homonyms * evidence.homonym + model.siblings * evidence.kin
    bits = np.log2(model.share / model.lines / explained) + np.clip(evidence.person, -MOST, MOST)
    if model.task == "dedupe":
        lines, l_rows = len(bits), np.arange(len(bits))
    else:
        bits -= np.log2(unknown(model, evidence, explained, l_rows, lines))[l_rows]
    odds = bits * np.log(2)
    sources = [evidence.origin == rank + 1 for rank in range(len(model.origins))]
    seen = [np.ones(len(odds)), odds, evidence.named == MISTAKEN, evidence.named == RELATED, *sources]
    return Lot(lines, l_rows, np.array(seen, dtype=np.float64))


def competing(score: Numbers, lot: Lot) -> tuple[Numbers, Numbers]:
    """The probability of each pair, and for each line that of nobody."""
    above = np.exp(np.clip(score, -MOST, MOST))
    total = 1 + np.bincount(lot.l_rows, weights=above, minlength=lot.lines)
    return above / total[lot.l_rows], 1 / total


def fitted(lot: Lot, answers: Numbers, start: Numbers, near: Numbers | None = None) -> Numbers:
    """The coefficients that make the answers most likely (Newton, from `near`), which lean on those of the start."""
    found = (start if near is None else near).copy()
    belief = np.full(len(start), BELIEF) * COPIES
    belief[1] *= 5
    begins = np.flatnonzero(np.append(True, lot.l_rows[1:] != lot.l_rows[:-1])[: len(lot.l_rows)])
    for _step in range(12):
        p, _nobody = competing(found @ lot.seen, lot)
        slope = lot.seen @ (p - answers) + belief * (found - start)
        weighed_by = lot.seen * p
        of_lines = np.add.reduceat(weighed_by, begins, axis=1) if len(begins) else weighed_by
        bend = weighed_by @ lot.seen.T - of_lines @ of_lines.T + np.diag(belief)
        step = np.linalg.solve(bend, slope)
        found -= step
        if float(np.abs(step).max()) < EXACT:
            break
    return found


def _columns(model: Model) -> dict[str, list[str]]:
    """The fields that one column of the line makes, under the name of the first: an address makes three."""
    found: dict[str, list[str]] = {}
    for name in model.fields:
        kind, _, column = name.partition(":")
        if name not in NAMES:
            found.setdefault(f"email:{column}" if kind in ("embedded", "born") else name, []).append(name)
    return found


def _said(model: Model, left: Side) -> Rows:
    """What each line says, one bit for each column."""
    found = np.zeros(len(left), dtype=np.int64)
    for rank, name in enumerate(_columns(model)):
        kind, _, column = name.partition(":")
        if kind in ("date", "year"):
            dates = left.dates[column] if kind == "date" else left.years[column]
            said = dates.year[dates.codes] > 0
        else:
            texts = left.mails[column] if kind == "email" else left.words[name]
            said = texts.whole[texts.codes] != 0
        found |= said.astype(np.int64) << rank
    return found


def _copies(
    model: Model, left: Side, candidates: Pairs, l_rows: Rows, drawn: Rows
) -> tuple[int, Pairs, Rows, Rows, NDArray[np.bool_]]:
    """
    How many copies were made; their pairs; which pair each was; the copy that each is of, in order; and whether what is not
    hidden would bring the pair too.
    """
    chance = np.random.default_rng(30)
    said, origin = _said(model, left), model.origin(left, np.arange(len(left)))
    models, hidden = [], []
    for source in np.unique(origin[drawn]):
        lines = drawn[origin[drawn] == source]
        for wanted in np.unique(said[lines]):
            richer = lines[((said[lines] & wanted) == wanted) & (said[lines] != wanted)]
            if len(richer) < LEAST_RICHER:
                richer = lines[(said[lines] & wanted) == wanted]
            copied = chance.choice(richer, COPIES * int((said[lines] == wanted).sum()))
            models.append(copied)
            hidden.append(said[copied] & ~wanted)
    line, hide = np.concatenate(models), np.concatenate(hidden)
    first = np.searchsorted(l_rows, line, "left")
    size = np.searchsorted(l_rows, line, "right") - first
    copy = np.repeat(np.arange(len(line)), size)
    pair = np.repeat(first, size) + np.arange(int(size.sum())) - np.repeat(np.cumsum(size) - size, size)
    made = candidates.only(pair)
    brought = np.zeros(len(pair), dtype=bool)  # the pair, perhaps, by the key of what is hidden
    for rank, names in enumerate(_columns(model).values()):
        among = np.flatnonzero(hide[copy] & (1 << rank))
        brought[among] |= made.agreements[names[0]].levels[among] >= KEYED
        for name in names:
            made.agreements[name].levels[among] = MISSING
            made.agreements[name].rarity[among] = 0
    levels = made.agreements["given"].levels if "given" in made.agreements else np.zeros(len(pair), dtype=np.int8)
    named = (made.classed == BOTH) | (levels == given.CROSSED) | (levels == given.SWAPPED)
    return len(line), made, pair, copy, named | ~brought
