"""One moment of the base, read while others go on writing."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

import psycopg
from django.db import connection

ROWS_AT_ONCE: Final = 5_000

Rows = list[tuple[Any, ...]]


class Reading:
    """Questions are SQL without parameters: their only values are numbers of our own."""

    def __init__(self, held: Any) -> None:
        self.held = held

    def batches(self, sql: str) -> Iterator[Rows]:
        """Rows by the thousand, never all at once."""
        # On a server, a cursor without a name would bring everything over at the first row.
        named = {"name": "export"} if isinstance(self.held, psycopg.Connection) else {}
        with closing(self.held.cursor(**named)) as cursor:
            cursor.execute(sql)
            while rows := cursor.fetchmany(ROWS_AT_ONCE):
                yield rows

    def all(self, sql: str) -> Rows:
        with closing(self.held.cursor()) as cursor:
            cursor.execute(sql)
            found: Rows = cursor.fetchall()
        return found

    def number(self, sql: str) -> int:
        rows = self.all(sql)
        return int(rows[0][0] or 0) if rows else 0


@contextmanager
def steady() -> Iterator[Reading]:
    """
    A connection of its own, whose transaction sees the base as it is now, for as long as it lasts.

    Inside a transaction, or in a base that is held in memory, what is not committed is read too.
    """
    if connection.in_atomic_block or is_in_memory():
        yield Reading(connection)
    elif connection.vendor == "sqlite":
        path = Path(str(connection.settings_dict["NAME"])).resolve()
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, isolation_level=None)) as held:
            held.execute("BEGIN")
            yield Reading(held)
    else:
        with closing(psycopg.connect(**connection.get_connection_params())) as held:
            held.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            held.read_only = True
            yield Reading(held)


def is_in_memory() -> bool:
    return connection.vendor == "sqlite" and "memory" in str(connection.settings_dict["NAME"])
