"""`lierre search "le goff" --json`: who is found, seen as an administrator sees, with a line in the journal."""

import getpass
import json
from argparse import ArgumentTypeError
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lierre.people.directory import looks
from lierre.people.directory.answering import Answer, answer
from lierre.people.directory.facets import FACETS
from lierre.people.directory.listing import COLUMNS
from lierre.people.directory.paging import ORDERS
from lierre.people.directory.question import Question
from lierre.people.directory.rows import Row
from lierre.people.directory.viewer import Viewer

MOST: Final = 10_000
NOBODY: Final = 1
MISUSED: Final = 2
PARAMETERS: Final = [facet.parameter for facet in FACETS]


def how_many(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MOST:
        raise ArgumentTypeError(f"a number from 1 to {MOST}, not {text}")
    return int(text)


class Command(BaseCommand):
    help = (
        "Look for persons by any of their names, or by what is known of them. "
        "Exit status: 0 when somebody is found, 1 when nobody is, 2 when the question is not understood."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "words", nargs="?", default="", help="beginnings of names, in any order; accents do not count"
        )
        parser.add_argument(
            "--where", action="append", default=[], metavar="FACET=VALUE",
            help=f"narrow down; may be repeated. Facets: {', '.join(PARAMETERS)}",
        )  # fmt: skip
        parser.add_argument("--order", choices=ORDERS, default=ORDERS[0])
        parser.add_argument("--limit", type=how_many, default=20, help="persons shown (default: %(default)s)")
        parser.add_argument("--by", default="", help="who asks, for the journal (default: whoever is signed in here)")
        parser.add_argument("--json", action="store_true", help="print persons and the values of each facet as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        question = self.question(options)
        found = answer(question, Viewer(everything=True), size=options["limit"])
        by = options["by"] or f"lierre search, {getpass.getuser()}"
        looks.searched(found, min(found.total, options["limit"]), by=by)
        self.stdout.write(as_json(found) if options["json"] else as_text(found))
        if not found.total:
            raise SystemExit(NOBODY)

    def question(self, options: dict[str, Any]) -> Question:
        """The same as an address of the directory would ask."""
        asked = QueryDict(mutable=True)
        asked["q"], asked["tri"] = options["words"], options["order"]
        for condition in options["where"]:
            parameter, equals, value = condition.partition("=")
            if parameter not in PARAMETERS or not equals or not value.strip():
                told = _("“%(condition)s” is not understood: write FACET=VALUE, with one of %(facets)s.")
                raise CommandError(told % {"condition": condition, "facets": ", ".join(PARAMETERS)}, returncode=MISUSED)
            asked.appendlist(parameter, value)
        return Question.read(asked)


def as_json(found: Answer) -> str:
    """`how`: named, said (an employer, a degree… says the words), nearly (a typing error was forgiven), nobody."""
    told = {
        "asked": found.question.query,
        "how": found.how.value,
        "total": found.total,
        "persons": [{column.name: column.value(row) for column in COLUMNS} for row in found.rows],
        "facets": {
            panel.facet.parameter: [
                {"value": value.value, "label": value.label, "count": value.count} for value in panel.values
            ]
            for panel in found.panels
        },
    }
    return json.dumps(told, ensure_ascii=False, indent=1, default=str)


def as_text(found: Answer) -> str:
    """One person on each line, then how many there are."""
    if not found.total:
        return _("Nobody")
    told = [line_of(row) for row in found.rows]
    count = ngettext("%(count)s person", "%(count)s people", found.total) % {"count": found.total}
    if found.total > len(told):
        count += ", " + _("of which %(count)s shown") % {"count": len(told)}
    return "\n".join([*told, "", count])


def line_of(row: Row) -> str:
    name = f"{row.name} ({row.other_name})" if row.other_name else row.name
    return f"{row.public_id}  " + " · ".join(filter(None, [name, row.doing, row.studied]))
