"""What is known when a line is matched: the model in force, how rare each value is, where to look. Kept in memory."""

import io
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from django.db import connection

from lierre.people.matching.frequencies import Frequencies
from lierre.people.matching.model import Model
from lierre.people.matching.pools import Pools
from lierre.people.matching.rarities import Rarities
from lierre.people.matching.schema import MatchingFaultError
from lierre.people.matching.weighing import settle
from lierre.people.models import KeyShelf, MatchingModel
from lierre.people.reconciling.columns import KEYS, SCHEMA
from lierre.people.reconciling.reading import persons
from lierre.people.reconciling.shelf import EMPTY, entries, unfollowed
from lierre.people.reconciling.taught import LINES, taught

# The latest adopted model, and the shelf: what every line asks first.
IN_FORCE: Final = (
    "SELECT (SELECT id FROM people_matchingmodel WHERE adopted_at IS NOT NULL"
    " ORDER BY adopted_at DESC, id DESC LIMIT 1),"
    " (SELECT MAX(seq) FROM people_directorychange), shelf.id, shelf.seen_change"
    " FROM (SELECT 1) AS one LEFT JOIN people_keyshelf shelf"
    " ON shelf.id = (SELECT MAX(id) FROM people_keyshelf WHERE keys = %s)"
)
Remembered = tuple[Model, Rarities, Pools, Pools]
_remembered: dict[tuple[Any, int], Remembered] = {}
_shelves: dict[Any, KeyShelf] = {}
_lately: "dict[Any, Lately]" = {}
REMEMBERED: Final = 2
# Persons changed a moment ago, whom the shelf does not know as they are: looked at beside it when they are few.
LOOKED_AT_BESIDE: Final = 200


@dataclass(frozen=True, slots=True)
class Knowledge:
    """`number`: the version of the model. `lines`, `persons`: how either side is read, as quickly as when it was met before."""

    number: int
    model: Model
    rarities: Rarities
    lines: Pools
    persons: Pools
    shelf: KeyShelf
    change: int  # the last of the directory, when it was asked


def in_force() -> Knowledge | None:
    """None while nothing was learnt: lines are then told apart by their numbers alone."""
    with connection.cursor() as cursor:
        cursor.execute(IN_FORCE, [KEYS])
        number, change, *shelf = cursor.fetchone()
    if number is None or shelf[0] is None:
        return None
    try:
        return Knowledge(number, *remembered(number), on_shelf(*shelf), change or 0)
    except MatchingFaultError:  # learnt by another version of the engine: it will be learnt again
        return None


def on_shelf(number: int, seen_change: int) -> KeyShelf:
    """The shelf, read again only when it was followed."""
    place = connection.settings_dict["NAME"]
    held = _shelves.get(place)
    if held is None or (held.pk, held.seen_change) != (number, seen_change):
        held = _shelves[place] = KeyShelf.objects.get(pk=number)
    return held


@dataclass(frozen=True, slots=True)
class Lately:
    """Who has changed since the shelf was followed, None when they are too many, and the keys they have now."""

    asked: tuple[int, int, int]
    changed: list[int] | None
    keys: Any


def lately(shelf: KeyShelf, change: int) -> Lately:
    """`change`: the last of the directory. Asked again only when there is another."""
    asked = shelf.pk, shelf.seen_change, change
    if change == shelf.seen_change:
        return Lately(asked, [], EMPTY)
    place = connection.settings_dict["NAME"]
    held = _lately.get(place)
    if held is None or held.asked != asked:
        changed = unfollowed(shelf, LOOKED_AT_BESIDE)
        held = _lately[place] = Lately(asked, changed, entries(persons(changed)) if changed else EMPTY)
    return held


def version(number: int) -> tuple[Model, Rarities]:
    return remembered(number)[:2]


def remembered(number: int) -> Remembered:
    place = (connection.settings_dict["NAME"], number)
    if place not in _remembered:
        row = MatchingModel.objects.get(pk=number)
        while len(_remembered) >= REMEMBERED:
            _remembered.pop(next(iter(_remembered)))
        model = taught(Model.from_described(row.parameters), row.adjustments.get(LINES, {}))
        rarities = unpacked(bytes(row.rarities))
        sides = (Pools(SCHEMA, rarities, left=left) for left in (True, False))
        _remembered[place] = settle(model), rarities, next(sides), next(sides)
    return _remembered[place]


def forget() -> None:
    """Read everything again: the base is another one."""
    _remembered.clear()
    _shelves.clear()
    _lately.clear()


def packed(rarities: Rarities) -> bytes:
    """Values borne once are left out: one that is not known counts as borne once."""
    arrays: dict[str, Any] = {}
    for name, table in rarities.tables.items():
        kept = table.counts > 1
        kept[:1] = True  # a table that knows nothing would say that nothing is rare
        arrays[f"{name}|known"], arrays[f"{name}|counts"] = table.known[kept], table.counts[kept]
        arrays[f"{name}|lines"] = np.array([table.lines])
    file = io.BytesIO()
    np.savez_compressed(file, **arrays)
    return file.getvalue()


def unpacked(content: bytes) -> Rarities:
    with np.load(io.BytesIO(content)) as held:
        names = dict.fromkeys(name.rpartition("|")[0] for name in held.files)
        return Rarities(
            {
                name: Frequencies(held[f"{name}|known"], held[f"{name}|counts"], int(held[f"{name}|lines"][0]))
                for name in names
            }
        )
