"""The degrees of the institution and how they changed: DEUG and maîtrise, then licence and master; DUT, then BUT."""

from collections import defaultdict
from dataclasses import dataclass
from random import Random
from typing import Final

from demo.carried import rows
from demo.chance import Weighted

FIRST_YEAR: Final = 1968
LAST_YEAR: Final = 2026

# Where the students of a track come from, when it does not begin with a first cycle of its own.
FED_BY: Final = {
    "public_law": "private_law",
    "electrical": "physics",
    "purchasing": "iut_marketing",
    "health_sciences": "nursing",
    "engineering": "iut_physics",
}
YEARS_OF_STUDY: Final = {"dut": 2, "licence": 3, "but": 3, "master": 2, "engineer": 3, "doctorate": 3}


@dataclass(frozen=True, slots=True)
class Degree:
    """A degree that the institution gives, or once gave."""

    code: str  # COD_DIP of Apogée
    label: str
    level: str
    rank: float  # 1 two years after the baccalauréat, 2 three, 3 four, 4 five, 5 a doctorate
    track: str
    discipline: str
    women: float
    field: str
    unit: str
    first: int
    last: int
    weight: float

    @property
    def stage(self) -> str:
        """COD_ETP: the last year of the programme."""
        return f"{self.code}{self.years_of_study}"

    @property
    def years_of_study(self) -> int:
        """How many years the last cycle takes."""
        return YEARS_OF_STUDY.get(self.level, 1)

    def given_in(self, year: int) -> bool:
        """Could be obtained that year."""
        return self.first <= year <= self.last


def _degrees() -> list[Degree]:
    return [
        Degree(
            row["code"],
            row["label"],
            row["level"],
            float(row["rank"]),
            row["track"],
            row["discipline"],
            float(row["women"]),
            row["field"],
            row["unit"],
            int(row["first"]),
            int(row["last"]),
            float(row["weight"]),
        )
        for row in rows("degrees.csv")
    ]


DEGREES: Final = _degrees()
DEGREE: Final = {degree.code: degree for degree in DEGREES}
GIVEN_IN: Final = {
    year: Weighted((degree, degree.weight) for degree in DEGREES if degree.given_in(year))
    for year in range(FIRST_YEAR, LAST_YEAR + 1)
}
# The university has grown eightfold since it opened.
CLASS_YEARS: Final = Weighted(
    (year, 1 + 7 * ((year - FIRST_YEAR) / 58) ** 1.3) for year in range(FIRST_YEAR, LAST_YEAR + 1)
)

_OF_TRACK: Final[dict[str, list[Degree]]] = defaultdict(list)
for _degree in DEGREES:
    _OF_TRACK[_degree.track].append(_degree)


def earlier(degree: Degree, year: int, chance: Random) -> tuple[Degree, int] | None:
    """A degree that someone obtained here before this one, and its year; None when they came from elsewhere."""
    before = _OF_TRACK[degree.track] + _OF_TRACK.get(FED_BY.get(degree.track, ""), [])
    possible = []
    for candidate in before:
        if candidate.rank < degree.rank and degree.level != "but":
            obtained = year - max(1, int(degree.rank - candidate.rank)) - (2 if degree.rank == 5 else 0)
            if candidate.given_in(obtained):
                possible.append((candidate, obtained))
    if not possible or chance.random() > 0.55:
        return None
    return possible[int(chance.random() * len(possible))]
