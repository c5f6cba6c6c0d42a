"""
The first load of a base: nobody is in it, so there is nobody to keep waiting, and everything is to be written.

In an embedded base, the trees of keys, names and addresses grow in no order: what is kept in memory from one slice to the
next is not written to the disk each time. A server checks at the end, at once, what it would check row by row.
"""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Final

from django.db import connection

from lierre.people.importing.crew import WORTH_A_CREW
from lierre.people.importing.set_aside import promises_aside
from lierre.people.models import Import

LINES_AT_ONCE: Final = 20_000
# Kibibytes of pages in memory, negative as SQLite wants them; then pages that wait in the journal for the disk.
AT_EASE: Final = {"cache_size": -256_000, "wal_autocheckpoint": 32_000}


@contextmanager
def at_ease(imported: Import) -> Iterator[None]:
    if connection.vendor != "sqlite":
        with promises_aside(imported.folder) if imported.size >= WORTH_A_CREW else nullcontext():
            yield
        return
    before = {name: asked(name) for name in AT_EASE}
    for name, value in AT_EASE.items():
        asked(name, value)
    try:
        yield
    finally:
        for name, value in before.items():
            asked(name, value)


def asked(name: str, value: int | None = None) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {name}" if value is None else f"PRAGMA {name} = {value}")
        found = cursor.fetchone()
    return int(found[0]) if found else 0
