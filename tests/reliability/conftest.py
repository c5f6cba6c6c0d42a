"""A real base, and real processes that work on it and can be killed."""

import atexit
import os
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests import pattern
from tests.reliability.process import Process

PATIENCE = 90.0  # whatever the load of the machine: it is only waited for when something is wrong
# Belongs to the processes that are started: imported here, its duties would join those of the house.
collect_ignore = ["settings.py", "toil"]


@cache
def quiet(server: str) -> "Base":
    """One where nothing happens by itself, made once."""
    folder = Path(tempfile.mkdtemp(prefix="lierre-quiet-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    base = Base(folder, "quiet", server)
    if server:
        pattern.copy(base.name)
        atexit.register(pattern.drop, base.name)
    else:
        shutil.copy(pattern.embedded(), folder)
    base.settle()
    return base


class Base:
    """A base of its own for one test: an SQLite file, or a PostgreSQL database when the tests are given a server."""

    def __init__(self, folder: Path, name: str = "alone", server: str | None = None) -> None:
        self.folder = folder
        self.server = pattern.server() if server is None else server
        self.name = f"lierre_crash_{os.getpid()}_{name}"
        self.url = pattern.address(self.name) if self.server else ""
        self.processes: list[Process] = []

    def make(self, like: "Base | None" = None) -> "Base":
        """A copy of the one that this process of tests has made, or of another one that rests."""
        like = like or quiet(self.server)
        shutil.copytree(like.folder, self.folder, dirs_exist_ok=True)
        if self.server:
            pattern.copy(self.name, like.name)
        return self

    def settle(self) -> None:
        self.do("CREATE TABLE toil (name varchar(50) NOT NULL, step integer NOT NULL)")
        # Only the works and duties of a test may happen in it.
        self.shell("from lierre.foundation.models import Duty; Duty.objects.write_down()").wait(PATIENCE * 2)
        self.do("UPDATE foundation_duty SET due_at = '2999-01-01 00:00:00'")

    def unmake(self) -> None:
        for process in self.processes:
            if process.poll() is None:
                process.kill()
            process.wait()
        if self.server:
            pattern.drop(self.name)

    def rows(self, question: str) -> list[tuple[Any, ...]]:
        if self.server:
            with psycopg.connect(self.url) as connection:
                return connection.execute(question).fetchall()
        connection = sqlite3.connect(self.folder / "lierre.sqlite3", timeout=20)
        try:
            return connection.execute(question).fetchall()
        finally:
            connection.close()

    def do(self, statement: str) -> None:
        if self.server:
            with psycopg.connect(self.url) as connection:
                connection.execute(statement)
            return
        connection = sqlite3.connect(self.folder / "lierre.sqlite3", timeout=20)
        with connection:
            connection.execute(statement)
        connection.close()

    def lierre(self, *words: str, output: int | None = None) -> Process:
        surroundings = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.reliability.settings",
            "LIERRE_DATA_DIR": str(self.folder),
            "DATABASE_URL": self.url,
        }
        process = Process(words, surroundings, output)
        self.processes.append(process)
        return process

    def worker(self, *words: str) -> Process:
        return self.lierre("work", "--poll", "0.05", *words)

    def shell(self, code: str) -> Process:
        """Python inside the product. What it prints can be read."""
        return self.lierre("shell", "--verbosity", "0", "-c", code, output=subprocess.PIPE)

    def ask(self, name: str, count: int = 1, **arguments: object) -> None:
        code = (
            "from lierre.foundation.models import Work\n"
            f"for _ in range({count}): Work.ask({name!r}, by='the tests', **{arguments!r})"
        )
        assert self.shell(code).wait(PATIENCE) == 0

    def until(self, happens: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not happens():
            assert time.monotonic() < deadline, "It did not happen."
            time.sleep(0.02)

    def until_traces(self, count: int) -> None:
        self.until(lambda: self.rows("SELECT count(*) FROM toil")[0][0] >= count)

    def let_leases_end(self) -> None:
        """The minute passes, without waiting for it."""
        for table in ("foundation_work", "foundation_duty"):
            self.do(f"UPDATE {table} SET lease_until = '2020-01-01 00:00:00' WHERE lease_until IS NOT NULL")

    def states(self) -> list[str]:
        return [state for (state,) in self.rows("SELECT state FROM foundation_work ORDER BY id")]

    def traces(self) -> list[tuple[Any, ...]]:
        return self.rows("SELECT name, step FROM toil ORDER BY name, step")


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Base]:
    base = Base(tmp_path)
    try:
        base.make()
        yield base
    finally:
        base.unmake()


def kill(process: Process) -> None:
    """kill -9: the process learns nothing and tidies nothing."""
    process.send_signal(signal.SIGKILL)
    process.wait()
