"""Begins again: takes away the demonstration base and the files brought to it, and nothing that is not of the demo."""

import shutil
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from demo.institution import SHORT_NAME
from lierre.accounts.models import Unit, User


class NotTheDemonstration(Exception):  # noqa: N818 - what it is
    """The base holds something else than the fictional institution."""


def clear() -> None:
    """Empty the base, and make it anew. Refused when it holds another institution."""
    if "accounts_unit" in connection.introspection.table_names():
        others = Unit.objects.filter(parent=None).exclude(code=SHORT_NAME)
        strangers = User.objects.exclude(email__endswith=".example").exists() and not is_here()
        if others.exists() or strangers:
            raise NotTheDemonstration
    if connection.vendor == "sqlite":
        connection.close()
        name = str(connection.settings_dict["NAME"])
        for suffix in ("", "-wal", "-shm"):
            Path(name + suffix).unlink(missing_ok=True)
    else:
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
    for folder in ("demo", "imports", "files/library", "variants"):
        shutil.rmtree(settings.DATA_DIR / folder, ignore_errors=True)


def prepare() -> None:
    """Bring the base up to date."""
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


def is_here() -> bool:
    """Whether the fictional institution is in this base."""
    return Unit.objects.filter(code=SHORT_NAME).exists()
