"""Quarantined lines as pages and files show them."""

import json
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from lierre.people.models import QuarantinedLine

MOST_COLUMNS = 400


def cells_of(line: QuarantinedLine) -> list[str]:
    """The cells kept with the line, or read again from its file. Empty when it is no line of a table."""
    if line.raw:
        kept = json.loads(line.raw)
        return [str(cell) for cell in kept] if isinstance(kept, list) else []
    if not line.delivery.header or not line.delivery.path.exists():
        return []
    from lierre.people.importing.replaying import cells_of as read_again

    return read_again(line)


def rows_to_take_away(lines: Any) -> tuple[list[str], Iterator[list[Any]]]:
    """A table: where the line is, why it waits, then its cells under the columns of the first file that has any."""
    first = next((line for line in lines[:50] if line.delivery.header), None)
    header = first.delivery.header[:MOST_COLUMNS] if first else []
    names = [_("File"), _("Line"), _("Column"), _("Value"), _("Reason"), _("What to do"), _("State"), *header]

    def rows() -> Iterator[list[Any]]:
        for line in lines.iterator(chunk_size=500):
            cells = json.loads(line.raw) if line.raw else []
            yield [
                line.delivery.name, line.line, line.column, line.value, line.reason, line.what_to_do,
                line.get_state_display(), *(cells if isinstance(cells, list) else []),
            ]  # fmt: skip

    return names, rows()
