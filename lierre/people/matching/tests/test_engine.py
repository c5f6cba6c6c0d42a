"""What the engine promises: parameters found without answers, one person per line, the same answer alone as in a file."""

import subprocess
import sys

import numpy as np
import pytest

from lierre.people.matching.batch import match
from lierre.people.matching.comparing import compared
from lierre.people.matching.comparisons import MISSING
from lierre.people.matching.estimation import estimate
from lierre.people.matching.explanation import explain
from lierre.people.matching.hashing import hashes
from lierre.people.matching.model import MISTAKEN, PLAINLY, RELATED, Model
from lierre.people.matching.online import Index, blocking_keys
from lierre.people.matching.rarities import Rarities
from lierre.people.matching.schema import MatchingFaultError, Schema
from lierre.people.matching.side import Side
from lierre.people.matching.table import Table
from lierre.people.matching.tests.conftest import Line
from lierre.people.matching.weighing import Pairs, named

COMPARED = ("born", "mail", "city", "degree", "year", "given")


class Both:
    def __init__(self, lines: list[Line], base: list[Line], schema: Schema) -> None:
        self.left = Side.of(Table.of_rows(lines, schema.left), schema, left=True)
        self.right = Side.of(Table.of_rows(base, schema.right), schema, left=False)
        rarities = Rarities.of(self.right)
        rarities.weigh(self.left)
        rarities.weigh(self.right)
        self.found = match("link", self.left, self.right)

    def answers(self) -> dict[str, dict[str, float]]:
        said: dict[str, dict[str, float]] = {}
        for one, other, p in zip(self.found.l_rows, self.found.r_rows, self.found.probability, strict=True):
            said.setdefault(self.left.ids[one], {})[self.right.ids[other]] = p
        return said


@pytest.fixture(scope="module")
def both(lines: list[Line], base: list[Line], schema: Schema) -> Both:
    return Both(lines, base, schema)


def spoken_of(line: Line, base: list[Line]) -> str | None:
    """The person that a line was made from: the mail, or the date, or the rest."""
    if int(line["id"][1:]) % 5 == 0:
        return None
    known = [
        person for person in base
        if all(not line[column] or line[column] == person[column] for column in COMPARED)
    ]  # fmt: skip
    return known[0]["id"] if len(known) == 1 else "?"


def test_lines_find_their_person_and_the_new_find_nobody(both: Both, lines: list[Line], base: list[Line]) -> None:
    answers = both.answers()
    right = asked = 0
    for line in lines:
        person = spoken_of(line, base)
        if person == "?":
            continue
        asked += 1
        best = max(answers.get(line["id"], {}).items(), key=lambda item: item[1], default=("", 0.0))
        right += (best[0] if best[1] >= 0.5 else None) == person
    assert asked > 200
    assert right / asked > 0.95


def test_the_expected_number_of_new_persons_is_near_the_truth(both: Both) -> None:
    assert 40 < both.found.expected_new < 80


def test_a_line_speaks_of_one_person_at_most(both: Both) -> None:
    total = np.bincount(both.found.l_rows, weights=both.found.probability, minlength=len(both.left))
    assert (total + both.found.nobody <= 1 + 1e-9).all()
    assert (total + both.found.nobody > 0.8).all()


def test_what_is_learnt_without_answers_is_what_was_done(both: Both) -> None:
    model = both.found.model
    assert model.share == pytest.approx(0.8, abs=0.05)
    family = model.fields["family"]
    exact, edited = family.levels.index("exact"), family.levels.index("edit")
    assert family.m[0, exact] == pytest.approx(0.9, abs=0.06)
    assert 0.02 < family.m[0, edited] + family.m[0, family.levels.index("sound")] < 0.18
    date = model.fields["date:born"]
    assert date.m[3, date.levels.index("exact")] > 0.95
    assert date.u[0, date.levels.index("exact")] < 0.01


def test_a_line_alone_has_the_answer_it_has_in_a_file(
    both: Both, lines: list[Line], base: list[Line], schema: Schema
) -> None:
    index = Index.of(Table.of_rows(base, schema.right), schema, both.found.model)
    answers = both.answers()
    for line in lines[:120]:
        alone = dict(index.ask(line))
        assert alone == pytest.approx(answers.get(line["id"], {}), abs=1e-9)


def test_the_base_rehearses_when_there_is_no_file_to_learn_from(
    lines: list[Line], base: list[Line], schema: Schema
) -> None:
    index = Index.of(Table.of_rows(base, schema.right), schema)
    asked = [line for line in lines if line["mail"] and int(line["id"][1:]) % 5]
    right = sum(index.ask(line)[0][0] == spoken_of(line, base) for line in asked if spoken_of(line, base) != "?")
    assert right > 0.9 * len(asked)


def test_a_line_meets_its_person_through_the_keys_that_a_table_would_hold(
    lines: list[Line], base: list[Line], schema: Schema
) -> None:
    left = Side.of(Table.of_rows(lines, schema.left), schema, left=True)
    right = Side.of(Table.of_rows(base, schema.right), schema, left=False)
    held = {row["id"]: set(keys) for row, keys in zip(base, blocking_keys(right, left=False), strict=True)}
    asked = blocking_keys(left, left=True)
    for line, keys in zip(lines, asked, strict=True):
        person = spoken_of(line, base)
        assert person in (None, "?") or held[person] & set(keys)
    assert all(-(2**63) <= key < 2**63 for keys in asked for key in keys)


def test_a_text_has_one_number_whether_alone_or_among_many() -> None:
    texts = ["martin", "", "quéméneur", "x" * 300, "a\0b", "李小龍"]
    assert [hashes([text])[0] for text in texts] == hashes(texts * 50)[: len(texts)].tolist()


def test_a_model_is_the_same_once_saved_and_read(both: Both, tmp_path) -> None:
    both.found.model.save(tmp_path / "model.json")
    again = Model.load(tmp_path / "model.json")
    assert again.described() == both.found.model.described()


def test_a_model_of_another_version_is_refused(both: Both) -> None:
    with pytest.raises(MatchingFaultError, match="version 99"):
        Model.from_described(both.found.model.described() | {"version": 99})


def test_names_agree_plainly_or_by_a_mistake_or_as_those_of_brothers(schema: Schema) -> None:
    person = {"given": "Clarisse", "family": "Quéméneur"}
    others = [("Clarisse", "Quemeneur"), ("Quéméneur", "Clarisse"), ("Clarisse", "Quémneur"), ("Gontran", "Quéméneur")]
    left = Side.of(
        Table.of_rows([{"given": given, "family": name} for given, name in others], schema.left), schema, left=True
    )
    right = Side.of(Table.of_rows([person], schema.right), schema, left=False)
    model = estimate("link", left, right, *[np.empty(0, dtype=np.int64)] * 3)
    rows = np.arange(len(others))
    found = named(Pairs.of(model, left, right, rows, np.zeros_like(rows)))
    assert found.tolist() == [PLAINLY, MISTAKEN, MISTAKEN, RELATED]


def test_a_family_name_made_of_years_is_not_that_of_whom_no_family_name_is_known(schema: Schema) -> None:
    left, right = (
        Side.of(Table.of_rows([{"given": "Moses", "family": name}], schema.left), schema, left=True)
        for name in ("(1860-1945)", "")
    )
    row = np.zeros(1, dtype=np.int64)
    assert compared(left, right, row, row)["family"].levels.tolist() == [MISSING]
    assert compared(right, left, row, row)["family"].levels.tolist() == [MISSING]


def test_the_weights_of_the_fields_add_up_to_the_decision(both: Both) -> None:
    checked = 0
    for at in range(len(both.found.l_rows)):
        row, other = int(both.found.l_rows[at]), int(both.found.r_rows[at])
        said = explain(both.found.model, both.left, both.right, row, other)
        odds = np.log2(both.found.probability[at] / both.found.nobody[row])
        model = both.found.model
        agree = named(Pairs.of(model, both.left, both.right, np.array([row]), np.array([other])))[0]
        said_odds = np.log2(model.lifts[agree]) + model.temper * (said.total - np.log2(1 - model.share))
        alike = np.flatnonzero(both.found.l_rows == row)
        if len(alike) == 1 and said.homonymy == said.kinship == 0 and odds < 30:
            assert said_odds == pytest.approx(odds, abs=0.05)
            checked += 1
    assert checked >= 3


def test_agreeing_on_one_more_thing_never_lowers_the_probability(both: Both, base: list[Line], schema: Schema) -> None:
    index = Index.of(Table.of_rows(base, schema.right), schema, both.found.model)
    for known in base[:60]:
        line = {column: known[column] for column in ("given", "family", "year")} | {"id": "x"}
        before = dict(index.ask(line)).get(known["id"], 0.0)
        for column in ("degree", "city", "born"):
            line[column] = known[column]
            after = dict(index.ask(line)).get(known["id"], 0.0)
            assert after >= before - 1e-6
            before = after


def test_a_shared_rare_name_is_worth_more_than_a_shared_common_one(schema: Schema, base: list[Line]) -> None:
    names = Side.of(
        Table.of_rows([{**base[0], "family": "Martin"}] * 30 + [{**base[1], "family": "Kerbrat"}], schema.right),
        schema,
        left=False,
    )
    Rarities.of(names).weigh(names)
    assert names.family is not None
    rarity = dict(zip(names.family.text, names.family.rarity, strict=True))
    assert rarity["kerbrat"] > rarity["martin"] + 3


def test_matching_loads_no_django() -> None:
    asked = "import sys; from lierre.people.matching import batch, command, online; print('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
