"""The embedded database. Named `base` because Django asks for it."""

import sqlite3
import time
from datetime import UTC, datetime
from sqlite3 import OperationalError as Busy
from typing import Any, Final
from uuid import UUID

from django.db.backends.sqlite3 import base
from django.db.backends.sqlite3.operations import DatabaseOperations as SqliteOperations
from django.db.utils import OperationalError

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


class DatabaseWrapper(base.DatabaseWrapper):
    ops_class = DatabaseOperations

    def _start_transaction_under_autocommit(self) -> None:
        """Begin to write as soon as nobody else does.

        SQLite's own waiting sleeps up to 100 ms between two attempts: a bulk writer that commits and begins at once
        would starve everyone else. Here each attempt comes 2 ms after the last, for as long as the timeout says.
        """
        patience = float(self.settings_dict.get("OPTIONS", {}).get("timeout", 5))
        deadline = time.monotonic() + patience
        self.connection.execute("PRAGMA busy_timeout = 0")
        try:
            while True:
                try:
                    return super()._start_transaction_under_autocommit()  # type: ignore[no-any-return, misc]
                except OperationalError as error:
                    if not is_busy(error.__cause__) or time.monotonic() > deadline:
                        raise
                time.sleep(POLL)
        finally:
            self.connection.execute(f"PRAGMA busy_timeout = {int(patience * 1000)}")
