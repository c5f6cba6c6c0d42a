"""`lierre rebuild [--check]`: folds every person again from their records."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from lierre.people.rebuilding import rebuild


class Command(BaseCommand):
    requires_system_checks: tuple[str, ...] = ()  # it writes no page
    help = "Fold every person again from their records, and write those that differ. With --check, only count them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when anything differs")
        parser.add_argument("--json", action="store_true", help="print the report as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        report = rebuild(only_check=options["check"])
        if options["json"]:
            told = {"persons": report.persons, "differences": report.differences, "by_table": dict(report.by_table)}
            self.stdout.write(json.dumps(told))
        else:
            for each in report.examples:
                line = _("person %(person)s, %(table)s: %(missing)d missing, %(unexpected)d unexpected")
                self.stdout.write(
                    line
                    % {
                        "person": each.person,
                        "table": each.table,
                        "missing": each.missing,
                        "unexpected": each.unexpected,
                    }
                )
            line = _("%(persons)d persons, %(differences)d differences")
            self.stdout.write(line % {"persons": report.persons, "differences": report.differences})
        if options["check"] and report.differences:
            raise CommandError(
                _("Some persons are not what their records say: run `lierre rebuild`, and look for why.")
            )
