"""Applying: what was rehearsed is written, a slice at a time, so that a run that is killed goes on where it stopped."""

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from contextlib import nullcontext
from typing import Final

import numpy as np

from lierre.foundation.bulk import insert_rows, reserve_ids, write_in_turn
from lierre.foundation.models.work import LeaseLost
from lierre.people import projection
from lierre.people.importing.crew import crew_for, unhurried
from lierre.people.importing.first_load import LINES_AT_ONCE, at_ease
from lierre.people.importing.folding_lines import RECORD, Folded, Kept, RehearseAgain, ToFold, fold_anew, fold_lines
from lierre.people.importing.rehearsing import Advance
from lierre.people.importing.set_aside import put_all_back
from lierre.people.importing.stage import slices
from lierre.people.importing.verdicts import Verdicts
from lierre.people.models import Import, Person
from lierre.people.models.policy import policy_in_force
from lierre.people.refold import PERSONS_AT_ONCE, lock, still_theirs

IN_FLIGHT: Final = 3


class Applying:
    """One run, from the first line that is not written yet."""

    def __init__(self, imported: Import, verdicts: Verdicts, crew: Executor, advance: Advance) -> None:
        self.imported, self.verdicts, self.crew, self.advance = imported, verdicts, crew, advance
        self.policy = policy_in_force()
        self.vocabulary = projection.Vocabulary()
        self.is_first = not Person.objects.exists()
        self.size = LINES_AT_ONCE if self.is_first else PERSONS_AT_ONCE
        assert imported.first_record is not None
        assert imported.first_person is not None
        self.kept = kept = verdicts.kept
        self.records = np.where(kept, np.cumsum(kept) - 1 + imported.first_record, 0)
        self.persons = np.where(verdicts.persons < 0, imported.first_person - 1 - verdicts.persons, verdicts.persons)
        # A new person stands in the base from the line after the first that speaks of them.
        self.first_line = np.full(verdicts.new_persons + 1, -1, dtype=np.int64)
        new = np.flatnonzero(kept & (verdicts.persons < 0))
        self.first_line[-verdicts.persons[new[::-1]]] = new[::-1]

    def run(self) -> None:
        waiting: deque[tuple[ToFold, Future[Folded]]] = deque()
        busy: set[int] = set()
        for task in self.tasks():
            touched = {each.person for each in task.kept}
            # A person of a slice that is not written yet would be heard too early: let it be written first.
            while waiting and (len(waiting) >= IN_FLIGHT or touched & busy):
                self.write(*waiting.popleft())
                busy = {each.person for other, _future in waiting for each in other.kept}
            waiting.append((task, self.crew.submit(fold_lines, task)))
            busy |= touched
        while waiting:
            self.write(*waiting.popleft())

    def tasks(self) -> Iterator[ToFold]:
        imported, upto = self.imported, self.imported.written
        for first, staged in slices(imported.stage_path, self.size, start=imported.written):
            kept, standing = [], set()
            upto = first + len(staged)
            columns = (self.kept, self.records, self.persons, self.verdicts.persons, self.verdicts.links)
            for line, is_kept, record, person, reference, link in zip(
                staged, *(column[first:upto].tolist() for column in columns), strict=False
            ):
                if not is_kept:
                    continue
                kept.append(Kept(line, record, person, link))
                if reference > 0 or self.first_line[-reference] < first:
                    standing.add(person)
            if not kept:
                continue
            yield ToFold(
                upto,
                kept,
                frozenset(standing),
                imported.source_id,
                imported.source.kind,
                imported.asserted,
                self.policy,
            )
        if upto != len(self.verdicts.outcomes):
            raise RehearseAgain

    def write(self, task: ToFold, future: "Future[Folded]") -> None:
        """One slice, and how far we are, in one transaction."""
        done = future.result()
        imported, upto = self.imported, task.upto
        with write_in_turn():
            mine = Import.objects.filter(pk=imported.pk, state=Import.State.APPLYING, written=imported.written)
            if not mine.update(written=upto):
                raise LeaseLost
            known = task.standing
            lock(sorted(known))
            if not still_theirs(sorted(known), done.heard):
                done = fold_anew(done, task)
                known = frozenset(Person.objects.filter(pk__in=known).values_list("pk", flat=True))
            # Persons before what names them: the embedded base then has no promise to remember and to look up.
            projection.write(done.sheaf, known, self.vocabulary)
            insert_rows("people_record", RECORD, done.records)
            insert_rows("people_recordkey", ("hash", "record_id"), done.keys)
        imported.written = upto
        self.advance(upto, len(self.verdicts.outcomes))


def reserve(imported: Import, verdicts: Verdicts) -> None:
    """Blocks of numbers, so that a run that goes on gives the same ones."""
    if imported.first_record is None:
        first = reserve_ids("people_record", max(1, verdicts.records))
        imported.first_record, imported.last_record = first, first + verdicts.records - 1
        imported.first_person = reserve_ids("people_person", max(1, verdicts.new_persons))
        imported.save(update_fields=["first_record", "last_record", "first_person"])


def write_import(imported: Import, verdicts: Verdicts, advance: Advance) -> None:
    put_all_back()
    reserve(imported, verdicts)
    with crew_for(imported.size) as crew, unhurried():
        applying = Applying(imported, verdicts, crew, advance)
        with at_ease(imported) if applying.is_first else nullcontext():
            applying.run()
