"""Names of all of France by year of birth, with the many that few people bear."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Final

from demo.carried import rows
from demo.chance import Weighted
from demo.names import ORIGINS
from demo.spelling import restored, written

GIVEN_FILE: Final = "insee_first_names_by_decade.csv"
FAMILY_FILE: Final = "insee_family_names_by_decade.tsv"
DECADES: Final = tuple(range(1940, 2010, 10))
RARE: Final = 0.45  # of births, those whose name is not among the six thousand carried
UNNAMED: Final = 0.09  # of births, those whose name Insee itself does not say
COINED: Final = 120_000
FOREIGN: Final = 0.01
BEGIN: Final = (
    "Ker",
    "Tré",
    "Lan",
    "Bel",
    "Mont",
    "Four",
    "Gui",
    "Ro",
    "Cha",
    "Bou",
    "Gra",
    "Del",
    "Mar",
    "Per",
    "Cour",
)
MIDDLE: Final = (
    "be",
    "vi",
    "na",
    "lo",
    "ri",
    "gan",
    "tel",
    "mi",
    "chon",
    "ra",
    "du",
    "ber",
    "li",
    "zan",
    "go",
    "ve",
    "",
)
LAST: Final = (
    "lec",
    "teau",
    "zon",
    "net",
    "guen",
    "din",
    "rel",
    "court",
    "vault",
    "gny",
    "sset",
    "rat",
    "lier",
    "mont",
)


class Names:
    """Given names by sex and decade, family names by decade; `folder` may hold the complete files of Insee."""

    def __init__(self, folder: Path | None = None, seed: int = 1) -> None:
        self.rare = UNNAMED if folder else RARE
        self.given = self._given(folder)
        self.family, self.tail = self._family(folder, Random(seed))

    @staticmethod
    def _given(folder: Path | None) -> dict[tuple[str, int], Weighted[str]]:
        found: dict[tuple[str, int], list[tuple[str, float]]] = defaultdict(list)
        for row in _read(folder / GIVEN_FILE, ",") if folder else rows("first_names.csv"):
            for decade in DECADES:
                found[row["sex"].upper()[:1], decade].append((row["name"], float(row[str(decade)] or 0)))
        return {key: Weighted(names) for key, names in found.items()}

    @staticmethod
    def _family(folder: Path | None, chance: Random) -> tuple[dict[int, Weighted[str]], Weighted[str]]:
        accents = restored()
        found: dict[int, list[tuple[str, float]]] = defaultdict(list)
        table = _read(folder / FAMILY_FILE, "\t") if folder else rows("family_names.csv")
        for row in table:
            name = row.get("name") or row.get("NOM") or ""
            if not name or "AUTRES" in name:
                continue
            shown = accents.get(name) or written(name)
            for decade in DECADES:
                first = min(decade, 1990) + 1
                births = row.get(str(min(decade, 1990))) or row.get(f"_{first}_{first + 9}") or 0
                found[decade].append((shown, float(births)))
        tail = Weighted((coined(chance), 1 + 30 / (rank + 1)) for rank in range(COINED))
        return {decade: Weighted(names) for decade, names in found.items()}, tail

    def given_name(self, sex: str, year: int, chance: Random) -> str:
        return self.given[sex, min(max(year // 10 * 10, 1940), 2000)].pick(chance)

    def family_name(self, year: int, chance: Random) -> str:
        if chance.random() < self.rare:
            return self.tail.pick(chance)
        return self.family[min(max(year // 10 * 10, 1940), 2000)].pick(chance)

    def of_abroad(self, sex: str, chance: Random) -> tuple[str, str]:
        """Both names of somebody whose family comes from another country."""
        origin = ORIGINS.pick(chance)
        return chance.choice(origin.men if sex == "M" else origin.women), chance.choice(origin.families)


def coined(chance: Random) -> str:
    """A family name that could be one, double-barrelled once in a while."""
    name = chance.choice(BEGIN) + chance.choice(MIDDLE) + chance.choice(MIDDLE) + chance.choice(LAST)
    draw = chance.random()
    if draw < 0.04:
        return f"{name}-{coined(chance)}"
    return f"Le {name}" if draw < 0.07 else f"de {name}" if draw < 0.085 else name


def _read(path: Path, delimiter: str) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(
            file, delimiter=delimiter, quoting=csv.QUOTE_NONE if delimiter == "\t" else csv.QUOTE_MINIMAL
        )
