"""The one copy of the directory that this process counts on, kept in step with the base.

Before each count the number of the latest change is compared. A few changes are read at once. When very many have come
(an import), only who sees whom is read at once, because what someone hides must be hidden from the next count on; the
rest is loaded by a thread, and swapped in. Call it outside transactions: what is read here outlives a rollback.
"""

import logging
import time
from collections import OrderedDict
from threading import Lock, RLock, Thread
from typing import Final

import numpy as np
from django.db import connection, connections
from django.utils import timezone

from lierre.people.directory import reading
from lierre.people.directory.facets import STUDY_FACETS, TERM_FACETS
from lierre.people.directory.sight import Sight
from lierre.people.directory.viewer import Viewer
from lierre.people.models import DirectoryChange
from lierre.people.models.imports import EPOCH

log = logging.getLogger(__name__)
BULK: Final = 20_000
MANY_LATE: Final = 1_000
SIGHTS_KEPT: Final = 12
# On PostgreSQL a number may be committed after a greater one; one that has not come by then was rolled back.
PATIENCE: Final = 120.0
LOOK_BACK: Final = 5_000


class Snapshot:
    def __init__(self) -> None:
        self.lock = RLock()
        self.loading = Lock()
        self.last_load, self.load_took = 0.0, 0.0
        self.load()

    def load(self) -> None:
        """Read everything, then put it in place of what was there."""
        began = time.monotonic()
        seq = reading.newest_change()
        bearers = reading.all_names()  # first: the columns take the room that reading them leaves free
        columns = reading.whole()
        holes = self.holes_below(seq)
        with self.lock:
            self.columns, self.bearers, self.seq, self.holes = columns, bearers, seq, holes
            self.sights: OrderedDict[Viewer, Sight] = OrderedDict()
            self.behind = False
        self.last_load, self.load_took = time.monotonic(), time.monotonic() - began

    def sight(self, viewer: Viewer) -> Sight:
        """What this viewer sees, in step with the base."""
        self.follow()
        today = (timezone.localdate(timezone=timezone.get_default_timezone()) - EPOCH).days
        with self.lock:
            return self.kept_sight(viewer, today)

    def kept_sight(self, viewer: Viewer, today: int) -> Sight:
        """With what it is laid over, which stays as long as somebody asks for it."""
        plain = self.kept_sight(viewer.plain, today) if viewer != viewer.plain else None
        kept = self.sights.get(viewer)
        if kept is None or kept.today != today:
            kept = self.sights[viewer] = Sight(self.columns, self.bearers, viewer, today, plain)
        self.sights.move_to_end(viewer)
        while len(self.sights) > SIGHTS_KEPT:
            self.sights.popitem(last=False)
        return kept

    def follow(self) -> None:
        newest = reading.newest_change()
        if newest != self.seq or self.holes:
            self.catch_up(newest)
        if self.behind or max(len(self.columns.late_keys), len(self.bearers.said)) > MANY_LATE:
            self.load_later()

    def catch_up(self, newest: int) -> None:
        with self.lock:
            if newest < self.seq:  # the base was put back to an earlier day
                self.load()
            elif newest - self.seq > BULK:
                self.hide_at_once(newest)
            else:
                self.take_changes()

    def take_changes(self) -> None:
        """Read again the persons that have changed."""
        start = min(self.holes, default=self.seq + 1)
        changes = DirectoryChange.objects.filter(seq__gte=start).order_by("seq").values_list("seq", "person_id")
        fresh = {seq: person for seq, person in changes if seq > self.seq or seq in self.holes}
        self.note_holes(fresh)
        if not fresh:
            return
        persons = sorted(set(fresh.values()))
        rows = reading.entries_of(persons)
        self.bearers.put(reading.names_of(persons))
        self.columns.remove(set(persons) - {row[0] for row in rows})
        columns = self.columns
        at = columns.put(rows) if rows else np.zeros(0, np.int64)
        beside = columns.put_further(np.array(persons, np.int64), reading.further_of(persons))
        numbers = {columns.lexicons[facet.name].numbers[code] for facet in TERM_FACETS
                   for code in columns.codes[facet.name][at]}  # fmt: skip
        numbers |= {columns.lexicons[facet.name].numbers[code] for facet in STUDY_FACETS if facet.kind == "term"
                    for code in columns.further.codes[facet.name][beside]}  # fmt: skip
        reading.name_terms(columns.lexicons, numbers - {0})
        self.sights.clear()

    def note_holes(self, fresh: dict[int, int]) -> None:
        """Remember the numbers that were skipped: the transaction that holds them may not be over."""
        now = time.monotonic()
        last = max(fresh, default=self.seq)
        if connection.vendor != "sqlite":  # it has one writer: numbers are committed in order
            self.holes |= {seq: now + PATIENCE for seq in range(self.seq + 1, last) if seq not in fresh}
        self.holes = {seq: until for seq, until in self.holes.items() if seq not in fresh and until > now}
        self.seq = max(self.seq, last)

    def holes_below(self, newest: int) -> dict[int, float]:
        if connection.vendor == "sqlite" or not newest:
            return {}
        start = max(1, newest - LOOK_BACK)
        known = set(DirectoryChange.objects.filter(seq__gte=start).values_list("seq", flat=True))
        until = time.monotonic() + PATIENCE
        return {seq: until for seq in range(start, newest) if seq not in known}

    def hide_at_once(self, newest: int) -> None:
        """Too many have changed to be read while someone waits: only who sees them is, and whose name has changed."""
        seen = reading.seen_since(self.seq)
        self.columns.remove(reading.persons_changed_since(self.seq) - {person_id for person_id, _, _ in seen})
        # A name that is borne no more must not lead to the one that is shown now.
        self.bearers.forget(self.columns.remask(seen))
        self.behind = True
        self.seq, self.holes = newest, {}
        self.sights.clear()

    def load_later(self) -> None:
        """Load in a thread, at most a tenth of the time: an import changes something every moment."""
        if time.monotonic() - self.last_load > 10 * self.load_took and self.loading.acquire(blocking=False):
            Thread(target=self.load_in_thread, name="directory", daemon=True).start()

    def load_in_thread(self) -> None:
        try:
            self.load()
        except Exception:
            log.exception("The directory could not be loaded again.")
        finally:
            self.loading.release()
            connections.close_all()


_kept: Snapshot | None = None
_first = Lock()


def current() -> Snapshot:
    """The snapshot of this process. The first call loads it: about six seconds per million persons."""
    global _kept
    with _first:
        if _kept is None:
            _kept = Snapshot()
        return _kept


def sight_of(viewer: Viewer) -> Sight:
    """What this viewer sees now."""
    return current().sight(viewer)


def forget() -> None:
    """Load again at the next use: when the base has been replaced, as between two tests."""
    global _kept
    with _first:
        _kept = None
