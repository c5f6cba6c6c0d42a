"""Everything that a house holds, packed and built again: `python -m benchmarks.export [--restore]`.

Reads the base of LIERRE_DATA_DIR or DATABASE_URL, such as `bin/demo --size 1000000 --no-serve` leaves it, and writes
nothing to it. Each line is a process of its own. The floor reads the same rows and writes them as raw CSV, without a mark,
without compressing and without words.
"""

import argparse
import csv
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

HEADER: Final = f"{'':<46}{'seconds':>9}{'CPU':>8}{'RSS MB':>8}{'MB':>8}{'ratio':>7}"


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--restore", action="store_true", help="also build it again in an empty house, and compare")
    asked.add_argument("--step", choices=["floor", "zip", "folder", "count"])
    asked.add_argument("--into", type=Path)
    options = asked.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "lierre.settings"
    import django

    django.setup()
    if options.step:
        STEPS[options.step](options.into)
        return
    with tempfile.TemporaryDirectory(prefix="lierre-export-") as folder:
        table(Path(folder), restore=options.restore)


def table(folder: Path, *, restore: bool) -> None:
    print(subprocess.run(step("count", folder), check=True, stdout=subprocess.PIPE, text=True).stdout)
    print(HEADER)
    floor = measured("floor: the same rows as raw CSV", step("floor", folder / "floor"), folder / "floor", 0)
    shutil.rmtree(folder / "floor")
    measured("everything, as one ZIP", step("zip", folder / "all.zip"), folder / "all.zip", floor)
    if restore:
        surroundings = {"LIERRE_DATA_DIR": str(folder / "house"), "DATABASE_URL": ""}
        command = [sys.executable, "-m", "lierre", "restore", str(folder / "all.zip"), "--compare"]
        measured("built again and compared", command, folder / "house", floor, surroundings)


def step(name: str, into: Path) -> list[str]:
    return [sys.executable, "-m", "benchmarks.export", "--step", name, "--into", str(into)]


def measured(name: str, command: list[str], made: Path, floor: float, more: dict[str, str] | None = None) -> float:
    began = time.monotonic()
    process = subprocess.Popen(command, env=os.environ | (more or {}))
    _pid, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    took = time.monotonic() - began
    processor, memory = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
    size = sum(each.stat().st_size for each in ([made] if made.is_file() else made.rglob("*")) if each.is_file()) / 1e6
    ratio = f"{took / floor:.1f}" if floor else "1"
    print(f"{name:<46}{took:>9.1f}{processor:>8.1f}{memory:>8.0f}{size:>8.0f}{ratio:>7}", flush=True)
    if process.returncode:
        print(f"  ended with {process.returncode}")
    return took


def count(_into: Path) -> None:
    from django.db import connection

    from lierre.people.exporting.reading import steady
    from lierre.people.exporting.tables import tables

    with steady() as reading:
        rows = sum(each.count(reading) for each in tables())
        persons = reading.number("SELECT count(*) FROM people_person")
    print(f"{connection.vendor}, {persons:,} persons, {rows:,} rows")


def floor(into: Path) -> None:
    from lierre.people.exporting.reading import steady
    from lierre.people.exporting.tables import tables
    from lierre.people.exporting.writing import files_kept

    into.mkdir()
    with steady() as reading:
        for each in tables():
            names = ", ".join(f'"{column}"' for column in each.columns)
            with (into / f"{each.label}.csv").open("w", newline="") as file:
                writer = csv.writer(file)
                for rows in reading.batches(f"SELECT {names} FROM {each.name}"):
                    writer.writerows(rows)
    for at, (_name, path) in enumerate(files_kept()):
        shutil.copyfile(path, into / str(at))


def as_zip(into: Path) -> None:
    from lierre.people.exporting.writing import export

    export(into)


STEPS: Final = {"floor": floor, "zip": as_zip, "folder": as_zip, "count": count}

if __name__ == "__main__":
    main()
