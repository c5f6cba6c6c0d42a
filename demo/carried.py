"""Reads the small tables carried in `demo/data`: where each comes from is said in `demo/data/README.md`."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Final

DATA: Final = Path(__file__).parent / "data"


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of one carried table, by column."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def lines(name: str) -> list[str]:
    """The lines of one carried list."""
    return (DATA / name).read_text(encoding="utf-8").splitlines()
