"""
How fast files are read, and in how much memory: python -m benchmarks.reading --lines 1000000

Each case runs in a process of its own, several times. The floor is csv.reader over the same text, already decoded and in
memory: nothing recognised, nothing checked. The opening of a file (type, encoding, separation, header) is counted apart.
"""

import argparse
import csv
import io
import multiprocessing
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any, Final, NamedTuple

import xlsxwriter

from lierre.people.importing.reading import open_upload
from lierre.people.importing.table import Row, Table

MEGABYTE: Final = 1024 * 1024
HEADER: Final = (
    "Code étudiant", "Nom", "Prénom", "Né le", "Sexe", "Ville", "Code postal", "Pays", "Courriel", "Téléphone",
    "Adresse", "Diplôme", "Année", "Étape", "Composante", "Remarque", "Employeur", "Fonction",
)  # fmt: skip
FAMILIES: Final = ("Hervé", "Kerbrat", "Le Goff", "Tanguy", "Riou", "Morvan", "Quéré", "Cadiou")
GIVEN: Final = ("Amélie", "Solenn", "Yann", "Maïwenn", "Gwenaël", "Hélène", "Malo", "Lena")


class Case(NamedTuple):
    name: str
    write: Callable[[Path, int], None]
    encoding: str
    separated: dict[str, Any]
    share: float = 1.0  # of the lines asked for


class Measure(NamedTuple):
    size: int
    lines: int
    opening: float
    reading: float
    floor: float
    peak: int


def people(lines: int) -> Iterator[list[str]]:
    chance = Random(2026)
    for number in range(lines):
        family, given = chance.choice(FAMILIES), chance.choice(GIVEN)
        yield [
            str(20_000_000 + number), family, given, f"{chance.randint(1, 28):02d}/05/{chance.randint(1950, 2004)}", "F",
            "Brest", "29200", "FR", f"personne.{number}@courriel.example", "+33 (0)6 12 34 56 78", "12 rue de Siam",
            "Master Statistique et société", str(chance.randint(1975, 2026)), "MSTAT2", "UFR Sciences", "",
            "Crédit de Bretagne", "Chargée d’études",
        ]  # fmt: skip


def write_text(path: Path, lines: int, encoding: str, separated: dict[str, Any]) -> None:
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, **separated)
        writer.writerow(HEADER)
        writer.writerows(people(lines))


def write_workbook(path: Path, lines: int) -> None:
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as workbook:
        sheet = workbook.add_worksheet("Diplômés")
        sheet.write_row(0, 0, HEADER)
        for number, person in enumerate(people(lines), 1):
            sheet.write_row(number, 0, person)


def text_case(name: str, encoding: str, **separated: Any) -> Case:
    def write(path: Path, lines: int) -> None:
        write_text(path, lines, encoding, separated)

    return Case(name, write, encoding, separated)


CASES: Final = (
    text_case("CSV ; UTF-8", "utf-8", delimiter=";"),
    text_case("CSV ; cp1252", "cp1252", delimiter=";"),
    text_case("CSV , UTF-8, all quoted", "utf-8", delimiter=",", quoting=csv.QUOTE_ALL),
    text_case("TSV without quotes", "utf-8", delimiter="\t", quoting=csv.QUOTE_NONE, escapechar="\\", quotechar=None),
    text_case("TSV UTF-16", "utf-16", delimiter="\t"),
    Case("XLSX", write_workbook, "", {}, share=0.1),
)


def measure(_place: int, path: Path, floor: float) -> Measure:
    """One opening and one reading, in this process."""
    begun = time.perf_counter()
    (table,) = open_upload(path, path.name)
    opened = time.perf_counter()
    assert isinstance(table, Table)
    lines = sum(1 for row in table.rows() if isinstance(row, Row))
    read = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return Measure(path.stat().st_size, lines, opened - begun, read - opened, floor, peak)


def floor_of(place: int, path: Path) -> float:
    case = CASES[place]
    if not case.encoding:
        return 0.0
    text = io.StringIO(path.read_text(encoding=case.encoding), newline="")
    begun = time.perf_counter()
    for _ in csv.reader(text, **case.separated):
        pass
    return time.perf_counter() - begun


def run(place: int, path: Path, times: int) -> list[Measure]:
    """A fresh process for each measure, so that the peak of memory is its own."""
    found = []
    for _ in range(times):
        with multiprocessing.get_context("spawn").Pool(1) as process:
            floor = process.apply(floor_of, (place, path))
        with multiprocessing.get_context("spawn").Pool(1) as process:
            found.append(process.apply(measure, (place, path, floor)))
    return found


def line_of(case: Case, measures: list[Measure]) -> str:
    readings = sorted(each.reading for each in measures)
    median = statistics.median(readings)
    floor = statistics.median(each.floor for each in measures)
    high = readings[min(len(readings) - 1, round(0.95 * (len(readings) - 1)))]
    return (
        f"{case.name:26} {measures[0].lines:>9} {measures[0].size / MEGABYTE:>6.0f} MB "
        f"{statistics.median(each.opening for each in measures):>8.2f} {median:>8.2f} {high:>8.2f} "
        f"{measures[0].lines / median:>9.0f} {max(each.peak for each in measures) / MEGABYTE:>7.0f} MB "
        + (f"{floor:>8.2f} {median / floor:>6.2f}" if floor else f"{'':>8} {'':>6}")
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=5)
    options = parser.parse_args()
    print(f"Python {sys.version.split()[0]}, {options.times} runs each, seconds")
    print(
        f"{'file':26} {'lines':>9} {'size':>9} {'opening':>8} {'median':>8} {'p95':>8} {'lines/s':>9} {'peak RSS':>10} "
        f"{'floor':>8} {'ratio':>6}"
    )
    with tempfile.TemporaryDirectory() as folder:
        for place, case in enumerate(CASES):
            path = Path(folder) / f"people-{place}"
            case.write(path, int(options.lines * case.share))
            print(line_of(case, run(place, path, options.times)), flush=True)
            path.unlink()


if __name__ == "__main__":
    main()
