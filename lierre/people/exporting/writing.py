"""Writes the whole house into an export, while it is used: tables, files, what people read, and the guide."""

from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

import orjson
from django.conf import settings
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from lierre.people.exporting.bundle import MANIFEST, PIECE, Bundle, new_bundle
from lierre.people.exporting.guide import GUIDES
from lierre.people.exporting.numbering import last_numbers
from lierre.people.exporting.readable import READABLE, csv_lines, headers, told
from lierre.people.exporting.reading import Reading, steady
from lierre.people.exporting.tables import FOLDED, Table, tables, what_stays

FORMAT: Final = 1
# Working files of a rehearsal: made again by the next one.
WORKING: Final = frozenset({"verdicts.npz", "lines.staged"})
# Too large to be read in a spreadsheet, or told better elsewhere: in JSON only.
JSON_ONLY: Final = frozenset({"people.record", "people.recordkey", "people.person", *FOLDED})

Advance = Callable[[int, int], object]
Manifest = dict[str, Any]


def export(path: Path, advance: Advance = lambda _done, _total: None, *, readable: bool = True) -> Manifest:
    """Write everything to a folder or a ZIP. Without `readable`, only what is needed to build the house again."""
    with new_bundle(path) as bundle, steady() as reading:
        return Writer(bundle, reading, advance).write(readable)


class Writer:
    """Counts what it writes: rows, and files by the megabyte."""

    def __init__(self, bundle: Bundle, reading: Reading, advance: Advance) -> None:
        self.bundle, self.reading, self.advance = bundle, reading, advance
        self.done, self.total = 0, 0
        self.files: dict[str, dict[str, Any]] = {}

    def write(self, readable: bool) -> Manifest:
        going = tables()
        kept = list(files_kept())
        self.total = self.expected(going, readable) + sum(path.stat().st_size // PIECE for _name, path in kept)
        for language, (name, text) in GUIDES.items():
            self.bundle.text(name, text(language))
        for table in going:
            self.put(table.path, table.all_lines(self.reading))
        for name, path in kept:
            self.copy(name, path)
        if readable:
            self.write_readable(going)
        manifest = self.manifest(going)
        self.bundle.text(MANIFEST, orjson.dumps(manifest, option=orjson.OPT_INDENT_2).decode())
        return manifest

    def expected(self, going: list[Table], readable: bool) -> int:
        counts = {table.label: table.count(self.reading) for table in going}
        again = 3 * counts["people.person"] + sum(counts[label] for label in FOLDED)
        return sum(counts.values()) + (again if readable else 0)

    def put(self, name: str, pieces: Iterator[tuple[int, bytes]]) -> None:
        with self.bundle.part(name) as part:
            for rows, content in pieces:
                part.write(content, rows)
                self.step(rows)
        self.files[name] = {"rows": part.rows} | part.told

    def copy(self, name: str, path: Path) -> None:
        """A file as it came. One that has gone since, with its import, is left."""
        try:
            opened = path.open("rb")
        except FileNotFoundError:
            return
        with opened, self.bundle.part(name) as part:
            while content := opened.read(PIECE):
                part.write(content)
                self.step(1)
        self.files[name] = part.told

    def step(self, count: int) -> None:
        self.done += count
        self.advance(self.done, max(self.total, self.done))

    def write_readable(self, going: list[Table]) -> None:
        with self.bundle.parts(READABLE) as parts:
            for name, content in headers():
                parts[name].write(content)
            for name, rows, content in told(self.reading):
                parts[name].write(content, rows)
                self.step(rows)
        self.files |= {name: {"rows": part.rows} | part.told for name, part in parts.items()}
        for table in going:
            if table.label not in JSON_ONLY:
                self.put(f"csv/{table.label}.csv", as_csv(table, self.reading))

    def manifest(self, going: list[Table]) -> Manifest:
        """What is here, with the mark of each file: the exit rehearsal makes them again and compares."""
        return {
            "format": FORMAT,
            "lierre": release(),
            "institution": settings.INSTITUTION,
            "made_at": timezone.now().isoformat(timespec="seconds"),
            "persons": self.reading.number("SELECT count(*) FROM people_person WHERE record_id IS NOT NULL"),
            "migrations": sorted(
                f"{app}.{name}" for app, name in MigrationRecorder.Migration.objects.values_list("app", "name")
            ),
            "tables": [
                {
                    "name": table.label, "path": table.path, "columns": table.columns, "key": table.key,
                    "folded": table.is_folded, "last_number": last_numbers(self.reading, table),
                    **self.files[table.path],
                }
                for table in going
            ],
            "files": {name: told for name, told in self.files.items() if name.startswith("files/")},
            "readable": {name: told for name, told in self.files.items() if name.startswith(("csv/", "persons/"))},
            "stays": {label: str(why) for label, why in what_stays().items()},
        }  # fmt: skip


def as_csv(table: Table, reading: Reading) -> Iterator[tuple[int, bytes]]:
    yield 0, csv_lines([table.columns])
    for rows in table.rows(reading):
        yield 0, csv_lines(rows)


def files_kept() -> Iterator[tuple[str, Path]]:
    """What was delivered, as it came, and what was put beside persons: name in the export → where it is."""
    for folder, root in (("imports", settings.DATA_DIR / "imports"), ("media", Path(settings.MEDIA_ROOT))):
        for path in sorted(root.rglob("*")) if root.is_dir() else ():
            if path.is_file() and path.name not in WORKING:
                yield f"files/{folder}/{path.relative_to(root).as_posix()}", path


def release() -> str:
    try:
        return version("lierre")
    except PackageNotFoundError:
        return "unreleased"
