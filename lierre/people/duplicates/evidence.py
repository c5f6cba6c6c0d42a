"""A first engine: pairs who share something strong, weighed clue by clue, in bits. A rare name weighs more."""

from collections.abc import Iterable, Iterator, Mapping
from math import log2
from typing import Any, Final

from lierre.people.duplicates.candidates import Names, candidates
from lierre.people.duplicates.pair import CHANCE, Pair, Weight, probability_of
from lierre.people.fold import Folded, fold
from lierre.people.fold.folding import study_key
from lierre.people.fold.rows import current_position, place_of
from lierre.people.fold.text import folded
from lierre.people.models.policy import policy_in_force
from lierre.people.projection import sliced
from lierre.people.refold import hear

RULE: Final = "evidence 1"
LEAST: Final = 0.35
PAIRS_AT_ONCE: Final = 1_000
A_DAY: Final = 13.8  # bits: one day among those of forty years
A_YEAR: Final = 5.3
# What two values are worth when they agree and when they differ, for a person and for two.
PLAIN: Final[tuple[tuple[str, float, float], ...]] = (
    ("ine", 20, -20), ("student_number", 18, -4), ("linkedin", 18, -4), ("birth_place", 6, -4), ("sex", 0.5, -6),
)  # fmt: skip
SHARED_ADDRESS: Final = {"email": 12.0, "phone": 9.0}


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
            probability = probability_of(sum(bits for _clue, bits in weights))
            if probability >= LEAST:
                yield Pair(low, high, probability, weights)


def weigh(one: Folded, other: Folded, names: Names) -> Iterator[Weight]:
    """Clue by clue. What is unknown on one side says nothing."""
    yield CHANCE, -log2(names.base)
    yield from name_clues(one.values, other.values, names)
    yield from birth(one.values.get("born", ""), other.values.get("born", ""))
    for name, agree, differ in PLAIN:
        said = [folded(str(each.values.get(name, ""))) for each in (one, other)]
        if all(said):
            yield name, agree if said[0] == said[1] else differ
    yield from addresses(one, other)
    yield from studies(one, other)
    yield from work(one, other)


def name_clues(one: Mapping[str, Any], other: Mapping[str, Any], names: Names) -> Iterator[Weight]:
    first, second = family_names(one), family_names(other)
    if first and second:
        if common := first & second:
            yield "family", max(rarity(name, names.family, names.base) for name in common)
        elif any(close(name, another) for name in first for another in second):
            yield "family", min(rarity(name, names.family, names.base) for name in first | second) / 2
        else:
            yield "family", -6.0
    given = [folded(each.get("given", "")) for each in (one, other)]
    if all(given):
        heads = [name.split(" ")[0] for name in given]
        if heads[0] == heads[1]:
            yield "given", rarity(heads[0], names.given, names.base)
        elif set(given) <= first | second:  # written the other way round
            yield "given", 2.0
        elif heads[0][:1] == heads[1][:1] and 1 in map(len, heads):
            yield "given", 1.5
        else:
            yield "given", rarity(heads[0], names.given, names.base) / 2 if close(*heads) else -10.0


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
    >>> list(birth("1991-05-17", "1991-05-17")), list(birth("1991-05-07", "1991-07-05")), list(birth("1991", "1988-01-02"))
    ([('born', 13.8)], [('born', 4.0)], [('born', -6.0)])
    """
    if not one or not other:
        return
    if len(one) == len(other) == 10:
        if one == other:
            yield "born", A_DAY
        elif one[:4] == other[:4] and one[5:7] == other[8:] and one[8:] == other[5:7]:
            yield "born", 4.0
        else:
            yield "born", 1.0 if sum(a != b for a, b in zip(one, other, strict=True)) == 1 else -9.0
    else:
        yield "born", A_YEAR if one[:4] == other[:4] else -6.0


def addresses(one: Folded, other: Folded) -> Iterator[Weight]:
    reach = [{(contact["kind"], contact["value"]) for contact, _by in each.contacts} for each in (one, other)]
    shared = {kind for kind, _value in reach[0] & reach[1]}
    for kind, bits in SHARED_ADDRESS.items():
        if kind in shared:
            yield kind, bits


def studies(one: Folded, other: Folded) -> Iterator[Weight]:
    followed = [{study_key(study) for study, _by in each.studies} for each in (one, other)]
    if all(followed):
        years = [{year for _degree, year in each if year} for each in followed]
        if followed[0] & followed[1]:
            yield "study", 7.0
        else:
            yield "study", 2.0 if years[0] & years[1] else -2.0


def work(one: Folded, other: Folded) -> Iterator[Weight]:
    jobs = [current_position(each) for each in (one, other)]
    employers = [folded(job.get("employer", "")) for job in jobs]
    if all(employers):
        yield "employer", 6.0 if employers[0] == employers[1] else -1.0
    places = [place_of(each, job)[0] for each, job in zip((one, other), jobs, strict=True)]
    if all(places):
        yield "place", 2.5 if places[0] == places[1] else -1.0


def total(weights: Iterable[Weight]) -> float:
    return sum(bits for _clue, bits in weights)
