"""Builds a house again from an export, in a base that is empty, and folds everybody from their records."""

from collections.abc import Callable, Iterator
from contextlib import closing
from hashlib import sha256
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any, Final

import orjson
from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from lierre.foundation.bulk import insert_rows
from lierre.foundation.errors import Refused
from lierre.people import projection
from lierre.people.exporting.bundle import MANIFEST, PIECE, Held
from lierre.people.exporting.numbering import go_on_from
from lierre.people.exporting.restoring import Restoration
from lierre.people.exporting.tables import OWN, Table, tables
from lierre.people.exporting.writing import FORMAT, Manifest
from lierre.people.importing.crew import crew_for, in_order
from lierre.people.models import Person
from lierre.people.models.policy import policy_in_force
from lierre.people.rebuilding import ranges
from lierre.people.refold import folded_sheaf, hear_range

Advance = Callable[[int, int], object]
# Bytes that a record takes, more or less: tells whether helpers are worth starting.
RECORD: Final = 600
ROWS_AT_ONCE: Final = 10_000


def restore(path: Path, advance: Advance = lambda _done, _total: None) -> Restoration:
    """
    Into an empty base, of the same engine or another; or to the end of a restoration of this export that was interrupted.

    Refused, before anything is written, when somebody has written anything else. Ask the answer to end.
    """
    with closing(Held(path)) as held:
        manifest = read_manifest(held)
        restoration = Restoration.take(manifest)
        Loader(held, manifest, advance).load(restoration)
    return restoration


def read_manifest(held: Held) -> Manifest:
    with held.open(MANIFEST) as file:
        manifest: Manifest = orjson.loads(file.read())
    if manifest.get("format") != FORMAT:
        raise Refused(_("This export was written by a later version of Lierre: install that version first."))
    known = {table.label: table for table in tables()}
    for told in manifest["tables"]:
        table = known.get(told["name"])
        if table is None or not set(told["columns"]) <= set(table.columns):
            raise Refused(
                _("This version of Lierre does not know all of “%(table)s”: install the version of the export.")
                % {"table": told["name"]}
            )
    return manifest


class Loader:
    """Counts rows, pieces of files, and persons folded."""

    def __init__(self, held: Held, manifest: Manifest, advance: Advance) -> None:
        self.held, self.manifest, self.advance = held, manifest, advance
        self.told = {each["name"]: each for each in manifest["tables"]}
        self.going = [table for table in tables() if table.label in self.told]
        pieces = sum(1 + each["size"] // PIECE for each in manifest["files"].values())
        self.done, self.total = 0, sum(each["rows"] for each in manifest["tables"]) + pieces + manifest["persons"]

    def load(self, restoration: Restoration) -> None:
        for table in self.going:
            if table.is_folded:
                continue
            if table.label in restoration.filled:
                self.step(self.told[table.label]["rows"])
            else:
                self.fill(table, restoration)
        for name, told in self.manifest["files"].items():
            self.put(name, told)
        restoration.remember(files=True)
        self.fold(restoration)
        for table in self.going:
            go_on_from(table, self.told[table.label]["last_number"])

    def fill(self, table: Table, restoration: Restoration) -> None:
        """In one transaction: nobody else writes here yet, and a line may point at a later one."""
        own = [name for name in self.told[table.label]["columns"] if table.label != "people.person" or name in OWN]
        usual = {
            field.column: field.get_db_prep_save(field.get_default(), connection)
            for field in table.model._meta.concrete_fields
            if field.column and field.column not in own and not field.primary_key
        }
        with self.held.open(table.path) as file, transaction.atomic():
            restoration.remember(filled=[*restoration.filled, table.label])
            rows = self.rows(table, file, own, list(usual.values()))
            # Whoever is told may ask the base something: never in the middle of a COPY, which would wait for ever.
            while written := insert_rows(table.name, [*own, *usual], islice(rows, ROWS_AT_ONCE)):
                self.step(written)

    def rows(self, table: Table, file: Any, own: list[str], usual: list[Any]) -> Iterator[list[Any]]:
        read_back = [(name, how) for name, how in table.read_back if name in own]
        for line in file:
            said = orjson.loads(line)
            for name, how in read_back:
                if said[name] is not None:
                    said[name] = how(said[name])
            yield [*(said[name] for name in own), *usual]

    def put(self, name: str, told: dict[str, Any]) -> None:
        """A file, checked while it is written."""
        place, mark = place_of(name), sha256()
        place.parent.mkdir(parents=True, exist_ok=True)
        with self.held.open(name) as source, place.open("wb") as copy:
            while content := source.read(PIECE):
                copy.write(content)
                mark.update(content)
                self.step(1)
        if mark.hexdigest() != told["sha256"]:
            raise Refused(
                _("%(name)s was damaged on its way: its mark is not the one of the manifest.") % {"name": name}
            )

    def fold(self, restoration: Restoration) -> None:
        """Everybody, from their records. Folding is done beside the writing when there are many."""
        vocabulary = projection.Vocabulary()
        self.step(Person.objects.filter(pk__lte=restoration.folded, record_id__isnull=False).count())
        left = (limits for limits in ranges() if limits[1] > restoration.folded)
        with crew_for(RECORD * self.told["people.record"]["rows"]) as crew:
            for (_first, last), sheaf in in_order(crew, folded_range, left):
                with transaction.atomic():
                    restoration.remember(folded=last)
                    projection.write(sheaf, known={row[0] for row in sheaf.persons}, vocabulary=vocabulary)
                self.step(len(sheaf.persons))

    def step(self, count: int) -> None:
        self.done += count
        self.advance(self.done, self.total)


def folded_range(limits: tuple[int, int]) -> projection.Sheaf:
    return folded_sheaf(hear_range(*limits), policy_in_force())


def place_of(name: str) -> Path:
    """Where a file of the export belongs. One that would climb out of its folder is refused."""
    _files, folder, *rest = PurePosixPath(name).parts
    roots = {"imports": settings.DATA_DIR / "imports", "media": Path(settings.MEDIA_ROOT)}
    root = roots.get(folder)
    if root is None or not rest or any(step in {"..", "."} or "\\" in step for step in rest):
        raise Refused(_("%(name)s has no place in a house.") % {"name": name})
    return root.joinpath(*rest)
