"""Unseen draws: `python -m benchmarks.matching.draw FOLDER --base 1000000 --incoming 100000 --seed 7 [--noise 1.6]`.

Writes base.csv, incoming.csv, truth.csv, schema.json and meta.json. Persons are drawn one after the other and forgotten once
written, but for those that the incoming file speaks of. With `--names FOLDER`, names come from the complete files of Insee.
"""

import argparse
import csv
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from typing import Any, Final

from benchmarks.matching import base_line, incoming_line
from benchmarks.matching.base_line import Known
from benchmarks.matching.incoming_line import SOURCES, Line
from benchmarks.matching.names import Names
from benchmarks.matching.population import Person, Population
from demo.chance import Weighted

SCHEMA: Final = {
    "name": "alumni",
    "task": "link",
    "id": "id",
    "left": {
        "source": "source", "given_name": "given_name", "family_name": "family_name", "birth_date": "date", "email": "email",
        "degree": "degree", "grad_year": "year", "employer": "employer", "city": "city",
    },
    "right": {
        "given_name": "given_name", "other_given_names": "given_names", "birth_name": "family_name",
        "usage_name": "family_name_alt", "gender": "gender", "birth_date": "date", "email": "email", "degree": "degree",
        "grad_year": "year", "employer": "employer", "city": "city",
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Draw:
    """What is asked for. `hard` is the share of the new persons who resemble somebody known."""

    base: int = 100_000
    incoming: int = 10_000
    seed: int = 1
    noise: float = 1.0
    new: float = 0.2
    hard: float = 0.15
    twice: float = 0.05


def write(folder: Path, draw: Draw, names: Path | None = None, real_providers: bool = False) -> dict[str, Any]:
    """The five files. Gives what is written in meta.json."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = Random(f"{draw.seed}/draw")
    population = Population(Names(names, draw.seed), draw.seed, real_providers)
    twice = round(draw.incoming * draw.twice)
    new = round((draw.incoming - twice) * draw.new)
    wanted = set(chance.sample(range(draw.base), draw.incoming - twice - new))
    spoken = write_base(folder / "base.csv", draw.base, population, wanted, chance)
    spoken += [(person, None) for person in newcomers(population, new, draw.hard, chance)]
    spoken += chance.choices(spoken, k=twice)
    chance.shuffle(spoken)
    noises = write_incoming(folder, spoken, draw.noise, chance)
    meta = {
        **asdict(draw), "rows_base": draw.base, "rows_incoming": len(spoken), "new_persons": new, "duplicate_rows": twice,
        "true_links": sum(known is not None for _person, known in spoken), "noises": dict(noises.most_common()),
        "complete_names": names is not None,
    }  # fmt: skip
    (folder / "schema.json").write_text(json.dumps(SCHEMA, indent=1), encoding="utf-8")
    (folder / "meta.json").write_text(json.dumps(meta, indent=1, ensure_ascii=False), encoding="utf-8")
    return meta


def write_base(
    path: Path, count: int, population: Population, wanted: set[int], chance: Random
) -> list[tuple[Person, Known | None]]:
    spoken: list[tuple[Person, Known | None]] = []
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(base_line.COLUMNS)
        for number in range(count):
            person = population.next(f"P{number:07d}")
            known = base_line.base_line(person, chance)
            lines.writerow(known.row)
            if number in wanted:
                spoken.append((person, known))
    return spoken


def newcomers(population: Population, count: int, hard: float, chance: Random) -> Iterator[Person]:
    """Persons that the base does not hold; some have the name, the family or the mail of one that it does."""
    for number in range(count):
        name = f"N{number:07d}"
        if chance.random() >= hard:
            yield population.stranger(name)
        elif chance.random() < 0.45:
            yield population.homonym(chance.choice(population.known), name)
        else:
            yield population.relative(chance.choice(population.known), name)


def write_incoming(
    folder: Path, spoken: list[tuple[Person, Known | None]], noise: float, chance: Random
) -> Counter[str]:
    sources = Weighted((source, source.weight) for source in SOURCES)
    noises: Counter[str] = Counter()
    with (
        (folder / "incoming.csv").open("w", encoding="utf-8", newline="") as incoming,
        (folder / "truth.csv").open("w", encoding="utf-8", newline="") as truth,
    ):
        lines, answers = csv.writer(incoming, lineterminator="\n"), csv.writer(truth, lineterminator="\n")
        lines.writerow(incoming_line.COLUMNS)
        answers.writerow(("incoming_id", "person_id", "base_id", "noise"))
        for at, (person, known) in enumerate(spoken):
            line = Line(person, known, sources.pick(chance), chance, noise)
            number = f"I{at:06d}"
            lines.writerow(line.row(number))
            if person.kind:
                line.noise.append(f"is_{person.kind.replace(' ', '_')}")
            noises.update(line.noise)
            answers.writerow((number, person.number, person.number if known else "", "+".join(line.noise)))
    return noises


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path)
    for name, value in asdict(Draw()).items():
        asked.add_argument(f"--{name}", type=type(value), default=value)
    asked.add_argument("--names", type=Path, help="a folder with the complete files of first and family names of Insee")
    asked.add_argument(
        "--real-providers", action="store_true", help="domains of mail that exist, for an engine that knows them"
    )
    options = vars(asked.parse_args())
    folder, names, real = options.pop("folder"), options.pop("names"), options.pop("real_providers")
    print(json.dumps(write(folder, Draw(**options), names, real), ensure_ascii=False))


if __name__ == "__main__":
    main()
