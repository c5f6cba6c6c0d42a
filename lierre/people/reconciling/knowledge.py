"""What is known when a line is matched: the model in force, how rare each value is, where to look. Kept in memory."""

import io
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from django.db import connection

from lierre.people.matching.frequencies import Frequencies
from lierre.people.matching.model import Model
from lierre.people.matching.rarities import Rarities
from lierre.people.matching.schema import MatchingFaultError
from lierre.people.models import KeyShelf, MatchingModel
from lierre.people.reconciling.columns import KEYS

# The latest adopted model, and the shelf: what every line asks first.
IN_FORCE: Final = (
    "SELECT (SELECT id FROM people_matchingmodel WHERE adopted_at IS NOT NULL"
    " ORDER BY adopted_at DESC, id DESC LIMIT 1),"
    " (SELECT MAX(seq) FROM people_directorychange), shelf.id, shelf.seen_change"
    " FROM (SELECT 1) AS one LEFT JOIN people_keyshelf shelf"
    " ON shelf.id = (SELECT MAX(id) FROM people_keyshelf WHERE keys = %s)"
)
_remembered: dict[tuple[Any, int], "tuple[Model, Rarities]"] = {}
_shelves: dict[Any, KeyShelf] = {}
REMEMBERED: Final = 2


@dataclass(frozen=True, slots=True)
class Knowledge:
    """`number`: the version of the model."""

    number: int
    model: Model
    rarities: Rarities
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
        return Knowledge(number, *version(number), on_shelf(*shelf), change or 0)
    except MatchingFaultError:  # learnt by another version of the engine: it will be learnt again
        return None


def on_shelf(number: int, seen_change: int) -> KeyShelf:
    """The shelf, read again only when it was followed."""
    place = connection.settings_dict["NAME"]
    held = _shelves.get(place)
    if held is None or (held.pk, held.seen_change) != (number, seen_change):
        held = _shelves[place] = KeyShelf.objects.get(pk=number)
    return held


def version(number: int) -> tuple[Model, Rarities]:
    place = (connection.settings_dict["NAME"], number)
    if place not in _remembered:
        row = MatchingModel.objects.get(pk=number)
        while len(_remembered) >= REMEMBERED:
            _remembered.pop(next(iter(_remembered)))
        _remembered[place] = Model.from_described(row.parameters), unpacked(bytes(row.rarities))
    return _remembered[place]


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
