"""A base too small to learn from: pairs who share something strong, weighed clue by clue, in bits. A rare name weighs more."""

from collections.abc import Iterator, Mapping
from math import log2
from typing import Any, Final

from lierre.people.duplicates.beside import beside
from lierre.people.duplicates.candidates import Names, candidates
from lierre.people.duplicates.pair import Pair, probability_of
from lierre.people.fold import Folded, fold
from lierre.people.fold.folding import study_key
from lierre.people.fold.rows import current_position, place_of
from lierre.people.fold.text import folded
from lierre.people.matching.explanation import START, Weight
from lierre.people.models.policy import policy_in_force
from lierre.people.projection import sliced
from lierre.people.refold import hear

RULE: Final = "clues 2"
LEAST: Final = 0.35
PAIRS_AT_ONCE: Final = 1_000
A_DAY: Final = 13.8  # bits: one day among those of forty years
A_YEAR: Final = 5.3


def pairs(after: tuple[int, int] = (0, 0)) -> Iterator[Pair]:
    """Those who are more than a coincidence."""
    found, names = candidates()
    policy = policy_in_force()
    following = ((low, high) for low, high in found.tolist() if (low, high) > after)
    for some in sliced(following, PAIRS_AT_ONCE):
        spoken = hear(sorted({number for pair in some for number in pair}))
        read = {number: fold(said, policy) for number, said in spoken.items()}
        for low, high in some:
            weights = tuple(weigh(read[low], read[high], names))
            probability = probability_of(sum(bits for _clue, _level, bits in weights))
            if probability >= LEAST:
                yield Pair(low, high, probability, weights)


def weigh(one: Folded, other: Folded, names: Names) -> Iterator[Weight]:
    """Clue by clue. What is unknown on one side says nothing."""
    yield START, "", -log2(names.base)
    yield from name_clues(one.values, other.values, names)
    yield from birth(one.values.get("born", ""), other.values.get("born", ""))
    sexes = [each.values.get("sex") for each in (one, other)]
    if all(sexes):
        yield ("gender", "same", 0.5) if sexes[0] == sexes[1] else ("gender", "different", -6.0)
    yield from beside(one, other, ())
    yield from studies(one, other)
    yield from work(one, other)


def name_clues(one: Mapping[str, Any], other: Mapping[str, Any], names: Names) -> Iterator[Weight]:
    first, second = family_names(one), family_names(other)
    if first and second:
        if common := first & second:
            yield "family", "exact", max(rarity(name, names.family, names.base) for name in common)
        elif any(close(name, another) for name in first for another in second):
            yield "family", "close", min(rarity(name, names.family, names.base) for name in first | second) / 2
        else:
            yield "family", "different", -6.0
    given = [folded(each.get("given", "")) for each in (one, other)]
    if all(given):
        heads = [name.split(" ")[0] for name in given]
        if heads[0] == heads[1]:
            yield "given", "exact", rarity(heads[0], names.given, names.base)
        elif set(given) <= first | second:
            yield "given", "swapped", 2.0
        elif heads[0][:1] == heads[1][:1] and 1 in map(len, heads):
            yield "given", "initial", 1.5
        elif close(*heads):
            yield "given", "close", rarity(heads[0], names.given, names.base) / 2
        else:
            yield "given", "different", -10.0


def family_names(values: Mapping[str, Any]) -> set[str]:
    return {folded(values[name]) for name in ("family", "usage", "former") if values.get(name)}


def rarity(name: str, counts: Mapping[str, int], persons: int) -> float:
    """
    >>> rarity("kerbrat", {"kerbrat": 2}, 2048), rarity("nobody", {}, 2048)
    (10.0, 11.0)
    """
    return log2(persons / counts.get(name, 1))


def close(one: str, other: str) -> bool:
    """
    Whether one name is a part of the other, or differs from it by a slip of the fingers.

    >>> close("herve", "herve cariou"), close("herve", "hreve"), close("herve", "cariou")
    (True, True, False)
    """
    if set(one.split()) & set(other.split()):
        return True
    if abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < 4:
        return False
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest, far = one[start:], other[start:]
    swapped = rest[:2] == far[1::-1] and rest[2:] == far[2:]
    return swapped or rest[1:] == far[1:] or rest[1:] == far or rest == far[1:]


def birth(one: str, other: str) -> Iterator[Weight]:
    """
    >>> list(birth("1991-05-17", "1991-05-17")), list(birth("1991-05-07", "1991-07-05"))
    ([('date', 'exact', 13.8)], [('date', 'inverted', 4.0)])
    >>> list(birth("1991", "1988-01-02"))
    [('date', 'different', -6.0)]
    """
    if not one or not other:
        return
    if len(one) == len(other) == 10:
        if one == other:
            yield "date", "exact", A_DAY
        elif one[:4] == other[:4] and one[5:7] == other[8:] and one[8:] == other[5:7]:
            yield "date", "inverted", 4.0
        elif sum(a != b for a, b in zip(one, other, strict=True)) == 1:
            yield "date", "two parts", 1.0
        else:
            yield "date", "different", -9.0
    else:
        yield ("date", "same year", A_YEAR) if one[:4] == other[:4] else ("date", "different", -6.0)


def studies(one: Folded, other: Folded) -> Iterator[Weight]:
    """One in common is said beside; here, what only the years say."""
    followed = [{study_key(study) for study, _by in each.studies} for each in (one, other)]
    if all(followed) and not followed[0] & followed[1]:
        years = [{year for _degree, year in each if year} for each in followed]
        yield ("year", "exact", 2.0) if years[0] & years[1] else ("study", "different", -2.0)


def work(one: Folded, other: Folded) -> Iterator[Weight]:
    jobs = [current_position(each) for each in (one, other)]
    employers = [folded(job.get("employer", "")) for job in jobs]
    if all(employers):
        yield ("employer", "exact", 6.0) if employers[0] == employers[1] else ("employer", "different", -1.0)
    places = [place_of(each, job)[0] for each, job in zip((one, other), jobs, strict=True)]
    if all(places):
        yield ("place", "exact", 2.5) if places[0] == places[1] else ("place", "different", -1.0)
