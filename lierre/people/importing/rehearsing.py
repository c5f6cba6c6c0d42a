"""The rehearsal: every line is read and judged, nothing is written but the report."""

import json
import os
import time
from bisect import bisect_right
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any, Final

from lierre.foundation.bulk import insert_rows, write_in_turn
from lierre.people.faults import Fault
from lierre.people.importing.comparing import Brought, Compared, Sample, ToCompare, compare
from lierre.people.importing.crew import crew_for, in_order
from lierre.people.importing.findings import Findings
from lierre.people.importing.lines import Line, Lines, ToRead, read_lines
from lierre.people.importing.parts import Batch, batches
from lierre.people.importing.resolving import Resolver, Settled
from lierre.people.importing.stage import Stage
from lierre.people.importing.verdicts import Growing, Outcome, Verdicts
from lierre.people.json_text import compact
from lierre.people.models import Delivery, Import, QuarantinedLine
from lierre.people.models.policy import policy_in_force

LINES_AT_ONCE: Final = 2_000
COLUMNS: Final = (
    "delivery_id", "line", "code", "column", "value", "raw", "candidates", "keys", "state", "settled_by",
)  # fmt: skip
NO_PERSON: Final = "no_person_yet"

Advance = Callable[[int, int | None], object]


class Rehearsal:
    """One pass over the lines of an import."""

    def __init__(self, imported: Import, crew: Executor, stage: Stage, advance: Advance) -> None:
        self.imported, self.crew, self.stage, self.advance = imported, crew, stage, advance
        self.resolver = Resolver(imported.member_id)
        self.findings = Findings()
        self.growing = Growing()
        self.decided: dict[int, Outcome] = {}
        self.quarantine: list[tuple[Any, ...]] = []
        self.comparing: deque[tuple[dict[int, tuple[Line, int]], Future[Compared]]] = deque()
        self.starts: list[tuple[int, Delivery]] = []
        self.deliveries = {each.pk: each for each in imported.deliveries.all()}
        self.policy = policy_in_force()

    def run(self) -> tuple[Verdicts, dict[str, Any]]:
        """Read everything. Returns what was decided of each line, and the summary that the pages show."""
        begun = time.monotonic()
        QuarantinedLine.objects.filter(delivery__imported=self.imported).delete()
        source_id = self.imported.source_id
        tasks = (ToRead(batch, source_id) for batch in batches(self.imported, LINES_AT_ONCE))
        expected = self.imported.expected_lines
        for task, read in in_order(self.crew, read_lines, tasks):
            self.take(task.batch, read)
            self.stage.add(read.staged)
            self.advance(self.growing.size, max(expected, self.growing.size) if expected else None)
        while self.comparing:
            self.gather()
        self.write_quarantine()
        self.findings.lines = self.growing.size
        verdicts = self.growing.whole(self.decided)
        return verdicts, self.findings.summary(self.delivery_of, verdicts.new_persons, time.monotonic() - begun)

    def take(self, batch: Batch, read: Lines) -> None:
        delivery = self.deliveries[batch.reading.delivery]
        if not self.starts or self.starts[-1][1] != delivery:
            self.starts.append((batch.first, delivery))
        for _rank, doubt in read.doubts:
            self.findings.doubt(doubt, delivery.name)
        settled = iter(self.resolver.settle(line for line in read.lines if line))
        persons, outcomes, links, known = [], [], [], []
        for rank, line in enumerate(read.lines, batch.first):
            if line is None:
                self.refuse(delivery, *read.faults[rank - batch.first])
                verdict, outcome = Settled(0), Outcome.REJECTED
            else:
                verdict = next(settled)
                outcome = self.judge(delivery, rank, line, verdict)
                if outcome is Outcome.CONFIRMED:
                    known.append((rank, line, verdict.person))
            persons.append(verdict.person)
            outcomes.append(int(outcome))
            links.append(verdict.link)
        self.growing.add(persons, outcomes, links)
        if known:
            self.ask_comparison(known)
        if len(self.quarantine) >= LINES_AT_ONCE:
            self.write_quarantine()

    def judge(self, delivery: Delivery, rank: int, line: Line, verdict: Settled) -> Outcome:
        """The outcome of one line. CONFIRMED stands, for someone who is known, until the comparison has spoken."""
        if verdict.candidates:
            outcome = Outcome.TO_DECIDE
            self.ask_somebody(delivery, line, [number for number in verdict.candidates if number > 0])
        elif verdict.person == 0:
            fault = Fault(NO_PERSON, line.number, value=identifier_in(line))
            self.refuse(delivery, fault, "", [number for _kind, number in line.keys])
            return Outcome.REJECTED
        elif verdict.again:
            outcome = Outcome.UNCHANGED
        elif verdict.person < 0:
            outcome = Outcome.NEW
        else:
            return Outcome.CONFIRMED
        self.findings.count(outcome, Sample(line.digest, rank, line.number, verdict.person, line.name))
        return outcome

    def ask_comparison(self, known: list[tuple[int, Line, int]]) -> None:
        task = ToCompare(
            [Brought(rank, person, line) for rank, line, person in known],
            self.imported.source_id, self.imported.source.kind, self.imported.asserted, self.policy,
            trusted=self.imported.member_id is not None,
        )  # fmt: skip
        asked = {rank: (line, person) for rank, line, person in known}
        self.comparing.append((asked, self.crew.submit(compare, task)))
        if len(self.comparing) > 3:
            self.gather()

    def gather(self) -> None:
        asked, future = self.comparing.popleft()
        compared = future.result()
        self.findings.merge(compared)
        for rank, outcome in compared.outcomes.items():
            self.decided[rank] = outcome
            if outcome is Outcome.TO_DECIDE:
                line, person = asked[rank]
                self.ask_somebody(self.delivery_of(rank), line, [person])

    def ask_somebody(self, delivery: Delivery, line: Line, candidates: list[int]) -> None:
        fault = Fault(QuarantinedLine.TO_DECIDE, line.number, value=line.name)
        self.put_aside(delivery, fault, "", [number for _kind, number in line.keys], candidates)

    def refuse(self, delivery: Delivery, fault: Fault, raw: str, keys: list[int]) -> None:
        self.findings.refuse(fault, delivery.name)
        self.put_aside(delivery, fault, raw, keys, [])

    def put_aside(self, delivery: Delivery, fault: Fault, raw: str, keys: list[int], candidates: list[int]) -> None:
        self.quarantine.append((
            delivery.pk, fault.line, fault.code, fault.column[:200], fault.value[:500], raw, compact(candidates),
            compact(keys), QuarantinedLine.State.WAITING.value, "",
        ))  # fmt: skip

    def write_quarantine(self) -> None:
        with write_in_turn():
            insert_rows("people_quarantinedline", COLUMNS, self.quarantine)
        self.quarantine.clear()

    def delivery_of(self, rank: int) -> Delivery:
        return self.starts[bisect_right(self.starts, rank, key=lambda start: start[0]) - 1][1]


def identifier_in(line: Line) -> str:
    """What the line calls somebody whom nobody knows."""
    facts = json.loads(line.facts)
    return str(next((facts[name] for name in ("student_number", "ine", "identifier") if facts.get(name)), "–"))


def rehearse(imported: Import, advance: Advance) -> tuple[Verdicts, dict[str, Any]]:
    # The one who leads has little to do but to look persons up: every processor reads.
    with crew_for(imported.size, os.cpu_count() or 2) as crew, Stage(imported.stage_path) as stage:
        return Rehearsal(imported, crew, stage, advance).run()
