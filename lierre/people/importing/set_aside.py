"""
What a server would check row by row, set aside while the first load is written, and checked in one go once it is in.

What is set aside is told in a file beside the import before it is, so that whoever was killed finds it again: the next run
of this import, or of any other, puts it back first.
"""

import json
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import DatabaseError, connection, transaction

TABLES: Final = ("people_record", "people_study", "people_position", "people_contactpoint", "people_directoryentry")
FILE: Final = "set-aside.json"
PATIENCE: Final = "2s"  # nobody waits behind us: a load that checks row by row is only slower
PROMISES: Final = (
    "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
    " WHERE contype = 'f' AND conrelid = ANY(%s::regclass[]) ORDER BY conrelid::regclass::text, conname"
)
logger = logging.getLogger(__name__)


@contextmanager
def promises_aside(folder: Path) -> Iterator[None]:
    """Only where a server checks them, and only what it lets us take away."""
    path = folder / FILE
    if connection.vendor != "postgresql" or connection.in_atomic_block or not set_aside(path):
        yield
        return
    try:
        yield
    finally:
        put_back(path)


def set_aside(path: Path) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(PROMISES, [list(TABLES)])
        promises = cursor.fetchall()
    keep(path, promises)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}'")
            for table, name, _definition in promises:
                cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    except DatabaseError as refusal:  # the tables are somebody else's, or are being read
        logger.info("The first load is checked row by row: %s", refusal)
        path.unlink()
        return False
    return True


def keep(path: Path, promises: list[Any]) -> None:
    """On the disk before anything is taken away."""
    with path.open("w") as file:
        json.dump(promises, file)
        file.flush()
        os.fsync(file.fileno())


def put_all_back() -> None:
    """What a load that was killed had set aside."""
    if connection.vendor == "postgresql":
        for path in sorted((settings.DATA_DIR / "imports").glob(f"*/{FILE}")):
            put_back(path)


def put_back(path: Path) -> None:
    """Each promise holds for what comes from its first statement on; the second checks what is there, while others write."""
    for table, name, definition in json.loads(path.read_text()):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [name])  # two workers may meet here
            cursor.execute("SELECT 1 FROM pg_constraint WHERE conrelid = %s::regclass AND conname = %s", [table, name])
            if cursor.fetchone() is None:
                cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition} NOT VALID')
        with connection.cursor() as cursor:
            cursor.execute(f'ALTER TABLE {table} VALIDATE CONSTRAINT "{name}"')
    path.unlink(missing_ok=True)
