"""A real base, and real processes that work on it and can be killed."""

import atexit
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
import pytest

PATIENCE = 30.0
# Belongs to the processes that are started: imported here, its duties would join those of the house.
collect_ignore = ["settings.py", "toil"]


def template_name() -> str:
    return f"lierre_pattern_{os.getpid()}"


@cache
def pattern(server: str) -> Path:
    """The folder of a base that is migrated and empty, made once; on a server, its database beside."""
    folder = Path(tempfile.mkdtemp(prefix="lierre-pattern-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    base = Base(folder, template_name())
    base.server, base.url = server, base.url if server else ""
    if server:
        base.on_server(f"DROP DATABASE IF EXISTS {base.name} WITH (FORCE)")
        base.on_server(f"CREATE DATABASE {base.name}")
        atexit.register(base.on_server, f"DROP DATABASE IF EXISTS {base.name} WITH (FORCE)")
    base.migrate()
    return folder


class Base:
    """A base of its own for one test: an SQLite file, or a PostgreSQL database when the tests are given a server."""

    def __init__(self, folder: Path, name: str = "") -> None:
        self.folder = folder
        server = os.environ.get("DATABASE_URL", "")
        self.server = server if server.startswith("postgres") else ""
        self.name = name or f"lierre_crash_{os.getpid()}"
        self.url = self.server.rpartition("/")[0] + f"/{self.name}" if self.server else ""
        self.processes: list[subprocess.Popen[bytes]] = []

    def make(self) -> None:
        """A copy of the one that this process of tests has made: they are all alike at first."""
        if self.server:
            self.on_server(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")
        shutil.copytree(pattern(self.server), self.folder, dirs_exist_ok=True)
        if self.server:
            self.on_server(f"CREATE DATABASE {self.name} TEMPLATE {template_name()}")

    def migrate(self) -> None:
        self.lierre("migrate", "--verbosity", "0").wait(PATIENCE * 4)
        self.do("CREATE TABLE toil (name varchar(50) NOT NULL, step integer NOT NULL)")
        # Only the works and duties of a test may happen in it.
        self.shell("from lierre.foundation.models import Duty; Duty.objects.write_down()").wait(PATIENCE * 2)
        self.do("UPDATE foundation_duty SET due_at = '2999-01-01 00:00:00'")

    def on_server(self, statement: str) -> None:
        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(statement)

    def unmake(self) -> None:
        for process in self.processes:
            if process.poll() is None:
                process.kill()
            process.wait()
        if self.server:
            self.on_server(f"DROP DATABASE {self.name} WITH (FORCE)")

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

    def lierre(self, *words: str, output: int | None = None) -> subprocess.Popen[bytes]:
        surroundings = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.reliability.settings",
            "LIERRE_DATA_DIR": str(self.folder),
            "DATABASE_URL": self.url,
        }
        root = Path(__file__).parents[2]
        process = subprocess.Popen([sys.executable, "-m", "lierre", *words], env=surroundings, cwd=root, stdout=output)
        self.processes.append(process)
        return process

    def worker(self, *words: str) -> subprocess.Popen[bytes]:
        return self.lierre("work", "--poll", "0.05", *words)

    def shell(self, code: str) -> subprocess.Popen[bytes]:
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


def kill(process: subprocess.Popen[bytes]) -> None:
    """kill -9: the process learns nothing and tidies nothing."""
    process.send_signal(signal.SIGKILL)
    process.wait()
