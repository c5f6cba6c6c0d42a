"""What is learnt of the base, and the shelf written with it. Nobody answers anything: the base rehearses with itself."""

from typing import Final

import numpy as np
from django.utils import timezone

from lierre.people.matching.batch import LEARNT_FROM, candidates
from lierre.people.matching.estimation import estimate
from lierre.people.matching.model import Model
from lierre.people.matching.rarities import Rarities
from lierre.people.matching.rehearsal import rehearsed
from lierre.people.matching.side import Side
from lierre.people.matching.table import Table, Values
from lierre.people.models import MatchingModel
from lierre.people.reconciling.columns import SCHEMA
from lierre.people.reconciling.knowledge import Knowledge, in_force, packed
from lierre.people.reconciling.pages import new_shelf, write_pages
from lierre.people.reconciling.reading import whole_base
from lierre.people.reconciling.sheets import write_sheets
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
    before = MatchingModel.in_force()
    MatchingModel.objects.create(
        parameters=model.described(), within=learnt_within(table, side, rarities).described(),
        rarities=packed(rarities), persons=len(table), adopted_at=timezone.now(),
        adjustments=before.adjustments if before else {},  # what answers have taught still holds
    )  # fmt: skip
    shelf, numbers = new_shelf(len(table), seen), np.array(table.ids, dtype=np.uint32)
    write_sheets(shelf.pk, table)
    del table  # keys take as much
    write_pages(shelf, side, numbers)
    return in_force()


def rehearse(table: Table, side: Side, rarities: Rarities) -> Model:
    """The parameters, from lines made of the base itself."""
    left = Side.of(Table.of_rows(rehearsed(table, SCHEMA), SCHEMA.left, "id"), SCHEMA, left=True)
    rarities.weigh(left)
    l_rows, r_rows = candidates(left, side, "link")
    model = estimate("link", left, side, l_rows, r_rows, np.arange(len(left)))
    model.share = min(model.share, MOST_KNOWN)
    return model


def learnt_within(table: Table, side: Side, rarities: Rarities) -> Model:
    """What tells two persons of the base apart: from some thousands of them with everybody."""
    drawn = np.sort(np.random.default_rng(10).permutation(len(table))[:LEARNT_FROM])
    columns = {name: Values(column.distinct, column.codes[drawn]) for name, column in table.columns.items()}
    some = Side.of(Table([table.ids[row] for row in drawn.tolist()], columns), SCHEMA, left=True)
    rarities.weigh(some)
    l_rows, r_rows = candidates(some, side, "link")
    l_rows = drawn[l_rows]
    kept = l_rows < r_rows  # each pair once
    return estimate("dedupe", side, side, l_rows[kept], r_rows[kept], drawn)


def up_to_date() -> Knowledge | None:
    """What is known, after following whatever changed; learnt again when it is missing or the base has grown much."""
    known = in_force()
    if known is not None and follow() is not None:
        version = MatchingModel.objects.defer("parameters", "rarities").get(pk=known.number)
        if version.within and known.shelf.persons <= version.persons * GROWN:
            return in_force()
    return learn()
