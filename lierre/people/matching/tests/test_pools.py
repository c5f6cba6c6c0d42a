"""A line read with what is kept of the values met before is the line read anew."""

from dataclasses import fields
from typing import Any

import numpy as np
import pytest

from lierre.people.matching import pools
from lierre.people.matching.blocking import keys
from lierre.people.matching.pools import Pools
from lierre.people.matching.rarities import Rarities
from lierre.people.matching.schema import Schema
from lierre.people.matching.side import Side
from lierre.people.matching.table import Table
from lierre.people.matching.tests.conftest import Line


def columns_of(side: Side) -> dict[str, Any]:
    found = {name: getattr(side, name) for name in ("given", "others", "family", "usage")}
    for where in ("dates", "years", "mails", "words"):
        found |= {f"{where} {name}": column for name, column in getattr(side, where).items()}
    return {name: column for name, column in found.items() if column is not None}


def told(side: Side) -> dict[str, Any]:
    """Everything that is kept, line by line."""
    return {
        f"{name} {one.name}": getattr(column, one.name)[column.codes].tolist()
        for name, column in columns_of(side).items()
        for one in fields(column)
        if one.name != "codes"
    }


@pytest.fixture
def rarities(base: list[Line], schema: Schema) -> Rarities:
    return Rarities.of(Side.of(Table.of_rows(base, schema.right), schema, left=False))


def anew(rows: list[Line], schema: Schema, rarities: Rarities) -> Side:
    side = Side.of(Table.of_rows(rows, schema.left), schema, left=True)
    rarities.weigh(side)
    return side


def test_lines_that_come_one_by_one_are_read_as_the_whole_file(
    lines: list[Line], schema: Schema, rarities: Rarities
) -> None:
    read = Pools(schema, rarities, left=True)
    for some in (*([line] for line in lines[:60]), lines[40:120], lines[:60]):
        assert told(read.side(Table.of_rows(some, schema.left))) == told(anew(some, schema, rarities))


def test_what_is_kept_has_an_end(
    lines: list[Line], schema: Schema, rarities: Rarities, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pools, "MOST", 20)
    read = Pools(schema, rarities, left=True)
    for line in lines[:80]:
        assert told(read.side(Table.of_rows([line], schema.left))) == told(anew([line], schema, rarities))
    assert max(len(pool.place) for pool in read.pools.values()) <= 20


def test_a_line_alone_has_the_numbers_that_it_has_among_many(
    lines: list[Line], schema: Schema, rarities: Rarities
) -> None:
    """One is made with integers of Python, the other with arrays."""
    together = told(anew(lines[:100], schema, rarities))
    for rank, line in enumerate(lines[:100]):
        assert {name: values[0] for name, values in told(anew([line], schema, rarities)).items()} == {
            name: values[rank] for name, values in together.items()
        }


def test_keys_are_the_same_for_a_line_alone(lines: list[Line], schema: Schema) -> None:
    whole = Side.of(Table.of_rows(lines, schema.left), schema, left=True)
    every: dict[str, list[set[int]]] = {}
    for kind in keys(whole, left=True):
        every[kind.name] = [set() for _line in lines]
        for one in kind.variants:
            for row in np.flatnonzero(one).tolist():
                every[kind.name][row].add(int(one[row]))
    for rank, line in enumerate(lines):
        alone = Side.of(Table.of_rows([line], schema.left), schema, left=True)
        for kind in keys(alone, left=True):
            assert {int(one[0]) for one in kind.variants if one[0]} == every[kind.name][rank]
