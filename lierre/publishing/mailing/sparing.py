"""Whoever sends a mailing passes over each page of the embedded base once: keeping them all in memory gains nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import connection

# Kibibytes of pages, negative as SQLite wants them; bytes of the base that are laid in memory as they are read.
SPARING: Final = {"cache_size": -8_000, "mmap_size": 0}


@contextmanager
def sparing() -> Iterator[None]:
    """As it was, afterwards. A base that is a server keeps its own pages."""
    if connection.vendor != "sqlite":
        yield
        return
    before = {name: asked(name) for name in SPARING}
    for name, value in SPARING.items():
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
