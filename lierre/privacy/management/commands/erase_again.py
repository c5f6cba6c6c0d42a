"""`lierre erase-again`: after a base was put back from a copy, erases again whoever had been erased since."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from lierre.foundation.errors import Refused
from lierre.privacy import ledger


class Command(BaseCommand):
    requires_system_checks: tuple[str, ...] = ()  # it writes no page
    help = "After a base was put back from a copy: erase again whoever the list of erasings names."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print the count as JSON")
        parser.add_argument("--by", default="lierre erase-again", help="who asks, for the journal")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = ledger.erase_again(by=options["by"])
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        told = json.dumps({"erased": count}) if options["json"] else _("%(count)d erased again.") % {"count": count}
        self.stdout.write(told)
