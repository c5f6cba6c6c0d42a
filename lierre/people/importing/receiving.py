"""Receiving files: they are kept as they came, recognised by their content, and wait for someone to say who speaks."""

import shutil
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.people.faults import advice, sentence
from lierre.people.importing.dialects import by_name, recognise
from lierre.people.importing.parts import GENERIC
from lierre.people.importing.reading import LIMITS, left_aside, open_upload
from lierre.people.importing.statement import Unreadable
from lierre.people.importing.table import Document, Table
from lierre.people.models import Delivery, Import, Mapping, Person, Source
from lierre.people.models.delivery import signature

FILES: Final = 50
CHUNK: Final = 1 << 20

Brought = Path | tuple[str, IO[bytes]]


def receive(
    files: Iterable[Brought],
    *,
    by: Any,
    source: Source | None = None,
    asserted_on: date | None = None,
    member: Person | None = None,
) -> Import:
    """
    Keep these files as one import. A file is a path, or its name with an open stream.

    Raises Refused, with nothing kept, when one of them cannot be read at all: the sentence says which and why.
    """
    brought = list(files)
    if not brought:
        raise Refused(_("Choose at least one file."))
    if len(brought) > FILES:
        raise Refused(_("Bring at most %(count)d files at a time.") % {"count": FILES})
    imported = Import.objects.create(
        source=source or unknown_source(),
        asserted_on=asserted_on or timezone.localdate(),
        by_name=str(by),
        member_id=member.pk if member else None,
    )
    # A base put back from yesterday gives numbers again: what another import had left under this one is not ours.
    shutil.rmtree(imported.folder, ignore_errors=True)
    try:
        with transaction.atomic():
            kept = [keep(imported, file) for file in brought]
            deliveries = [each for some, _has_lines in kept for each in some]
            if not any(has_lines for _some, has_lines in kept):
                raise Unreadable("no_line", deliveries[0].name)
            Delivery.objects.bulk_create(deliveries)
            if source is None:
                imported.source = usual_source(deliveries)
                imported.save(update_fields=["source"])
            imported.become_ready()
            record("import.received", imported, by=by, files=[each.name for each in deliveries if not member])
    except (Unreadable, Refused) as refusal:
        shutil.rmtree(imported.folder, ignore_errors=True)
        imported.delete()
        if isinstance(refusal, Unreadable):
            raise Refused(f"{sentence(refusal.fault)} {advice(refusal.fault)}".strip()) from refusal
        raise
    return imported


def keep(imported: Import, file: Brought) -> tuple[list[Delivery], bool]:
    """Copy one file beside the base, and say what it holds; and whether it holds a line, or only a header."""
    number = sum(1 for _each in imported.folder.glob("*")) + 1 if imported.folder.exists() else 1
    imported.folder.mkdir(parents=True, exist_ok=True)
    name = file.name if isinstance(file, Path) else file[0]
    kept = imported.folder / f"{number:02}"
    mark, size = copied(file, kept)
    if any(mark == digest_of(other) for other in imported.folder.glob("*") if other != kept):
        raise Refused(_("%(name)s was given twice: bring it once.") % {"name": name})
    found = open_upload(kept, name)
    aside = left_aside(kept, name, found)
    lines = [1 for _part in found]
    if len(found) == 1 and isinstance(found[0], Table) and found[0].delimiter:
        lines = [line_count(kept)]
    deliveries = [
        delivery_of(imported, part, kept.name, place, mark, size // len(found), lines[place], aside)
        for place, part in enumerate(found)
    ]
    return deliveries, any(isinstance(part, Document) or next(iter(part.rows()), None) is not None for part in found)


def delivery_of(
    imported: Import,
    part: Table | Document,
    file: str,
    place: int,
    mark: str,
    size: int,
    lines: int,
    aside: Sequence[str],
) -> Delivery:
    delivery = Delivery(
        imported=imported, name=part.name[-255:], file=file, part=place, sha256=mark, size=size, left_aside=list(aside),
        lines=lines if lines > 1 else 0,
    )  # fmt: skip
    if isinstance(part, Table):
        delivery.header = list(part.header)
        delivery.encoding, delivery.delimiter = part.encoding, part.delimiter
    dialect = recognise(part)
    if dialect is not None and dialect.name != GENERIC:
        delivery.dialect, delivery.order = dialect.name, dialect.order
        if isinstance(part, Document):
            delivery.left_aside = [*delivery.left_aside, *dialect.left_aside(part)]  # type: ignore[union-attr]
    elif isinstance(part, Table) and (known := Mapping.objects.filter(signature=signature(part.header)).first()):
        delivery.dialect, delivery.mapping = GENERIC, known.for_header(part.header)
    elif isinstance(part, Document):
        raise Unreadable("unknown_type", part.name)
    return delivery


def copied(file: Brought, kept: Path) -> tuple[str, int]:
    """Copy a file within bounds. Returns its SHA-256 and its size in bytes."""
    mark, size = sha256(), 0
    stream = file.open("rb") if isinstance(file, Path) else file[1]
    with stream as source, kept.open("wb") as target:
        while chunk := source.read(CHUNK):
            size += len(chunk)
            if size > LIMITS.file:
                raise Unreadable("too_large", file.name if isinstance(file, Path) else file[0])
            mark.update(chunk)
            target.write(chunk)
    return mark.hexdigest(), size


def digest_of(path: Path) -> str:
    with path.open("rb") as file:
        mark = sha256()
        while chunk := file.read(CHUNK):
            mark.update(chunk)
    return mark.hexdigest()


def line_count(path: Path) -> int:
    with path.open("rb") as file:
        return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(CHUNK), b""))


def unknown_source() -> Source:
    """Until someone says who speaks."""
    return Source.objects.get_or_create(name=_("To be named"), defaults={"kind": "third", "siglum": "?"})[0]


def usual_source(deliveries: Sequence[Delivery]) -> Source:
    """The only source of the kind that usually writes such files, else none that is known."""
    with suppress(Source.DoesNotExist, Source.MultipleObjectsReturned):
        for delivery in deliveries:
            if delivery.dialect and delivery.dialect != GENERIC:
                return Source.objects.get(kind=by_name(delivery.dialect).source_kind)
    return unknown_source()
