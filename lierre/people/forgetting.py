"""Takes someone out of the files that were brought: a file is kept as it came, but for the lines of whoever was erased.

A line of a text is emptied and keeps its place, so that the others keep their numbers. What cannot be emptied (workbook,
archive, JSON, PDF) is destroyed: each of its lines stays in the base with its record, and it can be brought again.
"""

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Final

from django.conf import settings

from lierre.people.faults import ERASED_ON_REQUEST
from lierre.people.importing.parts import part_of
from lierre.people.importing.reading.limits import LIMITS
from lierre.people.importing.statement import Unreadable
from lierre.people.importing.table import Row, Table
from lierre.people.models import Delivery, Import, QuarantinedLine, Record
from lierre.people.sought import Naming, Sought

READ_AT_ONCE: Final = LIMITS.file


@dataclass(slots=True)
class Forgotten:
    """What was done: files whose lines were emptied, files that are gone, and the imports that must be read again."""

    emptied: list[str] = field(default_factory=list)
    destroyed: list[str] = field(default_factory=list)
    imports: set[int] = field(default_factory=set)
    lines: set[tuple[int, int]] = field(default_factory=set)  # (delivery, line)


def forget_in_files(records: Iterable[Record], marks: Naming) -> Forgotten:
    """Go through every file that is kept. Nothing is written in the base; doing it twice changes nothing more."""
    done = Forgotten()
    theirs: dict[int, set[int]] = {}
    for record in records:
        if record.delivery_id:
            theirs.setdefault(record.delivery_id, set()).update(lines_of(record))
    marked: set[str] = set()
    for delivery in Delivery.objects.select_related("imported").order_by("pk"):
        if not delivery.path.exists():
            continue
        lines = theirs.get(delivery.pk, set())
        if is_text(delivery):
            found = empty_lines(delivery, lines, marks)
        else:
            found = lines or ({0} if named_inside(delivery, marks) else set())
            if found:
                delivery.path.unlink(missing_ok=True)
        if found:
            delivery.imported.stage_path.unlink(missing_ok=True)
            done.lines |= {(delivery.pk, line) for line in found}
            (done.emptied if delivery.path.exists() else done.destroyed).append(delivery.name)
            done.imports.add(delivery.imported_id)
            marked.add(delivery.sha256)
    forget_dropped(marked, marks)
    return done


def lines_of(record: Record) -> Iterator[int]:
    """The lines of the file that the record came from: several when a cell goes over lines."""
    cells = json.loads(record.raw)
    more = sum(str(cell).count("\n") for cell in cells) if isinstance(cells, list) else 0
    yield from range(record.line, record.line + more + 1)


def is_text(delivery: Delivery) -> bool:
    """Whether the file itself is a table of text, whose lines can be emptied; not an archive that holds one."""
    if not delivery.delimiter or delivery.imported.member_id:
        return False
    with delivery.path.open("rb") as file:
        return not file.read(4).startswith(b"PK")


def empty_lines(delivery: Delivery, lines: set[int], marks: Naming) -> set[int]:
    """Write the file again without what stands on these lines, nor on those that bear a number of theirs."""
    errors = "replace" if delivery.encoding.startswith("utf-16") else "surrogateescape"
    how = {"encoding": delivery.encoding or "utf-8", "errors": errors, "newline": ""}
    with delivery.path.open(**how) as source:  # type: ignore[call-overload]
        found = {number for number, line in enumerate(source, 1) if number in lines or marks.number_in(line)}
    if not found:
        return found
    fresh = delivery.path.with_suffix(".fresh")
    with delivery.path.open(**how) as source, fresh.open("w", **how) as target:  # type: ignore[call-overload]
        for number, line in enumerate(source, 1):
            target.write(line[len(line.rstrip("\r\n")) :] if number in found else line)
    fresh.replace(delivery.path)
    return found


def forget_set_aside(imported: Import) -> None:
    """Take the lines of those who had asked to be erased out of the files, once the others are in the base."""
    found: dict[int, set[int]] = {}
    lines = QuarantinedLine.objects.filter(delivery__imported=imported, code=ERASED_ON_REQUEST)
    for delivery_id, line in lines.values_list("delivery", "line"):
        found.setdefault(delivery_id, set()).add(line)
    for delivery in Delivery.objects.select_related("imported").filter(pk__in=found):
        if not delivery.path.exists():
            continue
        if is_text(delivery):
            empty_lines(delivery, found[delivery.pk], Sought([]))
        else:
            delivery.path.unlink(missing_ok=True)


def named_inside(delivery: Delivery, marks: Naming) -> bool:
    """Whether a file that is no plain text bears a number of theirs."""
    try:
        part = part_of(delivery)
    except (Unreadable, OSError, IndexError):
        return False
    if isinstance(part, Table):
        return any(marks.number_in("\t".join(row.cells)) for row in part.rows() if isinstance(row, Row))
    return marks.number_in(part.path.read_bytes()[:READ_AT_ONCE].decode("utf-8", "replace"))


def forget_dropped(marked: set[str], marks: Naming) -> None:
    """Destroy the copies that stay in the watched folder once they were taken, or because they were refused."""
    for path in (*settings.WATCHED_DIR.glob("taken/*"), *settings.WATCHED_DIR.glob("refused/*")):
        if path.is_file() and (mark_of(path) in marked or marks.number_in(text_of(path))):
            path.unlink(missing_ok=True)


def mark_of(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def text_of(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "replace")


def scrubbed(imported: Import, marks: Naming, public_ids: Collection[str]) -> bool:
    """Take the samples that name them out of the report of a rehearsal. Returns whether there were any."""

    def speaks(entry: object) -> bool:
        text = json.dumps(entry, ensure_ascii=False)
        return any(each in text for each in public_ids) or marks.are_in(text)

    report = imported.rehearsal
    before = json.dumps(report, sort_keys=True)
    for outcome, samples in report.get("samples", {}).items():
        report["samples"][outcome] = [sample for sample in samples if not speaks(sample)]
    if "doubt_samples" in report:
        report["doubt_samples"] = [sample for sample in report["doubt_samples"] if not speaks(sample)]
    return json.dumps(report, sort_keys=True) != before
