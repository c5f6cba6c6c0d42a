"""A map of hexagons, all of one size: where each code stands, which edges surround the chosen ones, how dark each is."""

import csv
from bisect import bisect_right
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final

from lierre.people.directory.labels import DATA

Corner = tuple[int, int]  # in half widths and quarter heights: corners of neighbours are the same ones
HALF_WIDTH: Final = 16.45
QUARTER: Final = 9.5
MARGIN: Final = 2
SHADES: Final = 5
# From the top, turning to the right.
AROUND: Final = ((1, 0), (2, 1), (2, 3), (1, 4), (0, 3), (0, 1), (1, 0))


@dataclass(frozen=True, slots=True)
class Ground:
    """`cells`: for each code, the corner of the box around its hexagon."""

    cells: Mapping[str, Corner]
    width: float
    height: float


@cache
def ground(name: str) -> Ground:
    """`departments` or `countries`, as drawn in the table of that name. Codes without a column are not on the map."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        drawn = {row["code"]: (int(row["column"]), int(row["row"])) for row in csv.DictReader(file) if row["column"]}
    cells = {code: cell(column, row) for code, (column, row) in drawn.items()}
    width, height = point((max(x for x, _ in cells.values()) + 2, max(y for _, y in cells.values()) + 4))
    return Ground(cells, round(width + MARGIN, 1), round(height + MARGIN, 1))


def cell(column: int, row: int) -> Corner:
    """On odd rows hexagons stand half a place to the right."""
    return 2 * column + row % 2, 3 * row


@cache
def point(corner: Corner) -> tuple[float, float]:
    """
    >>> point(cell(1, 2))
    (34.9, 59.0)
    """
    return round(MARGIN + HALF_WIDTH * corner[0], 1), MARGIN + QUARTER * corner[1]


def outline(places: Ground, codes: Collection[str]) -> str:
    """The border of the area that these hexagons make, as the path of a drawing: the edges that only one of them has."""
    edges: dict[frozenset[Corner], tuple[Corner, Corner]] = {}
    for code in codes:
        if code in places.cells:
            left, top = places.cells[code]
            for edge in pairwise([(left + x, top + y) for x, y in AROUND]):
                if edges.pop(frozenset(edge), None) is None:
                    edges[frozenset(edge)] = edge
    return "".join("M{},{}L{},{}".format(*point(one), *point(other)) for one, other in edges.values())


def bounds(most: int) -> list[int]:
    """
    The counts from which a hexagon is darker: at most four, the last of them under the greatest count.

    >>> bounds(7120), bounds(20), bounds(2), bounds(0)
    ([100, 300, 1000, 3000], [3, 10], [], [])
    """
    steps, step = [], 3
    while step <= most:
        steps.append(step)
        step = step * 10 // 3 if str(step)[0] == "3" else step * 3
    return steps[1 - SHADES :]


def shade(count: int, darker_from: list[int]) -> int:
    """
    From 0, nobody, to 5, the most. A map with fewer bounds uses the darker shades.

    >>> [shade(count, [100, 300, 1000, 3000]) for count in (0, 40, 100, 5000)], shade(1, [])
    ([0, 1, 2, 5], 5)
    """
    return SHADES - len(darker_from) + bisect_right(darker_from, count) if count else 0
