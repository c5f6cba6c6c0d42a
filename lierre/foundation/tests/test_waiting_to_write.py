"""Two who write at once on SQLite: the second waits in Python, where it holds nobody else, and then writes."""

import sqlite3
import threading
from pathlib import Path

import pytest
from django.db import OperationalError

from lierre.foundation.sqlite.base import DatabaseWrapper

pytestmark = pytest.mark.django_db  # so that a base may be opened at all: it is not that of the tests

SETTINGS = {
    "ENGINE": "lierre.foundation.sqlite", "OPTIONS": {"timeout": 20, "transaction_mode": "IMMEDIATE"}, "TIME_ZONE": None,
    "CONN_HEALTH_CHECKS": False, "CONN_MAX_AGE": 0, "AUTOCOMMIT": True, "ATOMIC_REQUESTS": False, "USER": "", "PASSWORD": "",
    "HOST": "", "PORT": "", "TEST": {},
}  # fmt: skip


def opened(file: Path, **options: object) -> DatabaseWrapper:
    return DatabaseWrapper(SETTINGS | {"NAME": str(file), "OPTIONS": {**SETTINGS["OPTIONS"], **options}}, "other")


@pytest.fixture
def writer(tmp_path: Path):
    """Somebody who is writing, and takes their time."""
    connection = sqlite3.connect(tmp_path / "base", isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("CREATE TABLE leaf (name text)")
    connection.execute("BEGIN IMMEDIATE")
    yield connection
    connection.close()


def test_a_statement_that_waits_is_done_once_its_turn_comes(tmp_path, writer):
    base = opened(tmp_path / "base")
    threading.Timer(0.3, lambda: writer.execute("COMMIT")).start()

    with base.cursor() as cursor:
        cursor.execute("INSERT INTO leaf VALUES (%s)", ["ivy"])
        cursor.execute("SELECT name FROM leaf")
        assert cursor.fetchall() == [("ivy",)]
    base.close()


def test_nothing_waits_inside_sqlite(tmp_path, writer):
    """There it would hold its connection, and whoever frees a cursor of it would hold the whole process."""
    base = opened(tmp_path / "base")

    with base.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        assert cursor.fetchone() == (0,)
    base.close()


def test_patience_has_an_end(tmp_path, writer):
    base = opened(tmp_path / "base", timeout=0.1)

    with base.cursor() as cursor, pytest.raises(OperationalError):
        cursor.execute("INSERT INTO leaf VALUES (%s)", ["ivy"])
    base.close()
