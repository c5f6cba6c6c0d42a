"""A base with duplicates, unseen: `python -m benchmarks.matching.within FOLDER --persons 1000000 --twice 0.03 --seed 7`.

Some persons were written again, as a base gets its duplicates: entered once more by hand, or brought by a file whose line
was not recognised. Writes left.csv, clusters.csv and schema.json, as `sets` does.
"""

import argparse
import csv
import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Final

from benchmarks.matching import base_line, incoming_line
from benchmarks.matching.base_line import Known
from benchmarks.matching.draw import SCHEMA
from benchmarks.matching.incoming_line import SOURCES, Line
from benchmarks.matching.names import Names
from benchmarks.matching.population import Person, Population
from demo.chance import Weighted

Row = tuple[str, ...]
BY_HAND: Final = 0.4  # of those written again
AGAIN: Final = 0.1  # of those, once more


def rows_of(person: Person, twice: float, noise: float, chance: Random) -> Iterator[Row]:
    known = base_line.base_line(person, chance)
    yield known.row[1:]
    if chance.random() < twice:
        yield again(person, known, noise, chance)
        if chance.random() < AGAIN:
            yield again(person, known, noise, chance)


def again(person: Person, known: Known, noise: float, chance: Random) -> Row:
    """The same person, as somebody else would write them."""
    if chance.random() < BY_HAND:
        return base_line.base_line(person, chance).row[1:]
    line = Line(person, known, Weighted((source, source.weight) for source in SOURCES).pick(chance), chance, noise)
    said = dict(zip(incoming_line.COLUMNS, line.row(""), strict=True))
    said["birth_name"] = said["family_name"]
    return tuple(said.get(column, "") for column in base_line.COLUMNS[1:])


def write(folder: Path, persons: int, twice: float, noise: float, seed: int) -> int:
    """Lines are not in the order of persons: places are drawn first."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = Random(f"{seed}/within")
    population = Population(Names(seed=seed), seed)
    lines: list[tuple[str, Row]] = []
    for number in range(persons):
        person = population.next(f"P{number:07d}")
        lines += [(person.number, row) for row in rows_of(person, twice, noise, chance)]
    chance.shuffle(lines)
    with (
        (folder / "left.csv").open("w", encoding="utf-8", newline="") as left,
        (folder / "clusters.csv").open("w", encoding="utf-8", newline="") as truth,
    ):
        file, answers = csv.writer(left, lineterminator="\n"), csv.writer(truth, lineterminator="\n")
        file.writerow(base_line.COLUMNS)
        answers.writerow(("id", "cluster", "side"))
        for at, (name, row) in enumerate(lines):
            file.writerow((f"L{at:07d}", *row))
            answers.writerow((f"L{at:07d}", name, "l"))
    schema = {
        "name": folder.name, "task": "dedupe", "id": "id", "left": SCHEMA["right"], "right": SCHEMA["right"],
    }  # fmt: skip
    (folder / "schema.json").write_text(json.dumps(schema, indent=1), encoding="utf-8")
    return len(lines)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--persons", type=int, default=100_000)
    asked.add_argument("--twice", type=float, default=0.03, help="share of the persons who are written again")
    asked.add_argument("--noise", type=float, default=1.0)
    asked.add_argument("--seed", type=int, default=1)
    options = asked.parse_args()
    print(write(options.folder, options.persons, options.twice, options.noise, options.seed), "lines")


if __name__ == "__main__":
    main()
