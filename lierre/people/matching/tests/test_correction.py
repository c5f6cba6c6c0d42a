"""What is learnt of how much to believe, and what is said of a base looked through: without an answer, and truly."""

from random import Random

import numpy as np
import pytest

from lierre.people.matching.batch import match
from lierre.people.matching.clusters import EVEN, gathered, settled, together
from lierre.people.matching.correction import Lot, competing, fitted
from lierre.people.matching.estimation import estimate
from lierre.people.matching.model import Model
from lierre.people.matching.online import Index
from lierre.people.matching.rarities import Rarities
from lierre.people.matching.schema import Schema
from lierre.people.matching.side import Side
from lierre.people.matching.table import Table
from lierre.people.matching.tests.conftest import Line
from lierre.people.matching.within import Search, pairs_within


@pytest.fixture(scope="module")
def twice(base: list[Line]) -> list[Line]:
    """The base, where one in ten stands again, written otherwise."""
    chance = Random(8)
    again = []
    for known in chance.sample(base, 60):
        line = {**known, "id": f"again {known['id']}"}
        for column in ("born", "mail", "city", "degree"):
            if chance.random() < 0.3:
                line[column] = ""
        again.append(line)
    return base + again


def linked(lines: list[Line], base: list[Line], schema: Schema) -> tuple[Side, Side]:
    left = Side.of(Table.of_rows(lines, schema.left), schema, left=True)
    right = Side.of(Table.of_rows(base, schema.right), schema, left=False)
    rarities = Rarities.of(right)
    rarities.weigh(left)
    rarities.weigh(right)
    return left, right


def test_lines_that_say_much_teach_those_that_say_little(lines: list[Line], base: list[Line], schema: Schema) -> None:
    left, right = linked(lines, base, schema)
    model = match("link", left, right).model
    assert (model.temper, model.lift) != (1.0, 1.0)
    assert 0.5 < model.temper < 1.5
    assert 0.2 < model.lift < 5


@pytest.mark.parametrize(("lift", "temper"), [(0.4, 0.6), (-0.5, 1.2)])
def test_answers_say_how_much_of_the_bits_is_to_be_believed(lift: float, temper: float) -> None:
    """Two candidates a line, and answers as if odds were another power of what they are said to be."""
    chance = np.random.default_rng(6)
    lines, odds = 20_000, chance.normal(0, 3, 40_000)
    lot = Lot(lines, np.repeat(np.arange(lines), 2), np.stack([np.ones(2 * lines), odds]))
    chances, _nobody = competing(np.array([lift, temper]) @ lot.seen, lot)
    drawn, first = chance.random(lines), chances[::2]
    answers = np.zeros(2 * lines)
    answers[::2], answers[1::2] = drawn < first, (drawn >= first) & (drawn < first + chances[1::2])
    assert fitted(lot, answers, np.array([0.0, 1.0])) == pytest.approx([lift, temper], abs=0.06)


def test_a_line_alone_is_believed_as_in_a_file_source_by_source(
    lines: list[Line], base: list[Line], schema: Schema
) -> None:
    told = [{**line, "source": "school" if rank % 4 else "event"} for rank, line in enumerate(lines)]
    named = Schema(schema.name, schema.id, schema.left | {"source": "source"}, schema.right)
    left, right = linked(told, base, named)
    found = match("link", left, right)
    assert found.model.origins == ["school"]
    assert len(found.model.lift_of_origins) == 1
    index = Index.of(Table.of_rows(base, named.right), named, found.model)
    for row in range(0, len(told), 7):
        mine = found.l_rows == row
        here = zip(found.r_rows[mine].tolist(), found.probability[mine].tolist(), strict=True)
        assert dict(index.ask(told[row])) == pytest.approx({right.ids[other]: p for other, p in here}, abs=1e-9)


def test_where_nobody_is_new_nothing_is_learnt_of_who_is_new(base: list[Line], schema: Schema) -> None:
    left, right = linked([{name: line[name] for name in ("id", *schema.left)} for line in base[:15]], base, schema)
    model = match("link", left, right).model
    assert (model.temper, model.lift, model.lift_of_origins) == (1.0, 1.0, [])


def test_an_empty_file_teaches_nothing(base: list[Line], schema: Schema) -> None:
    left, right = linked([], base, schema)
    nothing = np.empty(0, dtype=np.int64)
    assert estimate("link", left, right, nothing, nothing, nothing).temper == 1.0


def test_the_likely_pairs_of_a_base_are_told_in_order_with_what_they_weigh(twice: list[Line], schema: Schema) -> None:
    found = list(pairs_within(Table.of_rows(twice, schema.left), schema, least=0.5))
    place = {line["id"]: rank for rank, line in enumerate(twice)}
    order = [(place[pair.low], place[pair.high]) for pair in found]
    assert order == sorted(order)
    assert all(low < high for low, high in order)
    true = {(pair.low, pair.high) for pair in found if pair.high == f"again {pair.low}"}
    assert len(true) >= 55
    assert len(true) > 0.9 * len(found)
    for pair in found:
        bits = sum(weight for _field, _level, weight in pair.weights)
        assert 1 / (1 + 2**-bits) == pytest.approx(pair.probability, abs=0.01)
        assert pair.group == pair.low
    assert any(("family", "exact") in pair.reasons for pair in found)


def test_a_base_looked_through_again_with_what_was_learnt_tells_the_same(twice: list[Line], schema: Schema) -> None:
    table = Table.of_rows(twice, schema.left)
    first = Search(table, schema)
    known = Model.from_described(first.model.described())
    again = pairs_within(table, schema, model=known)
    assert [(pair.low, pair.high, pair.probability) for pair in again] == [
        (pair.low, pair.high, pytest.approx(pair.probability)) for pair in first.pairs()
    ]


def test_of_chains_nothing_is_made(twice: list[Line], schema: Schema) -> None:
    """What is told together is told of every two of a group; what is told apart is in no group."""
    search = Search(Table.of_rows(twice, schema.left), schema)
    group = gathered(search.matched.l_rows, search.matched.r_rows, search.matched.probability)
    told = dict(
        zip(
            zip(search.matched.l_rows.tolist(), search.matched.r_rows.tolist(), strict=True),
            search.matched.probability.tolist(),
            strict=True,
        )
    )
    for (one, other), p in told.items():
        assert (p >= EVEN) == (one in group and group.get(one) == group.get(other))


@pytest.mark.parametrize("seed", range(20))
def test_every_two_lines_of_a_group_are_as_sure_as_the_best_way_between_them(seed: int) -> None:
    chance = np.random.default_rng(seed)
    size = int(chance.integers(2, 7))
    known = {
        (one, other): float(chance.uniform(0.5, 1))
        for one in range(size) for other in range(one + 1, size) if other == one + 1 or chance.random() < 0.5
    }  # fmt: skip
    told = together(known)
    assert set(told) == {(one, other) for one in range(size) for other in range(one + 1, size)}
    assert all(told[pair] >= p - 1e-9 for pair, p in known.items())
    assert all(EVEN <= p < 1 for p in told.values())


def test_a_pair_alone_is_told_as_it_was_found() -> None:
    l_rows, r_rows, p = settled(np.array([1, 4]), np.array([2, 5]), np.array([0.7, 0.2]))
    assert dict(zip(zip(l_rows.tolist(), r_rows.tolist(), strict=True), p.tolist(), strict=True)) == {
        (1, 2): 0.7, (4, 5): 0.2,
    }  # fmt: skip
