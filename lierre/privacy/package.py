"""Everything known of someone, in one archive: a page to read, tables for a spreadsheet, JSON to take elsewhere."""

import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from lierre.foundation.export import stream_csv
from lierre.foundation.personal_data import Holding, register
from lierre.people.facts import FIELD
from lierre.people.models import Person, Record


def what_is_held(person: Person) -> Iterator[tuple[Holding, list[dict[str, Any]]]]:
    """Table by table, those that hold something: of the person, and of their account."""
    for holding in register():
        rows = holding.export(person)
        if person.account_id:
            rows += [row for row in holding.export(person.account) if row not in rows]
        if rows:
            yield holding, rows


def testimonies(person: Person) -> list[dict[str, Any]]:
    """Each record: who said it, when, where it came from, what was written, what was understood."""
    records = Record.objects.filter(person=person).select_related("source", "delivery").order_by("pk")
    return [
        {
            "source": record.source.name, "date": record.asserted_on.isoformat(),
            "file": record.delivery.name if record.delivery else "", "line": record.line or None,
            "as_it_came": record.original, "as_understood": record.said,
        }
        for record in records
    ]  # fmt: skip


def package(person: Person) -> bytes:
    """The archive. Nothing is written anywhere: it is made when it is asked for."""
    tables = list(what_is_held(person))
    told = testimonies(person)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_("read-me") + ".html", readable(person, tables, told))
        archive.writestr(_("everything") + ".json", as_json(person, tables, told))
        for holding, rows in tables:
            content = b"".join(
                stream_csv(list(holding.fields), ([text(each) for each in row.values()] for row in rows))
            )
            archive.writestr(f"csv/{slugify(str(holding.label))}.csv", content)
    return file.getvalue()


def readable(person: Person, tables: list[tuple[Holding, list[dict[str, Any]]]], told: list[dict[str, Any]]) -> str:
    """One page that stands alone, and prints."""
    context = {
        "person": person, "told": [(each, labelled(each["as_understood"])) for each in told], "now": timezone.now(),
        "institution": settings.INSTITUTION,
        "tables": [(holding, [[text(each) for each in row.values()] for row in rows]) for holding, rows in tables],
    }  # fmt: skip
    return render_to_string("privacy/package.html", context)


def labelled(facts: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What was understood, under the names that a reader knows."""
    return [(str(FIELD[name].label) if name in FIELD else name, text(value)) for name, value in facts.items()]


def as_json(person: Person, tables: list[tuple[Holding, list[dict[str, Any]]]], told: list[dict[str, Any]]) -> str:
    held = {
        holding.model: {
            "label": str(holding.label), "purpose": str(holding.purpose),
            "legal_basis": str(holding.legal_basis.label), "retention": str(holding.retention), "rows": rows,
        }
        for holding, rows in tables
    }  # fmt: skip
    whole = {
        "institution": settings.INSTITUTION, "made_at": timezone.now(), "identifier": person.public_id,
        "name": str(person), "testimonies": told, "held": held,
    }  # fmt: skip
    return json.dumps(whole, ensure_ascii=False, indent=2, default=str)


def text(value: Any) -> str:
    """A value as a reader meets it."""
    if value is None or value == "":
        return ""
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)
