"""The rehearsal: every line is read and judged, nothing is written but the report."""

import os
import time
from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Executor, Future
from typing import Any, Final

from lierre.foundation.bulk import insert_rows, write_in_turn
from lierre.people.faults import ERASED_ON_REQUEST, LIKE_SOMEBODY_ERASED, Fault
from lierre.people.importing import twinning
from lierre.people.importing.comparing import Brought, Compared, Sample, ToCompare, compare
from lierre.people.importing.crew import crew_for, in_order, unhurried
from lierre.people.importing.findings import Findings
from lierre.people.importing.lines import Line, ToRead
from lierre.people.importing.looking_ahead import Seen, ToSee, look_ahead
from lierre.people.importing.parts import batches
from lierre.people.importing.resolving import Known, Resolver, Settled
from lierre.people.importing.screening import Screen
from lierre.people.importing.stage import Stage, Staged, unpacked
from lierre.people.importing.verdicts import Growing, Outcome, Verdicts
from lierre.people.importing.waiting import Held, Queue
from lierre.people.json_text import compact, parsed
from lierre.people.models import Delivery, Import, QuarantinedLine
from lierre.people.models.policy import policy_in_force
from lierre.people.reconciling.recognising import Recogniser

LINES_AT_ONCE: Final = 2_000
COLUMNS: Final = (
    "delivery_id", "line", "code", "column", "value", "raw", "candidates", "keys", "state", "settled_by", "facts",
    "asserted_on",
)  # fmt: skip
TO_DECIDE: Final = QuarantinedLine.TO_DECIDE
RESEMBLES: Final = QuarantinedLine.RESEMBLES
RESEMBLES_A_LINE: Final = QuarantinedLine.RESEMBLES_A_LINE
NO_PERSON: Final = "no_person_yet"
State = QuarantinedLine.State
STATES: Final = {ERASED_ON_REQUEST: State.DROPPED}  # nobody has anything to do about it
NOTHING: Final = Staged(0, 0, "", 0, (), "", "")

Advance = Callable[[int, int | None], object]


class Rehearsal:
    """One pass over the lines of an import."""

    def __init__(self, imported: Import, crew: Executor, stage: Stage, advance: Advance) -> None:
        self.imported, self.crew, self.stage, self.advance = imported, crew, stage, advance
        self.screen = Screen(imported)
        self.recogniser = Recogniser(imported)
        self.resolver = Resolver(imported.member_id, self.recogniser)
        self.findings = Findings()
        self.growing = Growing()
        self.decided: dict[int, Outcome] = {}
        self.quarantine: list[tuple[Any, ...]] = []
        self.comparing: deque[tuple[dict[int, Brought], Future[Compared]]] = deque()
        self.starts: list[tuple[int, Delivery]] = []
        self.deliveries = {each.pk: each for each in imported.deliveries.all()}
        self.policy = policy_in_force()

    def run(self) -> tuple[Verdicts, dict[str, Any]]:
        """Read everything. Returns what was decided of each line, and the summary that the pages show."""
        begun = time.monotonic()
        QuarantinedLine.objects.filter(delivery__imported=self.imported).delete()
        source_id = self.imported.source_id
        asks = self.resolver.asks_the_base
        comparing = self.to_compare([]) if asks else None
        tasks = (ToSee(ToRead(batch, source_id), comparing) for batch in batches(self.imported, LINES_AT_ONCE))
        self.recogniser.begin()
        queue = Queue(self.crew, asks=asks)
        for task, seen in in_order(self.crew, look_ahead, tasks):
            self.screen.over(seen.read)
            queue.put(Held(task.reading.batch.first, task.reading.batch.reading.delivery, seen))
            self.take_all(queue.ready())
        self.take_all(queue.rest())
        while self.comparing:
            self.gather()
        verdicts = self.growing.whole(self.decided)
        self.settle_twins(verdicts)
        self.write_quarantine()
        self.findings.lines = self.growing.size
        summary = self.findings.summary(self.delivery_of, verdicts.new_persons, time.monotonic() - begun)
        return verdicts, summary | {"matching": self.recogniser.summary}

    def take_all(self, some: Iterable[Held]) -> None:
        expected = self.imported.expected_lines
        for held in some:
            self.take(held)
            self.stage.add(held.seen.read.staged)
            self.advance(self.growing.size, max(expected, self.growing.size) if expected else None)

    def take(self, held: Held) -> None:
        delivery, read, found = self.deliveries[held.delivery], held.seen.read, held.found
        if not self.starts or self.starts[-1][1] != delivery:
            self.starts.append((held.first, delivery))
        for _rank, doubt in read.doubts:
            self.findings.doubt(doubt, delivery.name)
        lines = [
            Known(line, delivery.pk, staged, found.get(place))
            for place, (line, staged) in enumerate(zip(read.lines, read.staged, strict=True))
            if line
        ]
        settled = iter(self.resolver.settle(lines, held.seen.base))
        persons, outcomes, links, known = [], [], [], []
        for place, line in enumerate(read.lines):
            if line is None:
                verdict, outcome = Settled(0), self.refuse(delivery, *read.faults[place])
            else:
                verdict = next(settled)
                staged = read.staged[place]
                outcome = self.judge(delivery, held.first + place, line, verdict, staged)
                if outcome is Outcome.CONFIRMED:
                    known.append(Brought(held.first + place, verdict.person, line, staged))
            persons.append(verdict.person)
            outcomes.append(int(outcome))
            links.append(verdict.link)
        self.growing.add(persons, outcomes, links)
        self.take_comparisons(known, held.seen)
        if len(self.quarantine) >= LINES_AT_ONCE:
            self.write_quarantine()

    def take_comparisons(self, known: list[Brought], seen: Seen) -> None:
        """What was compared ahead stands when its lines are still of those persons, and of nobody else's but theirs."""
        now = {each.rank: each.person for each in known}
        others = [each for each in known if each.rank not in seen.about]
        if all(now.get(rank) == person for rank, person in seen.about.items()) and not {
            each.person for each in others
        }.intersection(seen.about.values()):
            self.receive({each.rank: each for each in known}, seen.compared)
            known = others
        if known:
            self.ask_comparison(known)

    def settle_twins(self, verdicts: Verdicts) -> None:
        """Lines that may speak of one person whom nobody knows: they are joined, or somebody is asked."""
        asked = twinning.settle(verdicts, self.recogniser.compare_newcomers(), self.recogniser.newcomers)
        if not asked:
            return
        self.findings.ask_instead(asked)
        for rank, staged, name in twinning.staged_at(self.stage.as_written(), asked):
            fault = Fault(RESEMBLES_A_LINE, staged.number, value=name)
            self.put_aside(self.delivery_of(rank), fault, list(staged.keys), [], staged)

    def judge(self, delivery: Delivery, rank: int, line: Line, verdict: Settled, staged: bytes) -> Outcome:
        """The outcome of one line. CONFIRMED stands, for someone who is known, until the comparison has spoken."""
        if verdict.candidates:
            outcome = Outcome.TO_DECIDE
            candidates = [number for number in verdict.candidates if number > 0]
            self.ask_somebody(delivery, line, staged, candidates, RESEMBLES if verdict.is_likened else TO_DECIDE)
        elif verdict.person == 0:
            fault = Fault(NO_PERSON, line.number, value=identifier_in(staged))
            self.findings.refuse(fault, delivery.name)
            self.put_aside(delivery, fault, [number for _kind, number in line.keys], [], unpacked(staged))
            return Outcome.REJECTED
        elif verdict.again:
            outcome = Outcome.UNCHANGED
        elif verdict.person < 0:
            outcome = Outcome.NEW
            if verdict.is_new:
                self.recogniser.newcomers.stands(delivery.pk, line.number, rank, verdict.person)
        else:
            return Outcome.CONFIRMED
        self.findings.count(outcome)
        if self.findings.wants(outcome, line.digest):
            self.findings.sample(outcome, Sample(line.digest, rank, line.number, verdict.person, line.name))
        return outcome

    def to_compare(self, known: list[Brought]) -> ToCompare:
        return ToCompare(
            known, self.imported.source_id, self.imported.source.kind, self.imported.asserted, self.policy,
            trusted=self.imported.member_id is not None,
        )  # fmt: skip

    def ask_comparison(self, known: list[Brought]) -> None:
        asked = {each.rank: each for each in known}
        self.comparing.append((asked, self.crew.submit(compare, self.to_compare(known))))
        if len(self.comparing) > 3:
            self.gather()

    def gather(self) -> None:
        asked, future = self.comparing.popleft()
        self.receive(asked, future.result())

    def receive(self, asked: dict[int, Brought], compared: Compared) -> None:
        self.findings.merge(compared)
        for rank, outcome in compared.outcomes.items():
            self.decided[rank] = outcome
            if outcome is Outcome.TO_DECIDE:
                each = asked[rank]
                self.ask_somebody(self.delivery_of(rank), each.line, each.staged, [each.person], TO_DECIDE)

    def ask_somebody(self, delivery: Delivery, line: Line, staged: bytes, candidates: list[int], code: str) -> None:
        fault = Fault(code, line.number, value=line.name)
        self.put_aside(delivery, fault, [number for _kind, number in line.keys], candidates, unpacked(staged))

    def refuse(self, delivery: Delivery, fault: Fault, raw: str, keys: list[int]) -> Outcome:
        """A line that resembles somebody who was erased is no mistake of the file: somebody says whether it is them."""
        self.put_aside(delivery, fault, keys, [], NOTHING._replace(raw=raw))
        if fault.code == LIKE_SOMEBODY_ERASED:
            self.findings.count(Outcome.TO_DECIDE)
            return Outcome.TO_DECIDE
        self.findings.refuse(fault, delivery.name)
        return Outcome.REJECTED

    def put_aside(self, delivery: Delivery, fault: Fault, keys: list[int], candidates: list[int], said: Staged) -> None:
        """What was understood of the line, if anything was, goes with it: it will not be looked for in the file."""
        self.quarantine.append((
            delivery.pk, fault.line, fault.code, fault.column[:200], fault.value[:500], said.raw, compact(candidates),
            compact(keys), STATES.get(fault.code, State.WAITING).value, "", said.facts, said.asserted_on,
        ))  # fmt: skip

    def write_quarantine(self) -> None:
        with write_in_turn():
            insert_rows("people_quarantinedline", COLUMNS, self.quarantine)
        self.quarantine.clear()

    def delivery_of(self, rank: int) -> Delivery:
        return self.starts[bisect_right(self.starts, rank, key=lambda start: start[0]) - 1][1]


def identifier_in(staged: bytes) -> str:
    """What the line calls somebody whom nobody knows."""
    facts = parsed(unpacked(staged).facts)
    return str(next((facts[name] for name in ("student_number", "ine", "identifier") if facts.get(name)), "–"))


def rehearse(imported: Import, advance: Advance) -> tuple[Verdicts, dict[str, Any]]:
    # The one who leads has little to do but to look persons up: every processor reads.
    with crew_for(imported.size, os.cpu_count() or 2) as crew, unhurried(), Stage(imported.stage_path) as stage:
        return Rehearsal(imported, crew, stage, advance).run()
