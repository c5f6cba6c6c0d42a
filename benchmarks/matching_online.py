"""One line matched against the base, as a sign-up or a form is: `python -m benchmarks.matching_online [--asked 400] [--learn]`.

Reads the base of LIERRE_DATA_DIR or DATABASE_URL, such as `bin/demo --size 1000000 --no-serve` leaves it. With `--learn`, or
when nothing was learnt, everybody is read first and the time that it takes is told. Lines are made of records drawn at random,
always the same ones, without their numbers and without half of what they say; one in ten is of somebody who is nobody.
Two floors are measured in the same run: the questions to the base alone, and an empty question. On a machine that does other
things, what counts is the processor's time and the number of questions: the rest is waiting for one's turn.
"""

import argparse
import os
import resource
import statistics
import time
from collections.abc import Callable
from random import Random
from typing import Any, Final

MOST: Final = 10.0  # milliseconds that p95 must not pass
NUMBERS: Final = ("student_number", "ine", "identifier")
PARTS: Final = ("born", "contacts", "positions", "studies")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--asked", type=int, default=400)
    asked.add_argument("--learn", action="store_true")
    options = asked.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "lierre.settings"
    import django

    django.setup()
    from django.db import connection

    from lierre.people.reconciling import knowledge, learning
    from lierre.people.reconciling.asking import Candidate, match_line

    known = None if options.learn else knowledge.in_force()
    if known is None:
        begun, spent = time.perf_counter(), time.process_time()
        known = learning.learn()
        print(f"learnt in {time.perf_counter() - begun:.0f} s, {time.process_time() - spent:.0f} s of processor")
    if known is None:
        raise SystemExit("This base is too small to learn from.")
    print(
        f"{connection.vendor}, {known.shelf.persons:,} persons, {known.shelf.entries:,} keys on {known.shelf.pages:,} pages"
    )
    lines = drawn(options.asked)
    print(f"{'milliseconds':<40}{'median':>8}{'p95':>8}{'most':>7}{'CPU median':>12}{'p95':>6}{'questions':>11}")
    measure("an empty question", lines, lambda _facts: knowledge.in_force(), 0)
    measure("the pages and the persons alone", lines, lambda facts: questions(facts, known), 0)
    found = measure("a line matched", lines, match_line, MOST)
    judged = [
        (each[0] if each else Candidate(0, 0.0), person) for each, (_facts, person) in zip(found, lines, strict=True)
    ]
    right = sum(best.person == person for best, person in judged if person)
    told = sum(1 for _best, person in judged if person)
    strangers = sum(best.probability >= 0.99 for best, person in judged if not person)
    print(f"right first: {right} of {told}; strangers linked: {strangers} of {len(lines) - told}")
    print(f"memory at its peak: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


def drawn(count: int) -> list[tuple[dict[str, Any], int]]:
    """Facts, and whose they are; 0 for nobody's."""
    from lierre.people.json_text import parsed
    from lierre.people.models import Record

    chance = Random(11)
    last = Record.objects.latest("pk").pk
    numbers = [chance.randrange(1, last) for _each in range(count)]
    told = list(
        Record.objects.filter(pk__in=numbers, person__isnull=False).order_by("pk").values_list("facts", "person_id")
    )
    lines = []
    for at, (facts, person) in enumerate(told):
        said = {name: value for name, value in parsed(facts).items() if name not in NUMBERS}
        for part in PARTS:
            if chance.random() < 0.5:
                said.pop(part, None)
        if at % 10 == 0:
            other = parsed(told[at - 1][0])
            said |= {
                "family": other.get("family", ""),
                "born": f"{chance.randint(1950, 2004)}-0{chance.randint(1, 9)}-15",
            }
            person = 0
        lines.append((said, person))
    return lines


def questions(facts: dict[str, Any], known: Any) -> None:
    from lierre.people.matching.table import Table
    from lierre.people.reconciling.columns import SCHEMA, line_of
    from lierre.people.reconciling.pages import Questions, looked_up
    from lierre.people.reconciling.sheets import on_sheets

    left = known.lines.side(Table.of_rows([line_of(facts)], SCHEMA.left))
    on_sheets(known.shelf, sorted(set(looked_up(known.shelf, Questions.of(left))[1].tolist())))


def measure(name: str, lines: list[tuple[dict[str, Any], int]], do: Callable[[Any], Any], most: float) -> list[Any]:
    from django.db import connection

    asked = 0

    def count(execute: Callable[..., Any], *said: Any) -> Any:
        nonlocal asked
        asked += 1
        return execute(*said)

    for facts, _person in lines[:30]:
        do(facts)
    times, spent, found = [], [], []
    with connection.execute_wrapper(count):
        for facts, _person in lines:
            begun, processor = time.perf_counter(), time.process_time()
            found.append(do(facts))
            times.append(1000 * (time.perf_counter() - begun))
            spent.append(1000 * (time.process_time() - processor))
    p95, cpu = (sorted(each)[int(len(each) * 0.95)] for each in (times, spent))
    print(
        f"{name:<40}{statistics.median(times):>8.1f}{p95:>8.1f}{most or '':>7}{statistics.median(spent):>12.1f}{cpu:>6.1f}"
        f"{asked / len(lines):>11.1f}"
    )
    return found


if __name__ == "__main__":
    main()
