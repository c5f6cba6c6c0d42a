"""What is learnt of the base, and the shelf written with it. Nobody answers anything: the base rehearses with itself."""

from typing import Final

import numpy as np
from django.utils import timezone

from lierre.people.matching.batch import candidates
from lierre.people.matching.estimation import estimate
from lierre.people.matching.model import Model
from lierre.people.matching.rarities import Rarities
from lierre.people.matching.rehearsal import rehearsed
from lierre.people.matching.side import Side
from lierre.people.matching.table import Table
from lierre.people.models import MatchingModel
from lierre.people.reconciling.columns import SCHEMA
from lierre.people.reconciling.knowledge import Knowledge, in_force, packed
from lierre.people.reconciling.pages import write_shelf
from lierre.people.reconciling.reading import whole_base
from lierre.people.reconciling.shelf import count_persons, follow, last_change

# Fewer persons teach nothing of how rare a name is, and are told apart by their numbers.
LEAST_PERSONS: Final = 1_000
# When the base has grown by so much, how rare its names are is counted again.
GROWN: Final = 1.25
MOST_KNOWN: Final = 0.8  # the rehearsal has nobody new; files do


def learn() -> Knowledge | None:
    """Read everybody, learn, write the shelf. None when the base is too small."""
    seen = last_change()
    if count_persons() < LEAST_PERSONS:
        return None
    table = whole_base()
    side = Side.of(table, SCHEMA, left=False)
    rarities = Rarities.of(side)
    rarities.weigh(side)
    model = rehearse(table, side, rarities)
    numbers = np.array(table.ids, dtype=np.uint32)
    del table
    MatchingModel.objects.create(
        parameters=model.described(), rarities=packed(rarities), persons=len(numbers), adopted_at=timezone.now()
    )
    write_shelf(side, numbers, seen)
    return in_force()


def rehearse(table: Table, side: Side, rarities: Rarities) -> Model:
    """The parameters, from lines made of the base itself."""
    left = Side.of(Table.of_rows(rehearsed(table, SCHEMA), SCHEMA.left, "id"), SCHEMA, left=True)
    rarities.weigh(left)
    l_rows, r_rows = candidates(left, side, "link")
    model = estimate("link", left, side, l_rows, r_rows, np.arange(len(left)))
    model.share = min(model.share, MOST_KNOWN)
    return model


def up_to_date() -> Knowledge | None:
    """What is known, after following whatever changed; learnt again when it is missing or the base has grown much."""
    known = in_force()
    if known is not None and follow() is not None:
        persons = MatchingModel.objects.values_list("persons", flat=True).get(pk=known.number)
        if known.shelf.persons <= persons * GROWN:
            return in_force()
    return learn()
