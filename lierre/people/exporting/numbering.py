"""The last number that each table gave: one that was erased is never given again, in the next house either."""

from typing import Any

from django.db import connection, models

from lierre.people.exporting.reading import Reading
from lierre.people.exporting.tables import Table


def last_numbers(reading: Reading, table: Table) -> int | None:
    """None when its numbers are not drawn by the base."""
    if not draws(table):
        return None
    if connection.vendor == "sqlite":
        return reading.number(f"SELECT seq FROM sqlite_sequence WHERE name = '{table.name}'")
    column = table.key[0]
    return reading.number(f"SELECT pg_sequence_last_value(pg_get_serial_sequence('{table.name}', '{column}'))")


def go_on_from(table: Table, last: int | None) -> None:
    if not last or not draws(table):
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table.name])
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table.name, last])
        else:
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s)", [table.name, table.key[0], last])


def draws(table: Table) -> bool:
    key: Any = table.model._meta.pk
    return isinstance(key, models.AutoField | models.BigAutoField) and not table.is_folded
