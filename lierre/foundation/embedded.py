"""The embedded base: created and brought up to date on first use, by any command."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def prepare() -> None:
    """Migrate an SQLite base when it is missing or behind. A PostgreSQL base is migrated by `lierre migrate` only."""
    if connection.vendor != "sqlite" or not is_behind():
        return
    with one_at_a_time():
        # The server and the worker often start together: whoever waited finds the work done.
        if is_behind():
            call_command("migrate", verbosity=0, interactive=False)
            call_command("createcachetable", verbosity=0)


def is_behind() -> bool:
    """Whether migrations wait."""
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Let one process of this machine in. The lock goes with the process that held it."""
    with (settings.DATA_DIR / "migration.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
