"""The parameters of Fellegi and Sunter, learnt from the two files without a single known answer (EM)."""

from functools import partial
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lierre.people.matching.comparing import comparisons
from lierre.people.matching.comparisons import Rows, family, given
from lierre.people.matching.correction import correct
from lierre.people.matching.decision import decided
from lierre.people.matching.hashing import Numbers, joined
from lierre.people.matching.model import BOTH, FAMILY_ONLY, GIVEN_ONLY, NAMES, Field, Model
from lierre.people.matching.processors import PROCESSORS
from lierre.people.matching.side import Side
from lierre.people.matching.weighing import Pairs, weighed

RANDOM_PAIRS: Final = 150_000
DRAWN_PER_LINE: Final = 2
TURNS: Final = 20
SETTLED: Final = 5e-5
HOMONYMS: Final = (0.001, 0.15)  # per line, beyond chance: the data alone would take every rare name for a homonym's
MOST_ALIKE: Final = 0.15  # how far homonyms may go from chance towards one person
LEAST_OF_A_SOURCE: Final = 200  # lines
RARE: Final = {
    "given": {given.SHORT, given.SECOND, given.PART, given.CROSSED, given.SWAPPED, given.EXACT, given.ALL},
    "family": {family.PART, family.USAGE, family.EXACT, family.BOTH},
}
# How often a field is different between two lines of one person: what is believed of a file before it has shown enough
# pairs. Without it, a file where nobody is twice teaches that brothers are one person. By type, whatever the file.
BELIEVED: Final = {
    "given": 0.04, "family": 0.06, "date": 0.03, "year": 0.03, "degree": 0.1, "code": 0.1, "gender": 0.03, "city": 0.3,
    "employer": 0.4, "email": 0.35, "text": 0.3, "number": 0.2,
}  # fmt: skip
BELIEVED_SIBLINGS: Final = 0.02  # per line of one file
BELIEF: Final = 0.2  # pairs per line that the belief is worth
# Homonyms make like addresses of one name. Between two files this is learnt; inside one, it must be known beforehand.
HOMONYMS_MAILS: Final = np.array([0.889, 0.02, 0.07, 0.02, 0.001])
Weights = NDArray[np.float64]


def counted(pairs: Pairs, name: str, one: Field, weights: Weights) -> Weights:
    """How many pairs reach each level of a field, in each situation of each source: those of unknown source first."""
    rows, size = one.m.shape
    found = np.bincount(pairs.place(name, size), weights=weights, minlength=rows * (size + 1))
    return found.astype(np.float64, copy=False).reshape(rows, size + 1)[:, :size]


def by_situation(found: Weights) -> Weights:
    """The same, whatever the source."""
    together: Weights = found.reshape(-1, 4, found.shape[1]).sum(axis=0)
    return together


def _sharing(mine: Numbers, theirs: Numbers, rng: np.random.Generator) -> tuple[Rows, Rows]:
    """Random pairs among those who share a value."""
    order = np.argsort(theirs)
    there = theirs[order]
    start = np.searchsorted(there, mine, "left")
    size = np.searchsorted(there, mine, "right") - start
    rows = np.repeat(np.flatnonzero((size > 0) & (mine != 0)), DRAWN_PER_LINE)
    return rows, order[start[rows] + (rng.random(len(rows)) * size[rows]).astype(np.int64)]


def _other(rows: tuple[Rows, Rows], task: str) -> tuple[Rows, Rows]:
    """In a file compared with itself, a line is not compared with itself."""
    if task != "dedupe":
        return rows
    other = rows[0] != rows[1]
    return rows[0][other], rows[1][other]


def rare_levels(name: str, levels: tuple[str, ...]) -> NDArray[np.bool_]:
    if name in RARE:
        return np.array([level in RARE[name] for level in range(len(levels))])
    worth = not name.startswith(("date", "year", "email"))
    return np.array([worth and level in ("exact", "about", "other level") for level in levels])


def origins(left: Side) -> list[str]:
    """The sources that speak often enough for their mistakes to be learnt."""
    if left.origin is None:
        return []
    times = np.bincount(left.origin.codes, minlength=len(left.origin.distinct))
    often = np.flatnonzero(times >= max(LEAST_OF_A_SOURCE, len(left) // 50))
    return sorted(left.origin.distinct[rank] for rank in often if left.origin.distinct[rank])


def estimate(task: str, left: Side, right: Side, l_rows: Rows, r_rows: Rows, drawn: Rows) -> Model:
    """Learn from candidates: the pairs `l_rows`, `r_rows`, of the lines `drawn`."""
    rng = np.random.default_rng(20)
    those = comparisons(left, right)
    rare = {one.name: rare_levels(one.name, one.levels) for one in those}
    model = Model.fresh(task, those, rare, max(len(right), 1), origins(left) if task == "link" else [])
    size = min(RANDOM_PAIRS, 20 * len(left) * len(right))
    random = rng.integers(0, len(left), size), rng.integers(0, len(right), size)
    asked = [(l_rows, r_rows), _other(random, task)]
    only = []
    for some, mine, theirs in ((GIVEN_ONLY, left.given, right.given), (FAMILY_ONLY, left.family, right.family)):
        if mine is not None and theirs is not None:
            one = (mine.first if some == GIVEN_ONLY else mine.core)[mine.codes[drawn]]
            two = (theirs.first if some == GIVEN_ONLY else theirs.core)[theirs.codes]
            rows, others = _sharing(one, two, rng)
            asked.append(_other((drawn[rows], others), task))
            only.append(some)
    works = [partial(Pairs.of, model, left, right, *rows) for rows in asked]
    candidates, chance, *shared = PROCESSORS.at_once(works)
    alike = dict(zip(only, shared, strict=True))
    _by_chance(model, chance)
    if task == "link":
        model.bond = bond(right)
    if len(drawn):
        _turn(model, candidates, alike, l_rows, drawn)
    correct(model, left, candidates, l_rows, drawn)
    return model


def bond(base: Side) -> float:
    """Bits: how much more often than by chance two lines of the base, which are of two persons, have both names in common."""
    first, last = base.given, base.family
    if first is None or last is None:
        return 0.0
    given_rows, family_rows = first.codes, last.codes
    names = np.sort(joined(1, first.first[given_rows], last.core[family_rows]))
    names = names[names != 0]
    times = np.diff(np.flatnonzero(np.append(np.append(True, names[1:] != names[:-1]), True)))
    seen = float((times * (times - 1)).sum())
    said = (first.first[given_rows] != 0) & (last.core[family_rows] != 0)
    expected = float(
        np.exp2(-first.rarity[given_rows] - last.rarity[family_rows], where=said, out=np.zeros(len(base))).sum()
    ) * len(base)
    return float(np.clip(np.log2((seen + 10) / (expected + 10)), 0, 6))


def _by_chance(model: Model, chance: Pairs) -> None:
    every = np.ones(chance.size)
    for name, one in model.fields.items():
        seen = by_situation(counted(chance, name, one, every))
        found = seen.sum(axis=0) + 0.5
        one.u[:] = found / found.sum()
        one.kin[:] = (one.u[0] + one.m[0]) / 2
        one.homonym[:] = 0.8 * one.u[0] + 0.2 * one.m[0]
        if name == "family":
            for only in range(4):
                one.u[only] = _near(seen[only], one.u[0], 2)
        if name in NAMES:
            one.u[:, one.rare] = 1.0  # by chance, as often as the value is borne: its rarity says it
        else:
            one.usual[:] = -np.log2(one.u[0])
        if name.startswith("email") and model.task == "dedupe":
            one.u[BOTH] = HOMONYMS_MAILS


def _near(found: Weights, prior: Weights, strength: float) -> Weights:
    """A distribution from counts, which leans on another one: level by level, where fewer than a few were seen."""
    total = max(float(found.sum()), 1e-9)
    leaning = prior * (found + strength) / (total * prior + strength)
    trust = found / (found + 5)
    made = trust * found / total + (1 - trust) * leaning
    return np.asarray(made / made.sum())


def _turn(model: Model, candidates: Pairs, alike: dict[int, Pairs], l_rows: Rows, drawn: Rows) -> None:
    lines = int(drawn.max()) + 1
    start = {name: one.u[0].copy() for name, one in model.fields.items()}
    for _turn_number in range(TURNS):
        before = model.share
        p, kin, homonym = _rates(model, candidates, l_rows, lines, drawn)
        for name, one in model.fields.items():
            if model.task == "dedupe":
                _learn_inside(name, one, candidates, p, BELIEF * len(drawn))
            else:
                _learn(name, one, candidates, p, kin, homonym)
        if abs(model.share - before) < SETTLED:
            break
        if (
            model.task == "link"
        ):  # inside one file, agreement of two persons cannot be told from that of one met many times
            _by_class(model, candidates, 1 - p, alike, start)


def _by_class(
    model: Model, candidates: Pairs, alone: Weights, alike: dict[int, Pairs], start: dict[str, Weights]
) -> None:
    """What else agrees by chance, once one name does, or both."""
    others = {name: one for name, one in model.fields.items() if name not in NAMES}
    for only, sample in alike.items():
        weights = _alone(model, sample)
        for name, one in others.items():
            one.u[only] = _near(by_situation(counted(sample, name, one, weights))[only], start[name], 2)
    for name, one in others.items():
        one.u[BOTH] = _near(by_situation(counted(candidates, name, one, alone))[BOTH], start[name], 2)


def _rates(model: Model, candidates: Pairs, l_rows: Rows, lines: int, drawn: Rows) -> tuple[Weights, Weights, Weights]:
    """How many lines are of somebody known, and how many homonyms and kin each has. Gives the weights of every pair."""
    evidence = weighed(model, candidates)
    found = decided(model, evidence, l_rows, lines)
    p, size = found.probability, float(len(drawn))
    alone = 1 - p
    homonym, kin = model.homonyms * evidence.homonym / found.explained, model.siblings * evidence.kin / found.explained
    if model.task == "link":
        new = found.nobody[l_rows]
        as_new = 1 + model.homonyms_of_new * evidence.homonym + model.siblings_of_new * evidence.kin
        news = max(float(found.nobody[drawn].sum()), 1.0)
        of_new = model.homonyms_of_new * evidence.homonym / as_new, model.siblings_of_new * evidence.kin / as_new
        model.homonyms_of_new = float((new * of_new[0]).sum()) / news
        model.siblings_of_new = float((new * of_new[1]).sum()) / news
        alone = np.maximum(1 - p - new, 0)
        kin_weight, homonym_weight = alone * kin + new * of_new[1], alone * homonym + new * of_new[0]
        size = max(size - news, 1.0)
    else:
        kin_weight, homonym_weight = alone * kin, alone * homonym
    model.share = min(float(p.sum()) / len(drawn), 0.995 if model.task == "link" else np.inf)
    if model.task == "dedupe":
        model.homonyms, model.siblings = 0.0, BELIEVED_SIBLINGS
        return p, kin_weight, homonym_weight
    model.homonyms = float(np.clip((alone * homonym).sum() / size, *HOMONYMS))
    model.siblings = float((alone * kin).sum()) / size
    # Who is new has at least as many homonyms as who is known: those are not fewer for being nobody's.
    model.homonyms_of_new = float(np.clip(model.homonyms_of_new, model.homonyms, HOMONYMS[1]))
    model.siblings_of_new = max(model.siblings_of_new, model.siblings)
    return p, kin_weight, homonym_weight


def _learn_inside(name: str, one: Field, candidates: Pairs, p: Weights, belief: float) -> None:
    """Inside one file, where few may be twice: what is seen, on top of what is believed."""
    found = counted(candidates, name, one, p).sum(axis=0) + belief * believed(name, len(one.levels)) + 0.3
    one.m[:] = found / found.sum()
    one.kin = (one.m[0] + one.u[FAMILY_ONLY]) / 2  # twins: what they share, they share as one person would


def _learn(name: str, one: Field, candidates: Pairs, p: Weights, kin: Weights, homonym: Weights) -> None:
    seen = counted(candidates, name, one, p)
    every = seen.sum(axis=0) + 0.3
    every /= every.sum()
    situations = by_situation(seen)
    plain = name == "given"  # what it depends on would be itself
    for only in range(4):
        one.m[only] = every if plain else _near(situations[only], every, 5)
    for source in range(1, len(one.m) // 4):
        mine = seen[4 * source : 4 * source + 4]
        shift = _near(mine.sum(axis=0), every, 5) / every
        for only in range(4):
            prior = one.m[only] * shift
            prior /= prior.sum()
            one.m[4 * source + only] = prior if plain else _near(mine[only], prior, 5)
    if name not in NAMES:
        one.kin = _near(by_situation(counted(candidates, name, one, kin))[FAMILY_ONLY], one.u[FAMILY_ONLY], 5)
        alike = _near(by_situation(counted(candidates, name, one, homonym))[BOTH], one.u[BOTH], 5)
        one.homonym = _between(alike, one.u[BOTH], one.m[BOTH])


def believed(name: str, size: int) -> Weights:
    """What is thought of a field before anything is seen."""
    different = BELIEVED.get(name.partition(":")[0], 0.5)
    found = np.full(size, 0.15 * (1 - different) / max(size - 2, 1))
    found[0], found[-1] = different, 0.85 * (1 - different)
    return np.asarray(found / found.sum())


def _between(seen: Weights, two: Weights, same: Weights) -> Weights:
    """
    Homonyms agree on the rest a little more than chance, never nearly as much as one person with himself: left free, they
    would soon be mistaken for him.
    """
    share = np.clip((seen[-1] - two[-1]) / max(same[-1] - two[-1], 1e-9), 0, MOST_ALIKE)
    between: Weights = (1 - share) * two + share * same
    return between


def _alone(model: Model, sample: Pairs) -> Weights:
    """How sure it is, for pairs drawn at random, that they are of two persons."""
    odds = model.share / model.lines * np.exp2(np.clip(weighed(model, sample).person, -60, 60))
    alone: Weights = 1 / (1 + odds)
    return alone
