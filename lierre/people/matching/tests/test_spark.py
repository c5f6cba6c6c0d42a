"""The same model run by Splink on Spark finds the same persons."""

import csv
import importlib.util
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from lierre.people.matching.command import main
from lierre.people.matching.comparing import comparisons
from lierre.people.matching.estimation import rare_levels
from lierre.people.matching.model import Model
from lierre.people.matching.schema import Schema
from lierre.people.matching.side import Side
from lierre.people.matching.spark.settings import compared, settings
from lierre.people.matching.table import Table
from lierre.people.matching.tests.conftest import Line

missing = [name for name in ("pyspark", "splink") if importlib.util.find_spec(name) is None]
missing += [] if shutil.which("java") else ["java"]
needs_spark = pytest.mark.skipif(bool(missing), reason=f"Spark needs {', '.join(missing)}: pip install lierre[spark]")


@pytest.fixture
def folder(tmp_path: Path, lines: list[Line], base: list[Line], schema: Schema) -> Path:
    for name, rows in (("left", lines), ("right", base)):
        with (tmp_path / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    said = {"name": schema.name, "id": "id", "left": schema.left, "right": schema.right}
    (tmp_path / "schema.json").write_text(json.dumps(said), encoding="utf-8")
    return tmp_path


def asked(folder: Path, out: str, *more: str) -> list[str]:
    files = {"left": "left.csv", "right": "right.csv", "schema": "schema.json", "out": out, "model": "model.json"}
    return [
        "batch",
        "--task",
        "link",
        *(word for name, file in files.items() for word in (f"--{name}", f"{folder}/{file}")),
        *more,
    ]


def best_of_each(path: Path) -> dict[str, tuple[str, float]]:
    found: dict[str, tuple[str, float]] = {}
    for row in csv.DictReader(path.open(encoding="utf-8")):
        said = row["id_r"], float(row["match_probability"])
        if said[1] > found.get(row["id_l"], ("", 0.0))[1]:
            found[row["id_l"]] = said
    return found


@pytest.mark.spark
@needs_spark
def test_spark_finds_whom_the_engine_finds_with_nearly_the_same_probabilities(folder: Path) -> None:
    assert main(asked(folder, "here.csv")) == 0
    done = subprocess.run(
        [sys.executable, "-m", "lierre", "match", *asked(folder, "there.csv", "--engine", "spark", "--master", "local[2]")],
        capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    here, there = best_of_each(folder / "here.csv"), best_of_each(folder / "there.csv")
    sure = {line for line, (_person, probability) in here.items() if probability >= 0.5}
    assert len(sure) > 180
    assert [line for line in sure if there.get(line, ("", 0))[0] != here[line][0]] == []
    far = [line for line in here if abs(here[line][1] - there.get(line, ("", 0.0))[1]) > 0.02]
    assert len(far) <= len(here) // 50


@pytest.mark.spark
@needs_spark
def test_spark_finds_the_groups_of_one_file_that_the_engine_finds(folder: Path, base: list[Line]) -> None:
    again = [{**base[at], "id": f"again {at}", "city": "", "usage": ""} for at in range(0, 120, 3)]
    with (folder / "left.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(base[0]))
        writer.writeheader()
        writer.writerows(base + again)
    assert main(asked(folder, "here.csv", "--task", "dedupe")) == 0
    done = subprocess.run(
        [sys.executable, "-m", "lierre", "match",
         *asked(folder, "there.csv", "--task", "dedupe", "--engine", "spark", "--master", "local[2]")],
        capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    here, there = pairs_of(folder / "here.csv"), pairs_of(folder / "there.csv")
    assert len(here) >= 40
    assert len(set(here) ^ set(there)) <= 1
    assert all(abs(here[pair] - there[pair]) < 0.02 for pair in set(here) & set(there))


def pairs_of(path: Path) -> dict[frozenset[str], float]:
    rows = csv.DictReader(path.open(encoding="utf-8"))
    return {frozenset((row["id_l"], row["id_r"])): float(row["match_probability"]) for row in rows}


@pytest.fixture
def whole(schema: Schema) -> Schema:
    """With other given names, on both sides."""
    others = {"others": "given_names"}
    return Schema(schema.name, "id", schema.left | others, schema.right | others)


@pytest.fixture
def model(lines: list[Line], base: list[Line], whole: Schema) -> Model:
    left = Side.of(Table.of_rows(lines, whole.left), whole, left=True)
    right = Side.of(Table.of_rows(base, whole.right), whole, left=False)
    those = comparisons(left, right)
    return Model.fresh("link", those, {one.name: rare_levels(one.name, one.levels) for one in those}, 600, [])


def test_every_level_of_every_field_is_said_in_the_words_of_spark(model: Model, whole: Schema) -> None:
    said = {one.name: {model.fields[one.name].levels[level] for level in one.reached} for one in compared(model, whole)}
    assert said == {name: set(field.levels) for name, field in model.fields.items()}


def test_the_settings_of_splink_hold_what_was_learnt(model: Model, whole: Schema) -> None:
    model.fields["city:city"].m[0, -1] = 0.625
    told = settings(model, compared(model, whole))
    city = next(one for one in told["comparisons"] if one["output_column_name"].startswith("city"))
    exact = next(level for level in city["comparison_levels"] if level["label_for_charts"] == "exact")
    assert exact["m_probability"] == 0.625
    assert told["probability_two_random_records_match"] == pytest.approx(model.share / 600, rel=0.01)


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (("--left", "/nowhere.csv"), "There is no file /nowhere.csv."),
        (("--task", "dedupe", "--left", "/nowhere.csv"), "There is no file /nowhere.csv."),
    ],
)
def test_what_spark_does_not_do_is_said(
    folder: Path, capsys: pytest.CaptureFixture[str], more: tuple[str, str], sentence: str
) -> None:
    assert main(asked(folder, "out.csv", "--engine", "spark", *more)) == 2
    assert sentence in capsys.readouterr().err


def test_without_spark_what_to_install_is_said(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.errors", None)
    assert main(asked(folder, "out.csv", "--engine", "spark")) == 2
    assert "install lierre[spark]" in capsys.readouterr().err
