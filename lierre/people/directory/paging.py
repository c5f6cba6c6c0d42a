"""One page of the persons found, in the order asked for. It begins after someone, or ends before someone."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from lierre.people.directory.columns import Ids
from lierre.people.directory.facets import FACET
from lierre.people.directory.sight import Sight

SIZE: Final = 20
ORDERS: Final = ("nom", "promotion", "fraicheur")
# Greater than any rank: what comes first in the order is worth more than the place of the name.
WEIGHT: Final = 1e8
MANY: Final = 2_000


@dataclass(frozen=True, slots=True)
class Page:
    """`first` is the place of the first of them, from 1."""

    ids: list[int]
    first: int
    is_first: bool
    is_last: bool


def order_keys(sight: Sight, ids: Ids, order: str) -> npt.NDArray[Any]:
    """The smaller comes first. A year that the viewer may not see is not known, so it comes last."""
    ranks: npt.NDArray[Any] = sight.columns.rank[ids]
    if order == "promotion":
        years = sight.codes(FACET["year"])[ids] * sight.family("study")[ids]
        ranks = ranks - years * WEIGHT
    elif order == "fraicheur":
        ranks = ranks - sight.columns.heard[ids] * sight.family("")[ids] * WEIGHT
    return ranks


def page_of(
    sight: Sight, ids: Ids, order: str, size: int = SIZE, after: int | None = None, before: int | None = None
) -> Page:
    """The page after this person, or before that one. A person who does not exist for the viewer counts for nobody."""
    if order == ORDERS[0] and after is before is None and MANY < len(ids) > sight.columns.size // 4:
        return first_page(sight, ids, size)
    keys = order_keys(sight, ids, order)
    backwards = before is not None and exists(sight, before)
    cursor = before if backwards else after
    part, part_keys = ids, keys
    if cursor is not None and exists(sight, cursor):
        key = order_keys(sight, np.array([cursor]), order)[0]
        beyond = keys < key if backwards else keys > key
        beyond |= (keys == key) & (ids < cursor if backwards else ids > cursor)
        part, part_keys = ids[beyond], keys[beyond]
    taken = smallest(part, -part_keys if backwards else part_keys, size, last_first=backwards)
    if backwards:
        taken = taken[::-1]
    if not len(taken):
        return Page([], 0, is_first=True, is_last=True)
    first_key = order_keys(sight, taken[:1], order)[0]
    earlier = int(((keys < first_key) | ((keys == first_key) & (ids < taken[0]))).sum())
    return Page([int(each) for each in taken], earlier + 1, earlier == 0, earlier + len(taken) == len(ids))


def first_page(sight: Sight, ids: Ids, size: int) -> Page:
    """The beginning by name of a good part of the base, without comparing them all: the order of all is known."""
    flags = sight.exists
    if ids is not sight.everybody:
        flags = np.zeros(len(flags), bool)
        flags[ids] = True
    near = sight.columns.first_of(flags, size)
    taken = smallest(near, order_keys(sight, near, ORDERS[0]), size)
    return Page([int(each) for each in taken], 1, is_first=True, is_last=len(taken) == len(ids))


def exists(sight: Sight, person_id: int) -> bool:
    return 0 <= person_id < sight.columns.size and bool(sight.exists[person_id])


def smallest(ids: Ids, keys: npt.NDArray[Any], size: int, last_first: bool = False) -> Ids:
    """Those with the smallest keys, in order; the number of the person decides between equals."""
    if len(ids) > 4 * size:
        near = keys <= np.partition(keys, size)[size]
        ids, keys = ids[near], keys[near]
    return ids[np.lexsort((-ids if last_first else ids, keys))][:size]
