"""The embedded base: created and brought up to date on first use, by any command."""

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def prepare() -> None:
    """Migrate an SQLite base when it is missing or behind. A PostgreSQL base is migrated by `lierre migrate` only."""
    if connection.vendor != "sqlite":
        return
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
