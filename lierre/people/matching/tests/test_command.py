"""`lierre match`: files in, a file out, or a sentence and 2."""

import csv
import io
import json
from pathlib import Path

import pytest

from lierre.people.matching import table
from lierre.people.matching.command import main
from lierre.people.matching.online import serve
from lierre.people.matching.schema import Schema
from lierre.people.matching.tests.conftest import Line


@pytest.fixture
def folder(tmp_path: Path, lines: list[Line], base: list[Line], schema: Schema) -> Path:
    for name, rows in (("left", lines), ("right", base)):
        with (tmp_path / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, [*rows[0], "unknown"])
            writer.writeheader()
            writer.writerows({**row, "unknown": "left, aside"} for row in rows)
    said = {"name": schema.name, "id": "id", "left": schema.left, "right": schema.right}
    (tmp_path / "schema.json").write_text(json.dumps(said), encoding="utf-8")
    return tmp_path


def batch(folder: Path, **changed: str) -> list[str]:
    asked = {
        "task": "link",
        "left": f"{folder}/left.csv",
        "right": f"{folder}/right.csv",
        "schema": f"{folder}/schema.json",
        "out": f"{folder}/out.csv",
    }
    return ["batch", *(word for name, value in (asked | changed).items() if value for word in (f"--{name}", value))]


def pairs(folder: Path) -> list[dict[str, str]]:
    return list(csv.DictReader((folder / "out.csv").open(encoding="utf-8")))


def test_pairs_are_written_with_their_probability(folder: Path) -> None:
    assert main(batch(folder)) == 0
    found = pairs(folder)
    assert list(found[0]) == ["id_l", "id_r", "match_probability"]
    assert len(found) > 200
    assert all(0 <= float(pair["match_probability"]) <= 1 for pair in found)


def test_a_file_is_matched_with_itself(folder: Path, base: list[Line]) -> None:
    twice = [{**base[3], "id": "again", "city": ""}, {**base[9], "id": "again too", "degree": ""}]
    with (folder / "left.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(base[0]))
        writer.writeheader()
        writer.writerows(base + twice)
    assert main(batch(folder, task="dedupe", right="")) == 0
    probable = {
        frozenset((pair["id_l"], pair["id_r"])) for pair in pairs(folder) if float(pair["match_probability"]) >= 0.5
    }
    assert {frozenset(("P3", "again")), frozenset(("P9", "again too"))} <= probable
    assert len(probable) < 10


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"left": "/nowhere.csv"}, "There is no file /nowhere.csv."),
        ({"schema": "/nowhere.json"}, "There is no file /nowhere.json."),
        ({"right": ""}, "To link, give the base with --right."),
        ({"out": "/nowhere/out.csv"}, "There is no folder /nowhere to write in."),
        ({"task": "marry"}, "invalid choice"),
    ],
)
def test_what_is_missing_is_said_and_the_code_is_2(
    folder: Path, capsys: pytest.CaptureFixture[str], changed: dict[str, str], sentence: str
) -> None:
    assert main(batch(folder, **changed)) == 2
    assert sentence in capsys.readouterr().err


def test_a_missing_column_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "left.csv").write_text("id,given,family\n1,Yann,Riou\n", encoding="utf-8")
    assert main(batch(folder)) == 2
    assert "has no column born" in capsys.readouterr().err


def test_a_type_that_does_not_exist_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "schema.json").write_text('{"left": {"given": "first_name"}}', encoding="utf-8")
    assert main(batch(folder)) == 2
    assert "type first_name, which does not exist" in capsys.readouterr().err


def test_values_of_several_lines_are_read_wherever_the_file_is_cut(
    folder: Path, lines: list[Line], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table, "BLOCK", 200)  # bytes
    assert main(batch(folder)) == 0
    before = pairs(folder)
    with (folder / "left.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*lines[0], "remark"])
        writer.writeheader()
        writer.writerows({**line, "remark": "“Monday:\nnobody”\n\nTuesday,\n"} for line in lines)
    assert main(batch(folder)) == 0
    assert pairs(folder) == before


def test_an_empty_file_has_no_pair(folder: Path) -> None:
    header = (folder / "left.csv").read_text(encoding="utf-8").splitlines()[0]
    (folder / "left.csv").write_text(header + "\n", encoding="utf-8")
    assert main(batch(folder)) == 0
    assert pairs(folder) == []


def test_online_says_ready_then_answers_line_by_line(folder: Path, base: list[Line]) -> None:
    known = {name: base[7][name] for name in ("given", "family", "born", "mail")}
    asked = io.StringIO(json.dumps(known) + "\n" + json.dumps({"given": "Zénobie", "family": "Xanthopoulos"}) + "\n")
    answered = io.StringIO()
    serve(f"{folder}/right.csv", f"{folder}/schema.json", asked, answered)
    ready, first, second = answered.getvalue().splitlines()
    assert ready == "READY"
    assert json.loads(first)[0][0] == "P7"
    assert json.loads(second) == []
