"""`lierre restore EXPORT`: builds a house again from an export, in an empty base. With --compare, proves that nothing is lost.

Ends with 0 when all is there, 1 when it was refused and nothing was written, 3 when something differs. When it was
interrupted, the same command goes on with it.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from lierre.foundation.errors import Refused
from lierre.people import unwanted
from lierre.people.exporting.comparing import Comparison, compare
from lierre.people.exporting.loading import restore

EVERY: Final = 0.5
DIFFERS: Final = 3


class Command(BaseCommand):
    requires_system_checks: tuple[str, ...] = ()  # it writes no page
    help = "Build a house again from an export (a folder or a ZIP file), in a base that is empty."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("export", type=Path, metavar="EXPORT")
        parser.add_argument("--compare", action="store_true", help="then compare line by line with the export")
        parser.add_argument("--json", action="store_true", help="print the progress and the report as lines of JSON")
        parser.add_argument("--by", default="lierre restore", help="who asks, for the journal")

    def handle(self, *args: Any, **options: Any) -> None:
        self.as_json, self.told = options["json"], 0.0
        try:
            restoration = restore(options["export"], self.advance)
            report = compare(options["export"]) if options["compare"] else None
            # An export is a copy too: whoever was erased since it was made does not come back with it, even when this is
            # interrupted before it says that all is there.
            again = unwanted.erase_again(by=options["by"])
            restoration.end(by=options["by"])
        except Refused as refusal:
            if self.as_json:
                self.stdout.write(json.dumps({"refused": str(refusal)}, ensure_ascii=False))
            raise CommandError(str(refusal)) from None
        if report is None:
            self.stdout.write(_("%(persons)d persons are back.") % {"persons": restoration.persons})
            if again:
                self.stdout.write(_("%(count)d erased again.") % {"count": again})
            return
        self.stdout.write(json.dumps({"report": report.as_json()}) if self.as_json else as_text(report))
        if report.differences:
            sys.exit(DIFFERS)

    def advance(self, done: int, total: int) -> None:
        """Whoever started this reads it: when they are gone, writing fails and this ends too."""
        if self.as_json and time.monotonic() - self.told > EVERY:
            self.told = time.monotonic()
            self.stdout.write(json.dumps({"done": done, "total": total}))
            self.stdout.flush()


def as_text(report: Comparison) -> str:
    counts = {"lost": report.differences, "persons": report.persons, "rows": report.rows, "files": report.files}
    lines = [_("%(lost)d lost, %(persons)d persons, %(rows)d rows, %(files)d files.") % counts]
    lines += [
        f"{each.table} {each.key}: -{each.lost} +{each.added} {', '.join(each.columns)}".rstrip()
        for each in report.examples
    ]
    return "\n".join(lines)
