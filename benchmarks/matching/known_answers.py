"""What is true of a set: which lines speak of one person."""

import csv
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from random import Random


@dataclass(frozen=True, slots=True)
class Answers:
    """`true` holds the pairs of numbers; `noise` the reasons why a line is hard, when the set says them."""

    duplicates: bool
    left: Path
    right: Path | None
    schema: Path
    lines: list[str]
    person: Mapping[str, str]
    true: set[tuple[str, str]]
    noise: Mapping[str, str]

    def tuning(self) -> set[str]:
        """The random fifth of the persons of the lines on which a threshold may be chosen, the same each time."""
        ordered = sorted({self.person[line] for line in self.lines})
        Random(5).shuffle(ordered)
        return set(ordered[: len(ordered) // 5])


def answers_of(folder: Path) -> Answers:
    """A folder written by `draw` or by `sets`."""
    if (folder / "truth.csv").exists():
        rows = list(_rows(folder / "truth.csv"))
        return Answers(
            False, folder / "incoming.csv", folder / "base.csv", folder / "schema.json",
            [row["incoming_id"] for row in rows], {row["incoming_id"]: row["person_id"] for row in rows},
            {(row["incoming_id"], row["base_id"]) for row in rows if row["base_id"]},
            {row["incoming_id"]: row["noise"] for row in rows},
        )  # fmt: skip
    schema = folder / "schema.json"
    duplicates = json.loads(schema.read_text(encoding="utf-8"))["task"] == "dedupe"
    sides: dict[str, dict[str, list[str]]] = {"l": defaultdict(list), "r": defaultdict(list)}
    person = {}
    for row in _rows(folder / "clusters.csv"):
        sides[row["side"]][row["cluster"]].append(row["id"])
        person[row["id"]] = row["cluster"]
    if duplicates:
        true = {pair for members in sides["l"].values() for pair in combinations(sorted(members), 2)}
    else:
        true = {(one, other) for key, ones in sides["l"].items() for one in ones for other in sides["r"].get(key, ())}
    lines = [number for members in sides["l"].values() for number in members]
    right = None if duplicates else folder / "right.csv"
    return Answers(duplicates, folder / "left.csv", right, schema, lines, person, true, {})


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
