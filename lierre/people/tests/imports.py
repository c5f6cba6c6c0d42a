"""Files brought through the importer itself, for the tests that need what a real import leaves."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from lierre.people.importing.receiving import receive
from lierre.people.models import Import, Source

COLUMNS = {
    "NOM": "family", "PRENOM": "given", "USAGE": "usage", "NE_LE": "born", "NUMERO": "student_number",
    "MEL": "contacts.email_personal", "POSTE": "positions.title", "EMPLOYEUR": "positions.employer",
    "DIPLOME": "studies.degree", "ANNEE": "studies.year", "LOT": "",
}  # fmt: skip


def written(rows: Sequence[Mapping[str, str]], encoding: str = "utf-8") -> bytes:
    """A file as an office would send it."""
    text = io.StringIO()
    table = csv.DictWriter(text, [*COLUMNS], delimiter=";", lineterminator="\r\n")
    table.writeheader()
    table.writerows(rows)
    return text.getvalue().encode(encoding)


def rehearsed(
    rows: Sequence[Mapping[str, str]], source: Source, day: date, *, by: Any, name: str = "liste.csv", **how: Any
) -> Import:
    """Received, its columns explained, rehearsed: what the page of an import shows before anything is written."""
    imported = receive([(name, io.BytesIO(written(rows, **how)))], by=by, source=source, asserted_on=day)
    for delivery in imported.deliveries.all():
        delivery.map_columns(COLUMNS, by=by)
    imported.refresh_from_db()
    imported.ask_rehearsal(by=by).run_now()
    imported.refresh_from_db()
    return imported


def applied(rows: Sequence[Mapping[str, str]], source: Source, day: date, *, by: Any, **how: Any) -> Import:
    imported = rehearsed(rows, source, day, by=by, **how)
    imported.ask_apply(by=by).run_now()
    imported.refresh_from_db()
    return imported
