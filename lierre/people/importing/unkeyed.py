"""
A refused line that bears no key is repaired by a later line of the same kind that says the same everywhere but in the cell
at fault. From then on it is known by the keys of what repaired it, so that taking that file back asks again.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from django.utils import timezone

from lierre.people.json_text import compact, parsed
from lierre.people.matching.keys import hashed
from lierre.people.models import Import, QuarantinedLine, Record, RecordKey

State: Final = QuarantinedLine.State
# The lines of an import are all read again for these: more of them are corrected by hand, or by their keys.
MOST: Final = 500
LEAST_CELLS: Final = 2
# Where a line is looked for: the kind of file, the column at fault.
Place = tuple[str, str]


def clear_unkeyed(imported: Import, *, by: str) -> int:
    """Settle the waiting lines without a key that one line of this import repairs, and only one. Returns how many."""
    wanted = lines_without_keys(imported)
    found: dict[int, list[int]] = defaultdict(list)
    for delivery in imported.deliveries.all() if wanted else ():
        columns = {column: marks for (kind, column), marks in wanted.items() if kind == delivery.dialect}
        if not columns:
            continue
        said = Record.objects.filter(delivery=delivery).values_list("pk", "raw")
        for number, raw in said.iterator(chunk_size=2_000):
            for column, marks in columns.items():
                for line in marks.get(rest_of(delivery.header, cells_in(raw), column), ()):
                    found[line].append(number)
    repaired = {line: records[0] for line, records in found.items() if len(records) == 1}
    for line, number in repaired.items():
        keys = list(RecordKey.objects.filter(record_id=number).values_list("hash", flat=True))
        QuarantinedLine.objects.filter(pk=line, state=State.WAITING).update(
            state=State.CLEARED, settled_by=by, settled_at=timezone.now(), keys=keys
        )
    return len(repaired)


def lines_without_keys(imported: Import) -> dict[Place, dict[int, list[int]]]:
    """By the kind of file and the column at fault: what each says elsewhere, and which lines say it."""
    waiting = QuarantinedLine.objects.waiting().refused().filter(keys=[], delivery__imported__source=imported.source)
    named = waiting.exclude(delivery__imported=imported).exclude(column="").exclude(raw="").select_related("delivery")
    wanted: dict[Place, dict[int, list[int]]] = {}
    for line in named.order_by("-pk")[:MOST]:
        if rest := rest_of(line.delivery.header, cells_in(line.raw), line.column):
            wanted.setdefault((line.delivery.dialect, line.column), {}).setdefault(rest, []).append(line.pk)
    return wanted


def cells_in(raw: str) -> Sequence[str]:
    cells = parsed(raw)
    return cells if isinstance(cells, list) else ()


def rest_of(header: Sequence[str], cells: Sequence[str], column: str) -> int:
    """
    A number for what a line says but in this column; 0 when it cannot be told, or is too little.

    >>> rest_of(["nom", "né", "ville"], ["Hervé", "31/02/1991", "Morlaix"], "né") == rest_of(
    ...     ["ville", "né", "nom"], ["Morlaix", "17/05/1991", " Hervé"], "né")
    True
    """
    if len(cells) != len(header) or column not in header:
        return 0
    said = sorted(
        (name, cell.strip()) for name, cell in zip(header, cells, strict=True) if name != column and cell.strip()
    )
    return hashed(compact(said)) if len(said) >= LEAST_CELLS else 0
