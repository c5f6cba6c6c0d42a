"""`lierre import FILE…`: receives files, rehearses them, applies them if asked, and prints what it found.

Ends with 0 when the files were read, 1 when they were refused and nothing was written, 2 when the command itself is wrong,
and, with --strict, 3 when lines were put aside.
"""

import json
import os
import sys
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from lierre.foundation.errors import Refused
from lierre.foundation.models import Duty, Work
from lierre.people.facts import SOURCE_KINDS
from lierre.people.importing.dialects import ALL, by_name
from lierre.people.importing.discretion import Accident, discreet
from lierre.people.importing.preset import read_as
from lierre.people.importing.receiving import receive
from lierre.people.models import Import, QuarantinedLine, Source

LINES_SHOWN = 200
LINES_ASIDE = 3
WRITING = ("people.apply", "people.revert")


class Command(BaseCommand):
    requires_system_checks: tuple[str, ...] = ()  # it writes no page
    help = "Read files of an information system, an alumni platform, a graduate… Nothing is written without --apply."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--rehearse", action="store_true", help="read and judge every line (the default)")
        parser.add_argument("--apply", action="store_true", help="rehearse, then write")
        parser.add_argument(
            "--preset",
            choices=sorted(dialect.name for dialect in ALL),
            metavar="PRESET",
            help="read the files as this preset, whatever they look like; “generic” takes the meanings that are suggested",
        )
        parser.add_argument("--source", help="name of who speaks; made if it is not known")
        parser.add_argument("--kind", choices=list(SOURCE_KINDS), help="kind of a source that is made")
        parser.add_argument("--asserted-on", type=date.fromisoformat, help="from when are these values, AAAA-MM-JJ")
        parser.add_argument("--by", default="lierre import", help="who asks, for the journal")
        parser.add_argument("--json", action="store_true", help="print the report, or the refusal, as JSON")
        parser.add_argument("--strict", action="store_true", help="end with 3 when lines were put aside")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = told(self.bring(options))
        except (Refused, Accident) as refusal:
            if options["json"]:
                self.stdout.write(json.dumps({"refused": str(refusal)}, ensure_ascii=False))
            raise CommandError(str(refusal)) from None
        self.stdout.write(json.dumps(report, ensure_ascii=False, indent=1) if options["json"] else as_text(report))
        self.stdout.flush()
        if options["apply"]:  # so that the next file does not wait for it
            Duty.objects.here("people.learn_persons", f"lierre import:{os.getpid()}")
        if options["strict"] and report["quarantined"]:
            sys.exit(LINES_ASIDE)

    @discreet
    def bring(self, options: dict[str, Any]) -> Import:
        missing = [str(path) for path in options["files"] if not path.is_file()]
        if missing:
            raise Refused(_("There is no such file: %(names)s") % {"names": ", ".join(missing)})
        if options["apply"]:
            self.finish_interrupted()
        by = options["by"]
        imported = receive(options["files"], by=by, source=self.source(options), asserted_on=options["asserted_on"])
        if options["preset"]:
            read_as(imported, options["preset"], by=by)
        stop_if_unknown(imported)
        imported.ask_rehearsal(by=by).run_now()
        if options["apply"]:
            imported.refresh_from_db()
            imported.ask_apply(by=by).run_now()
        imported.refresh_from_db()
        return imported

    def finish_interrupted(self) -> None:
        """Whoever was killed while writing holds the pen, and where no worker is nobody else would take it up again."""
        died = Work.objects.to_take().filter(state=Work.State.RUNNING, name__in=WRITING)
        for work in died.order_by("id"):
            told = _("%(title)s was interrupted while it was written: it is finished first.") % {"title": work}
            self.stderr.write(told)
            work.run_now()

    def source(self, options: dict[str, Any]) -> Source | None:
        name = options["source"]
        if not name:
            return None
        kind = options["kind"] or (by_name(options["preset"]).source_kind if options["preset"] else "third")
        return Source.objects.get_or_create(name=name, defaults={"kind": kind, "siglum": name[:1].upper()})[0]


def stop_if_unknown(imported: Import) -> None:
    unknown = [delivery.name for delivery in imported.deliveries.filter(dialect="")]
    if unknown:
        raise Refused(
            _(
                "Nobody has said what the columns of %(names)s mean: open the import %(number)d in the pages to map them."
            )
            % {"names": ", ".join(unknown), "number": imported.pk}
        )


def told(imported: Import) -> dict[str, Any]:
    """The report: counts, and the lines that were not taken."""
    aside = QuarantinedLine.objects.filter(delivery__imported=imported).select_related("delivery")[:LINES_SHOWN]
    return {
        "import": imported.pk,
        "state": imported.state,
        "source": imported.source.name,
        "files": [
            {"name": each.name, "dialect": each.dialect, "encoding": each.encoding, "delimiter": each.delimiter}
            for each in imported.deliveries.all()
        ],
        "lines": imported.rehearsal["lines"],
        "counts": imported.rehearsal["counts"],
        "seconds": imported.rehearsal["seconds"],
        "quarantined": [
            {
                "file": line.delivery.name,
                "line": line.line,
                "column": line.column,
                "code": line.code,
                "reason": line.reason,
            }
            for line in aside
        ],
    }


def as_text(report: dict[str, Any]) -> str:
    counts = ", ".join(f"{name} {count}" for name, count in report["counts"].items())
    lines = [f"{report['import']} · {report['state']} · {report['source']}", counts]
    lines += [f"{each['file']}:{each['line']} {each['column']} {each['reason']}" for each in report["quarantined"]]
    return "\n".join(lines)
