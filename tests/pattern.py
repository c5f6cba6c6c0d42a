"""A base that is migrated once for a whole run of the tests, by the product's own commands: whoever needs a base has a copy.

The processes that test side by side share the folder it stands in, and wait for whoever makes it.
"""

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from threading import Thread
from typing import Any

import django
import psycopg
from django.conf import settings
from django.db import connection, connections

ROOT = Path(__file__).parents[1]
# In memory, and shared with the threads of a live server: Django knows it by this name.
MEMORY = "file:memorydb_default?mode=memory&cache=shared"
WHOLE = "LIERRE_TEST_WHOLE"


def folder() -> Path:
    return Path(os.environ["LIERRE_TEST_DIR"])


def server() -> str:
    """The server that the tests are given, or nothing: then everything is embedded."""
    given = os.environ.get("DATABASE_URL", "")
    return given if given.startswith("postgres") else ""


def begin() -> None:
    """Several processes will test. While they look for what there is to test, the base that they will copy is migrated."""
    os.environ[WHOLE] = "yes"
    Thread(target=on_server if server() else embedded, daemon=True).start()


@contextmanager
def one_at_a_time() -> Iterator[None]:
    with (folder() / "pattern.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def embedded() -> Path:
    """The file of an SQLite base."""
    made = folder() / "pattern" / "lierre.sqlite3"
    with one_at_a_time():
        if not made.exists():
            kept = Path(tempfile.gettempdir(), f"lierre-migrated-{of_these_migrations()}.sqlite3")
            if not kept.exists() or (WHOLE in os.environ and not server()):
                migrate(kept)
            made.parent.mkdir()
            shutil.copy(kept, made)
    return made


def of_these_migrations() -> str:
    """What a base depends on. A test that is run alone takes one that was made before; a whole run migrates its own engine."""
    told = sha256(django.__version__.encode())
    for path in sorted((ROOT / "lierre").rglob("*.py")):
        if {"migrations", "sqlite"} & {*path.parts} or path.stem in {"defaults", "periods"}:
            told.update(path.read_bytes())
    return told.hexdigest()[:16]


def migrate(kept: Path) -> None:
    making = folder() / "making"
    lierre(making, "", "createcachetable")  # which migrates first
    with closing(sqlite3.connect(making / "lierre.sqlite3")) as base:
        base.execute("PRAGMA journal_mode=DELETE")  # a base in memory could not be read otherwise
    fresh = kept.with_suffix(f".{os.getpid()}")
    shutil.copy(making / "lierre.sqlite3", fresh)
    fresh.rename(kept)


def on_server() -> str:
    """The name of that of the server."""
    made, making = name(), f"{name()}_making"
    with one_at_a_time(), psycopg.connect(server(), autocommit=True) as asked:
        if not asked.execute("SELECT 1 FROM pg_database WHERE datname = %s", [made]).fetchone():
            asked.execute(f"DROP DATABASE IF EXISTS {making}")
            asked.execute(f"CREATE DATABASE {making}")
            for command in ("migrate", "createcachetable"):
                lierre(folder() / "making", address(making), command)
            asked.execute(f"ALTER DATABASE {making} RENAME TO {made}")
            (folder() / "on_server").touch()
    return made


def name(of: str = "pattern") -> str:
    """A database of this run, and of no other."""
    return f"{of}_{folder().name.rpartition('-')[2]}"


def address(name: str) -> str:
    return f"{server().rpartition('/')[0]}/{name}"


def copy(name: str, like: str = "") -> None:
    """Have a database of this name on the server, in the place of the one that had it; like another one, in which nobody is."""
    like = like or on_server()
    with one_at_a_time(), psycopg.connect(server(), autocommit=True) as asked:
        asked.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        asked.execute(f"CREATE DATABASE {name} TEMPLATE {like}")


def drop(name: str) -> None:
    with psycopg.connect(server(), autocommit=True) as asked:
        asked.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def lierre(data: Path, url: str, command: str) -> None:
    around = {"DJANGO_SETTINGS_MODULE": "lierre.settings", "LIERRE_DATA_DIR": str(data), "DATABASE_URL": url}
    data.mkdir(exist_ok=True)
    subprocess.run(
        [sys.executable, "-m", "lierre", command, "--verbosity", "0"], env=os.environ | around, cwd=ROOT, check=True
    )


@contextmanager
def base_of_this_process() -> Iterator[None]:
    """What the tests of this process find in `connection`."""
    mine = name(f"test_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}")
    connections.close_all()
    known: Any = connection.settings_dict
    settings.DATABASES["default"]["NAME"] = known["NAME"] = mine if server() else MEMORY
    fill()
    yield
    connections.close_all()
    if server():
        drop(mine)


def fill() -> None:
    """As it is at first: what a test that commits has left there goes."""
    if server():
        connections.close_all()
        copy(str(connection.settings_dict["NAME"]))
        return
    with closing(sqlite3.connect(embedded())) as source:
        connection.ensure_connection()
        source.backup(connection.connection)


def forget() -> None:
    """At the end of the run."""
    if (folder() / "on_server").exists():
        drop(name())
    shutil.rmtree(folder(), ignore_errors=True)
