"""The embedded database. Named `base` because Django asks for it."""

import sqlite3
import time
from collections.abc import Callable
from datetime import UTC, datetime
from sqlite3 import OperationalError as Busy
from typing import Any, Final
from uuid import UUID

from django.db.backends.sqlite3 import base
from django.db.backends.sqlite3.operations import DatabaseOperations as SqliteOperations

POLL: Final = 0.002

# Rows written many at once do not pass through the fields of Django: here is how these spell what SQLite has no type for.
sqlite3.register_adapter(datetime, lambda moment: str(moment.astimezone(UTC).replace(tzinfo=None)))
sqlite3.register_adapter(UUID, lambda number: number.hex)


def is_busy(error: BaseException | None) -> bool:
    """Whether another connection is writing: `database is locked`, or `table is locked` in memory."""
    return isinstance(error, Busy) and "locked" in str(error)


class DatabaseOperations(SqliteOperations):
    def execute_sql_flush(self, sql_list: Any) -> None:
        """Empty the base, as `flush` and the tests do. Triggers that forbid deleting come back before the commit."""
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
        aside = [f"DROP TRIGGER {self.quote_name(name)}" for name, _ in triggers]
        super().execute_sql_flush([*aside, *sql_list, *(sql for _, sql in triggers)])


class PatientCursor(base.SQLiteCursorWrapper):
    """Waits here for whoever writes, and never inside SQLite.

    SQLite's own waiting sleeps up to 100 ms between two attempts: a bulk writer that commits and begins at once would starve
    everyone else. And it holds its connection meanwhile: the collector of Python that frees a cursor of that connection, in
    another thread, then waits too, with every thread of the process, for the whole timeout. Here each attempt comes 2 ms after
    the last.
    """

    def __init__(self, connection: Any, patience: float) -> None:
        super().__init__(connection)
        self.patience = patience

    def execute(self, query: str, params: Any = None) -> Any:
        return self.patiently(lambda: super(PatientCursor, self).execute(query, params))

    def executemany(self, query: str, param_list: Any) -> Any:
        # Inside a transaction one writes already: only what may have to be said twice is kept.
        given = param_list if self.connection.in_transaction else list(param_list)
        return self.patiently(lambda: super(PatientCursor, self).executemany(query, given))

    def patiently(self, act: Callable[[], Any]) -> Any:
        deadline = time.monotonic() + self.patience
        while True:
            try:
                return act()
            except Busy as error:
                if not is_busy(error) or time.monotonic() > deadline:
                    raise
            time.sleep(POLL)


class DatabaseWrapper(base.DatabaseWrapper):
    ops_class = DatabaseOperations

    @property
    def patience(self) -> float:
        return float(self.settings_dict.get("OPTIONS", {}).get("timeout", 5))

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        connection.execute("PRAGMA busy_timeout = 0")
        return connection

    def create_cursor(self, _name: str | None = None) -> Any:
        return self.connection.cursor(factory=lambda connection: PatientCursor(connection, self.patience))
