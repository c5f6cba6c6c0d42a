"""`lierre export FOLDER|FILE.zip`: everything that this house holds, in open formats, with the guide to read it.

`lierre export --compare A B` tells what differs between two exports. Ends with 0 when nothing does, 3 otherwise.
"""

import json
import sys
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.people.exporting.facing import as_text, face
from lierre.people.exporting.writing import export

DIFFERS: Final = 3


class Command(BaseCommand):
    requires_system_checks: tuple[str, ...] = ()  # it writes no page
    help = "Write everything to a folder, or to a ZIP file when its name ends so. The house may be used meanwhile."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, nargs="?", metavar="FOLDER|FILE.zip")
        parser.add_argument("--reason", default="", help="why, for the journal")
        parser.add_argument("--by", default="lierre export", help="who asks, for the journal")
        parser.add_argument(
            "--compare", type=Path, nargs=2, metavar=("A", "B"), help="compare two exports, and write none"
        )
        parser.add_argument("--exactly", action="store_true", help="compare moments and addresses drawn at random too")
        parser.add_argument("--json", action="store_true", help="print the comparison as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["compare"]:
                self.compare(*options["compare"], exactly=options["exactly"], as_json=options["json"])
            elif options["path"]:
                self.write(options["path"], by=options["by"], why=options["reason"])
            else:
                raise Refused(_("Say where to write: a folder, or a name that ends with .zip."))
        except Refused as refusal:
            raise CommandError(str(refusal)) from None

    def write(self, path: Path, *, by: str, why: str) -> None:
        record("everything.exported", by=by, why=why)
        manifest = export(path)
        rows = sum(table["rows"] for table in manifest["tables"])
        self.stdout.write(
            _("%(persons)d persons, %(rows)d rows, %(files)d files: %(path)s")
            % {"persons": manifest["persons"], "rows": rows, "files": len(manifest["files"]), "path": path}
        )

    def compare(self, one: Path, other: Path, *, exactly: bool, as_json: bool) -> None:
        found = face(one, other, exactly=exactly)
        self.stdout.write(json.dumps(found.as_json()) if as_json else as_text(found))
        if found.differences:
            sys.exit(DIFFERS)
