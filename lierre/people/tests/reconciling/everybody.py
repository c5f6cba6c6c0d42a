"""Lines against everybody, by the batch of the engine itself: what the keys of the base are held to."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from lierre.people.matching.batch import match
from lierre.people.matching.side import Side
from lierre.people.matching.table import Table
from lierre.people.reconciling.asking import MOST_CANDIDATES, Candidate
from lierre.people.reconciling.columns import SCHEMA, line_of
from lierre.people.reconciling.knowledge import Knowledge
from lierre.people.reconciling.reading import whole_base


def everybody_matched(lines: Sequence[Mapping[str, Any]], known: Knowledge) -> list[list[Candidate]]:
    """Of each line, whom it may speak of, with the model and the rarities that are known."""
    table = whole_base()
    ids = list(table.ids)
    base = Side.of(table, SCHEMA, left=False)
    left = Side.of(Table.of_rows([line_of(facts) for facts in lines], SCHEMA.left), SCHEMA, left=True)
    for side in (base, left):
        known.rarities.weigh(side)
    found = match("link", left, base, known.model)
    candidates: list[list[Candidate]] = [[] for _line in lines]
    for pair in np.lexsort((found.r_rows, -found.probability, found.l_rows)).tolist():
        mine = candidates[int(found.l_rows[pair])]
        if len(mine) < MOST_CANDIDATES:
            mine.append(Candidate(int(ids[int(found.r_rows[pair])]), float(found.probability[pair])))
    return candidates
