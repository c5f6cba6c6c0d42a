"""Loading a base, then bringing more to it: `python -m benchmarks.importing [--lines 1000000] [--more 100000]`.

The floor reads the same file with the csv module, then writes the same rows into an empty base as the driver does it best:
`executemany`, or COPY row by row.
Runs in a data directory of its own, thrown away; on PostgreSQL when DATABASE_URL is given (an empty base).
Processor seconds are those of Lierre's own processes, whatever else the machine does; a server of databases has its own.
"""

import argparse
import csv
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

TABLES = (
    "people_record", "people_recordkey", "people_person", "people_study", "people_position", "people_contactpoint",
    "people_directoryentry", "people_term",
)  # fmt: skip


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--lines", type=int, default=1_000_000)
    asked.add_argument("--more", type=int, default=100_000)
    options = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="lierre-benchmark-") as folder:
        os.environ["LIERRE_DATA_DIR"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "lierre.settings"
        keep_compiled(Path(folder))
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        measure(Path(folder), options.lines, options.more)


def keep_compiled(folder: Path) -> None:
    """What Python has compiled is kept from one process to the next, as in a house, wherever this runs."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")
    subprocess.run([sys.executable, "-c", "import django; django.setup(); import lierre.people.long_works"], check=True)


def measure(folder: Path, lines: int, more: int) -> None:
    from django.db import connection

    from lierre.people.models import Source

    source = Source.objects.create(name="Apogée", kind="school", siglum="A")
    first, second = folder / "first.csv", folder / "second.csv"
    written = write_file(first, folder, lines)
    with first.open("rb") as file:
        head = next(file).rstrip(b"\r\n")
    cut(first, second, written, more, head)
    print(f"{connection.vendor}, {written} lines, then {more}\n")
    print(f"{'step':<44}{'seconds':>9}{'processor':>11}{'lines/s':>10}{'peak RSS, MB':>14}")
    imported, rehearsal = timed("rehearsal into an empty base", written, lambda: rehearsed(first, source))
    _none, apply = timed("apply", written, lambda: imported.ask_apply(by="benchmark").run_now())
    before = processor()
    floor = floor_of(first)
    row("floor: csv.reader, then the same rows", floor, processor() - before, written)
    print(
        f"{'rehearsal + apply, ratio to the floor':<44}{rehearsal + apply:>9.1f}{(rehearsal + apply) / floor:>20.1f}×\n"
    )
    timed("learning whom lines resemble (hourly duty)", written, learnt)
    added, _seconds = timed("rehearsal of more", more, lambda: rehearsed(second, source))
    timed("apply of more", more, lambda: added.ask_apply(by="benchmark").run_now())
    timed("revert of more", more, lambda: reverted(added))
    from lierre.people.rebuilding import rebuild

    report, _seconds = timed("rebuild --check", written, lambda: rebuild(only_check=True))
    print(f"\n{report.persons} persons, {report.differences} differences")


def timed(name: str, lines: int, do: Any) -> tuple[Any, float]:
    begun, before = time.perf_counter(), processor()
    answer = do()
    seconds = time.perf_counter() - begun
    row(name, seconds, processor() - before, lines)
    return answer, seconds


def processor() -> float:
    """Seconds of processor of this process, and of those that it has started and that are over."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


def row(name: str, seconds: float, busy: float, lines: int) -> None:
    own, others = (resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(f"{name:<44}{seconds:>9.1f}{busy:>11.1f}{lines / seconds:>10.0f}{own:>8.0f}+{others:<5.0f}", flush=True)


def rehearsed(path: Path, source: Any) -> Any:
    from lierre.people.importing.receiving import receive

    imported = receive([path], by="benchmark", source=source)
    imported.ask_rehearsal(by="benchmark").run_now()
    imported.refresh_from_db()
    return imported


def learnt() -> None:
    """What the worker of a house does by itself after a load; the first rehearsal does it when nobody has."""
    from lierre.people.duties import learn_persons

    learn_persons()


def reverted(imported: Any) -> None:
    imported.refresh_from_db()
    imported.ask_revert(by="benchmark").run_now()


def write_file(path: Path, folder: Path, lines: int) -> int:
    """The joined extract of Apogée of the demonstration institution, cut to so many lines."""
    out = folder / "written"
    command = [sys.executable, "-m", "demo.write", str(out), "--size", str(lines), "--only", "apogee"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    found = max(out.rglob("*.csv"), key=lambda file: file.stat().st_size)
    count = 0
    with found.open("rb") as source, path.open("wb") as target:
        for line in source:
            target.write(line)
            count += 1
            if count > lines:
                break
    return count - 1


def cut(first: Path, second: Path, written: int, more: int, head: bytes) -> None:
    """Four lines in five about persons who are known, with another address; one in five about somebody new."""
    names = head.decode("cp1252").split(";")
    number, address = names.index("COD_ETU"), names.index("LIB_AD1")
    nationals = [names.index(name) for name in ("COD_NNE_IND", "COD_CLE_NNE_IND") if name in names]
    with first.open("rb") as source, second.open("wb") as target:
        target.write(next(source))
        step = max(1, written // more)
        kept = 0
        for place, line in enumerate(source):
            if place % step or kept >= more:
                continue
            cells = line.decode("cp1252").rstrip("\r\n").split(";")
            if len(cells) != len(names):
                continue
            cells[address] = f"{kept % 200 + 1} RUE DES IFS"
            if kept % 5 == 0:
                cells[number] = f"77{kept:08}"
                for each in nationals:
                    cells[each] = ""
            target.write((";".join(cells) + "\r\n").encode("cp1252"))
            kept += 1


def floor_of(path: Path) -> float:
    """Seconds to read the file and write the rows of the base again, into another base of the same engine."""
    from django.db import connection

    begun = time.perf_counter()
    with path.open(encoding="cp1252", newline="") as file:
        sum(1 for _row in csv.reader(file, delimiter=";"))
    seconds = time.perf_counter() - begun
    for table in TABLES:
        seconds += copied(table, connection)
    return seconds


def copied(table: str, connection: Any) -> float:
    """Seconds to write one table again beside itself, without indexes but its key. What reading it takes is not counted."""
    columns = [field.name for field in connection.introspection.get_table_description(connection.cursor(), table)]
    copy = f"floor_{table}"
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [table])
            cursor.execute(cursor.fetchone()[0].replace(table, copy, 1))
        else:
            cursor.execute(f"CREATE TABLE {copy} (LIKE {table} INCLUDING ALL)")
    seconds = 0.0
    for rows in chunks(table, columns, connection):
        begun = time.perf_counter()
        plainly_written(copy, columns, rows, connection)
        seconds += time.perf_counter() - begun
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {copy}")
    return seconds


def plainly_written(table: str, columns: list[str], rows: list[tuple[Any, ...]], connection: Any) -> None:
    from django.db import transaction

    names = ", ".join(columns)
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            holes = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({holes})", rows)
            return
        with cursor.cursor.copy(f"COPY {table} ({names}) FROM STDIN") as stream:
            for row in rows:
                stream.write_row(row)


def chunks(table: str, columns: list[str], connection: Any) -> Iterator[list[tuple[Any, ...]]]:
    key = "hash" if table == "people_recordkey" else "id"
    key = "person_id" if table == "people_directoryentry" else key
    last: Any = -(1 << 63)
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {', '.join(columns)} FROM {table} WHERE {key} > %s ORDER BY {key} LIMIT 20000", [last]
            )
            rows = cursor.fetchall()
        if not rows:
            return
        yield rows
        last = rows[-1][columns.index(key)]


if __name__ == "__main__":
    main()
