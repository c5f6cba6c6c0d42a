"""Looking for duplicates in a base: `python -m benchmarks.duplicates [--planted 1000] [--changed 1000]`.

Writes in the base of LIERRE_DATA_DIR or DATABASE_URL: give it a copy of one, such as `bin/demo --size 1000000 --no-serve`
leaves it. Some persons are said a second time, as another source tells them (half of what is known of them, a slip in one
name out of four); then the whole base is looked through, as the duty does it, and once more after some persons have changed.
The floor is reading the same columns of the base and nothing else.
"""

import argparse
import os
import resource
import time
from collections.abc import Callable, Sequence
from random import Random
from typing import Any, Final

MOST: Final = {"seconds": 180, "megabytes": 2_000}
PARTS: Final = ("born", "contacts", "positions", "studies")
NUMBERS: Final = ("student_number", "ine", "identifier")
LETTERS: Final = "aeinrstlou"


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--planted", type=int, default=1_000)
    asked.add_argument("--changed", type=int, default=1_000)
    options = asked.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "lierre.settings"
    import django

    django.setup()
    from django.db import connection

    from lierre.people.duplicates.searching import search
    from lierre.people.models import DuplicateSearch, Suspicion
    from lierre.people.reconciling.learning import up_to_date
    from lierre.people.reconciling.reading import whole_base
    from lierre.people.reconciling.shelf import count_persons

    print(
        f"{connection.vendor}, {count_persons():,} persons, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors"
    )
    print(f"{'':<44}{'seconds':>9}{'of CPU':>9}{'MB, peak':>10}")
    timed("reading the base, alone (the floor)", whole_base)
    planted = twice(options.planted)
    DuplicateSearch.objects.all().delete()  # as if nobody had ever looked
    timed("what was learnt, and the keys, brought up to date", up_to_date)
    timed("looking through the whole base", search)
    told("the whole base", DuplicateSearch.objects.latest("pk"))
    found = set(Suspicion.objects.filter(probability__gte=0.35).values_list("low", "high"))
    sure = set(Suspicion.objects.filter(probability__gte=0.95).values_list("low", "high"))
    strangers = sure - planted
    print(f"  of {len(planted)} said twice, found: {len(found & planted)}; almost sure: {len(sure & planted)}")
    print(f"  almost sure, and not said twice here: {len(strangers)}; waiting in all: {Suspicion.objects.count():,}")
    changed(options.changed)
    timed(f"after {options.changed} persons have changed", search)
    told("those who have changed", DuplicateSearch.objects.latest("pk"))
    timed("when nobody has changed", search)
    print(f"wanted: {MOST['seconds']} s and {MOST['megabytes']:,} MB for 1,000,000 persons")


def timed(name: str, do: Callable[[], Any]) -> Any:
    begun, spent = time.perf_counter(), time.process_time()
    found = do()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{name:<50}{time.perf_counter() - begun:>7.1f}{time.process_time() - spent:>9.1f}{peak:>8,}", flush=True)
    return found


def told(what: str, done: Any) -> None:
    print(f"  {what}: {done.persons:,} persons, {done.pairs:,} pairs, whole: {'yes' if done.is_whole else 'no'}")


def twice(count: int) -> set[tuple[int, int]]:
    """So many persons, said again by another source that knows none of their numbers. The pairs, in order."""
    from lierre.people.json_text import parsed
    from lierre.people.models import Record, Source
    from lierre.people.saying import say

    source = Source.objects.get_or_create(name="Association", defaults={"kind": "third", "siglum": "As"})[0]
    chance, pairs = Random(12), set()
    for person, facts in drawn(count, chance, Record):
        said = {name: value for name, value in parsed(facts).items() if name not in NUMBERS}
        for part in PARTS:
            if chance.random() < 0.4:
                said.pop(part, None)
        if chance.random() < 0.25 and len(said.get("family", "")) > 3:
            at = chance.randrange(1, len(said["family"]))
            said["family"] = said["family"][:at] + chance.choice(LETTERS) + said["family"][at + 1 :]
        other = say(said, source=source, by="the benchmark").person_id
        pairs.add((min(person, other or 0), max(person, other or 0)))
    return pairs


def drawn(count: int, chance: Random, record: Any) -> Sequence[tuple[int, str]]:
    last = record.objects.latest("pk").pk
    numbers = {chance.randrange(1, last) for _each in range(2 * count)}
    kept = record.objects.filter(pk__in=list(numbers)[: 2 * count], person__isnull=False).order_by("pk")
    told = {person: facts for person, facts in kept.values_list("person_id", "facts") if '"family"' in facts}
    return list(told.items())[:count]


def changed(count: int) -> None:
    from lierre.people.models import Person, Record
    from lierre.people.saying import say, staff_source

    people = Person.objects.in_bulk([person for person, _facts in drawn(count, Random(13), Record)])
    for person in people.values():
        say({"headline": "Juriste"}, source=staff_source(), by="the benchmark", person=person)


if __name__ == "__main__":
    main()
