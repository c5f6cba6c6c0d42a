"""The two maps as drawings: a hexagon for each département, one for each country, darker where more people live.

The pieces are written here and not in a template: three hundred hexagons are drawn again at every letter typed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.formats import number_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from lierre.people.directory import hexagons
from lierre.people.directory.maps import FRANCE, Place


@dataclass(frozen=True, slots=True)
class Drawing:
    """`pieces` and `border` go into an SVG of this size that defines the shape `#hexagon`. `bounds` make the scale."""

    width: float
    height: float
    pieces: SafeString
    border: str
    bounds: list[int]
    outside: list[Place]  # those of the places that are not on the map

    @property
    def steps(self) -> list[tuple[int, int | None]]:
        """Shades from the lightest, each with the count it begins at; the first begins at one."""
        lightest = hexagons.SHADES - len(self.bounds)
        return [(lightest + at, bound) for at, bound in enumerate([None, *self.bounds])]


def drawn(name: str, places: Sequence[Place]) -> Drawing:
    """`departments` or `countries`, with those of these places that stand on the map."""
    ground = hexagons.ground(name)
    # The country where nearly everybody lives would make all others pale.
    bounds = hexagons.bounds(max((place.count for place in places if place.code != FRANCE), default=0))
    known = {place.code: place for place in places}
    at = {code: hexagons.point(corner) for code, corner in ground.cells.items()}
    empty = "".join(shape(code, *at[code], 0) for code in at if code not in known)
    links = "".join(link(place, *at[place.code], bounds) for place in places if place.code in at)
    return Drawing(
        ground.width,
        ground.height,
        mark_safe(f'<g aria-hidden="true">{empty}</g>{links}'),  # what came from outside is escaped below
        hexagons.outline(ground, [place.code for place in places if place.chosen]),
        bounds,
        [place for place in places if place.code not in ground.cells],
    )


def link(place: Place, x: float, y: float, bounds: list[int]) -> str:
    """One hexagon that leads to its place: for a mouse. With a keyboard the same choice is made in the facet."""
    said = _("%(place)s: %(count)s") % {"place": place.label, "count": number_format(place.count)}
    inside = shape(place.code, x, y, hexagons.shade(place.count, bounds))
    return f'<a href="?{escape(place.query)}" tabindex="-1"><title>{escape(said)}</title>{inside}</a>'


@lru_cache(maxsize=2_000)
def shape(code: str, x: float, y: float, shade: int) -> str:
    middle, line = round(x + hexagons.HALF_WIDTH, 1), round(y + 2 * hexagons.QUARTER + 4.2, 1)
    return (
        f'<use href="#hexagon" class="r{shade}" x="{x:g}" y="{y:g}"/>'
        f'<text class="on-{shade}" x="{middle:g}" y="{line:g}">{code}</text>'
    )
