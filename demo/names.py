"""Names that fit a cohort and a region: given names by decade of birth and sex, family names by frequency."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from random import Random
from typing import Final, Literal

from demo.carried import rows
from demo.chance import Weighted
from demo.spelling import restored, written

Sex = Literal["f", "m"]

BRETON_GIVEN: Final = 6  # how many times more frequent than in France as a whole
BRETON_FAMILY: Final = 12
DECADES: Final = range(1940, 2010, 10)


@dataclass(frozen=True, slots=True)
class Origin:
    """A country that students come from, with names borne there."""

    iso: str
    insee: str
    men: tuple[str, ...]
    women: tuple[str, ...]
    families: tuple[str, ...]
    cities: tuple[str, ...]


def _given_names() -> dict[tuple[str, int], Weighted[str]]:
    found: dict[tuple[str, int], list[tuple[str, float]]] = defaultdict(list)
    for row in rows("first_names.csv"):
        boost = BRETON_GIVEN if row["breton"] == "1" else 1
        for decade in DECADES:
            found[row["sex"].lower(), decade].append((row["name"], int(row[str(decade)]) * boost))
    return {key: Weighted(names) for key, names in found.items()}


def _family_names() -> dict[int, Weighted[str]]:
    accents = restored()
    known = list(rows("family_names.csv"))
    names = [accents.get(row["name"]) or written(row["name"]) for row in known]
    boosts = [BRETON_FAMILY if row["breton"] == "1" else 1 for row in known]
    found = {}
    for decade in DECADES:
        births = [int(row[str(min(decade, 1990))]) * boost for row, boost in zip(known, boosts, strict=True)]
        found[decade] = Weighted(zip(names, births, strict=True))
    return found


def _origins() -> Iterable[tuple[Origin, float]]:
    for row in rows("foreign.csv"):
        lists = [tuple(row[column].split("|")) for column in ("men", "women", "families", "cities")]
        yield Origin(row["iso"], row["insee"], *lists), float(row["weight"])


GIVEN: Final = _given_names()
FAMILY: Final = _family_names()
ORIGINS: Final = Weighted(_origins())


def given_name(sex: Sex, year: int, chance: Random) -> str:
    """A given name of someone born that year."""
    return GIVEN[sex, min(max(year // 10 * 10, 1940), 2000)].pick(chance)


def family_name(year: int, chance: Random) -> str:
    """A family name borne by children of that year in Brittany."""
    return FAMILY[min(max(year // 10 * 10, 1940), 2000)].pick(chance)


def other_given_names(sex: Sex, year: int, chance: Random) -> tuple[str, ...]:
    """Second and third given names, often those of the grandparents."""
    draw = chance.random()
    if draw < 0.3:
        return ()
    older = max(1940, year - 30)
    first = given_name(sex, older, chance)
    return (first,) if draw < 0.62 else (first, given_name(sex, older, chance))
