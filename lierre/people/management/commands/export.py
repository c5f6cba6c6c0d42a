"""`lierre export FOLDER|FILE.zip`: everything that this house holds, in open formats, with the guide to read it."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.people.exporting.writing import export


class Command(BaseCommand):
    requires_system_checks: tuple[str, ...] = ()  # it writes no page
    help = "Write everything to a folder, or to a ZIP file when its name ends so. The house may be used meanwhile."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, metavar="FOLDER|FILE.zip")
        parser.add_argument("--reason", default="", help="why, for the journal")
        parser.add_argument("--by", default="lierre export", help="who asks, for the journal")

    def handle(self, *args: Any, **options: Any) -> None:
        record("everything.exported", by=options["by"], why=options["reason"])
        try:
            manifest = export(options["path"])
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        rows = sum(table["rows"] for table in manifest["tables"])
        self.stdout.write(
            _("%(persons)d persons, %(rows)d rows, %(files)d files: %(path)s")
            % {"persons": manifest["persons"], "rows": rows, "files": len(manifest["files"]), "path": options["path"]}
        )
