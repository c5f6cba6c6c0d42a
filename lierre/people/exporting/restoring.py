"""A house that is being built again: how far it is stands in its own base, so that whoever was killed goes on from there."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Any, Final, Self

import orjson
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.foundation.models.lease import new_holder
from lierre.foundation.models.work import Work
from lierre.people.exporting.tables import Table, tables
from lierre.people.exporting.writing import Manifest

RESTORE: Final = "people.restore"
# What somebody has written: one row in any of these, and the house is not empty.
WRITTEN: Final = ("foundation.", "accounts.", "people.")


class Restoration:
    """
    A long work that no worker takes: it says that it was interrupted until it is not, and the command takes it up again.

    It stays where it is, beside the tables of the export, and writes nothing in the journal before the last line of it.
    """

    def __init__(self, work: Work, manifest: Manifest) -> None:
        self.work, self.manifest = work, manifest

    @classmethod
    def take(cls, manifest: Manifest) -> Self:
        """Begin in an empty base, or go on with what was interrupted. Refused, before anything is written, otherwise."""
        mark = mark_of(manifest)
        work = Work.objects.filter(name=RESTORE).exclude(state=Work.State.DONE).first()
        if work and work.arguments["export"] != mark:
            raise Refused(
                _("The restoration of another export was interrupted here: end it first, or begin with an empty base.")
            )
        restoration = cls(
            work or Work(name=RESTORE, state=Work.State.FAILED, arguments={"export": mark, "filled": []}), manifest
        )
        check_empty(restoration.left())
        restoration.begin()
        return restoration

    def begin(self) -> None:
        """From now on whoever ran it before can write nothing more."""
        self.work.holder = new_holder()
        self.work.failure = _("Interrupted, or under way: run the same command again and it goes on.")
        with transaction.atomic():
            self.work.save()
            empty_what_migrations_wrote(self.left())

    @property
    def filled(self) -> list[str]:
        return list(self.work.arguments["filled"])

    @property
    def has_files(self) -> bool:
        return bool(self.work.arguments.get("files"))

    @property
    def folded(self) -> int:
        """The last number of the persons that were folded."""
        return int(self.work.arguments.get("folded", 0))

    def left(self) -> list[Table]:
        """What is not filled yet. What is folded follows persons."""
        done = self.filled
        return [table for table in tables() if table.label not in done and not (table.is_folded and self.has_files)]

    def remember(self, **done: Any) -> None:
        """Call it first in the transaction of what is done: both are there, or neither."""
        arguments = self.work.arguments | done
        mine = Work.objects.filter(pk=self.work.pk, holder=self.work.holder)
        if not mine.update(arguments=arguments):
            raise Refused(_("Another command goes on with this restoration."))
        self.work.arguments = arguments

    @property
    def persons(self) -> int:
        return int(self.manifest["persons"])

    def end(self, *, by: Any) -> None:
        """The first line that this house writes itself: after a comparison, which would take it for a difference."""
        with transaction.atomic():
            self.work.state, self.work.failure, self.work.finished_at = Work.State.DONE, "", timezone.now()
            self.work.save()
            record("everything.restored", by=by, persons=self.persons, made_at=self.manifest["made_at"])


def mark_of(manifest: Manifest) -> str:
    return sha256(orjson.dumps(manifest, option=orjson.OPT_SORT_KEYS)).hexdigest()


def check_empty(some: Iterable[Table]) -> None:
    for table in some:
        if table.label.startswith(WRITTEN) and table.model._default_manager.exists():
            raise Refused(
                _("This base is not empty: it holds %(what)s. An export is restored into an empty base only.")
                % {"what": table.model._meta.verbose_name_plural}
            )


def empty_what_migrations_wrote(some: Iterable[Table]) -> None:
    """A new house begins with the purposes of a French institution: those of the export take their place."""
    for table in reversed(list(some)):
        rows = table.model._default_manager.all()
        if rows.exists():  # a server would take even an empty deletion for an attack on the journal
            rows.delete()
