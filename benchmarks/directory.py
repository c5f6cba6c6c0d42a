"""The directory as people use it, through HTTP: `python -m benchmarks.directory [--persons 1000000] [--asked 200]`.

Reads the base of LIERRE_DATA_DIR or DATABASE_URL, such as `bin/demo --size 1000000 --no-serve` leaves it; one that holds
fewer persons is filled first. `lierre serve` answers as it does in an institution, one request at a time, warm.
Measured in the same run: a floor, which is a page of the house that asks nothing of the directory, through the same server;
and a peer, which is the search of Django's own administration (`icontains`), with neither accents, counts nor page.
Names, filters and persons are drawn at random, always the same ones.
"""

import argparse
import http.client
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, Final
from urllib.parse import urlencode

WARMING: Final = 40
PEER_ASKED: Final = 50  # it reads every name each time
READERS: Final = (("alumni office", "alumni_office"), ("graduate", "graduate"))
AS_ONE_TYPES: Final = {"HX-Request": "true", "HX-Source": "form#search"}


@dataclass(frozen=True, slots=True)
class Step:
    """`most`: the milliseconds that p95 must not pass, 0 for a floor."""

    name: str
    most: int
    address: Callable[[], str]
    headers: dict[str, str]


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--persons", type=int, default=1_000_000)
    asked.add_argument("--asked", type=int, default=200)
    asked.add_argument("--port", type=int, default=8199)
    options = asked.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "lierre.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from benchmarks.crowd import fill
    from lierre.people.models import DirectoryEntry

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    fill(options.persons)
    count = DirectoryEntry.objects.count()
    print(f"{connection.vendor}, {count:,} persons in the directory, {options.asked} requests of each kind\n")
    print(f"{'milliseconds':<62}{'median':>8}{'p95':>8}{'most':>7}{'CPU':>7}{'bytes':>9}{'ratio':>8}")
    peer(min(options.asked, PEER_ASKED))
    with server(options.port) as process:
        for who, role in READERS:
            read_as(who, role, process.pid, options.port, options.asked)
        print(f"\nRSS of the server: {memory(process.pid, 'VmRSS')} MB, at its peak {memory(process.pid, 'VmHWM')} MB")


def read_as(who: str, role: str, pid: int, port: int, asked: int) -> None:
    from lierre.people.directory.viewer import Viewer

    cookie, viewer = session(role)
    floor = 0.0
    for step in steps(Viewer(everything=True) if role == "alumni_office" else viewer):
        ask(port, cookie, step, WARMING)
        before = processor(pid)
        times, size = ask(port, cookie, step, asked)
        spent = (processor(pid) - before) / asked
        floor = floor or statistics.median(times)
        row(f"{who}: {step.name}", times, step.most, statistics.median(times) / floor, spent, size)


def steps(viewer: Any) -> Iterator[Step]:
    """What is asked, each time otherwise."""
    chance = Random(2026)
    names, persons = known_names(chance), visible_persons(viewer, chance)
    chosen = triples(viewer, chance)

    def directory(**pairs: str) -> str:
        return "/annuaire/?" + urlencode(pairs)

    yield Step("floor, a page that asks nothing of the directory", 0, lambda: "/aller/", {})
    yield Step("search by family name, typed", 30, lambda: directory(q=chance.choice(names)[1]), AS_ONE_TYPES)
    yield Step(
        "search by first letters of both names, typed", 30, lambda: directory(q=letters(chance, names)), AS_ONE_TYPES
    )
    yield Step("search by given name alone, typed", 30, lambda: directory(q=chance.choice(names)[0]), AS_ONE_TYPES)
    yield Step("search by family name, whole page", 30, lambda: directory(q=chance.choice(names)[1]), {})
    yield Step(
        "a typing error in the family name, typed", 30, lambda: directory(q=mistyped(chance, names)), AS_ONE_TYPES
    )
    yield Step("three facets with counts, no name", 120, lambda: directory(**chance.choice(chosen)), AS_ONE_TYPES)
    yield Step(
        "three facets with counts, and a name",
        120,
        lambda: directory(q=chance.choice(names)[1], **chance.choice(chosen)),
        AS_ONE_TYPES,
    )
    yield Step("everybody, whole page", 120, lambda: directory(), {})
    yield Step("person page", 30, lambda: f"/personnes/{chance.choice(persons)}/", {})
    yield Step(
        "suggestions, three letters",
        10,
        lambda: suggestion(chance.choice(names)[1][:3]),
        {"Accept": "application/json"},
    )
    yield Step(
        "suggestions, both names", 10, lambda: suggestion(letters(chance, names)), {"Accept": "application/json"}
    )
    yield Step("palette", 0, lambda: "/aller/?" + urlencode({"q": letters(chance, names)}), {"HX-Request": "true"})


def suggestion(words: str) -> str:
    return "/annuaire/suggestions/?" + urlencode({"q": words})


def letters(chance: Random, names: list[tuple[str, str]]) -> str:
    given, family = chance.choice(names)
    return f"{given[:3]} {family[:4]}"


def mistyped(chance: Random, names: list[tuple[str, str]]) -> str:
    family = chance.choice([family for _, family in names if len(family) > 4])
    at = chance.randrange(1, len(family) - 2)
    return family[:at] + family[at + 1] + family[at] + family[at + 2 :]


def known_names(chance: Random) -> list[tuple[str, str]]:
    from lierre.people.models import Person

    last = Person.objects.latest("pk").pk
    some = Person.objects.filter(pk__in=[chance.randint(1, last) for _ in range(2_000)])
    return [(given, family) for given, family in some.values_list("given", "family") if given and family]


def visible_persons(viewer: Any, chance: Random) -> list[str]:
    from lierre.people.models import DirectoryEntry, Person

    last = Person.objects.latest("pk").pk
    some = DirectoryEntry.objects.filter(pk__in=[chance.randint(1, last) for _ in range(1_000)])
    return list(viewer.existing(some).values_list("person__public_id", flat=True))


def triples(viewer: Any, chance: Random) -> list[dict[str, str]]:
    """Three values of one person, many times over: what is asked finds at least somebody."""
    from lierre.people.directory import snapshot
    from lierre.people.directory.facets import FACETS
    from lierre.people.directory.values import code_value

    sight = snapshot.sight_of(viewer)
    found: list[dict[str, str]] = []
    while len(found) < 300:
        person = int(chance.choice(sight.everybody))
        shown = [facet for facet in FACETS if sight.codes(facet)[person] and sight.family(facet.family)[person]]
        if len(shown) >= 3:
            asked = chance.sample(shown, 3)
            found.append({each.parameter: code_value(sight, each, int(sight.codes(each)[person])) for each in asked})
    return found


def session(role: str) -> tuple[str, Any]:
    """The cookie of someone who holds this role."""
    from django.test import Client

    from lierre.accounts.models import Role
    from lierre.people.directory.viewer import Viewer

    held = Role.objects.filter(kind=role, user__is_active=True).first()
    user = held.user if held else newcomer(role)
    client = Client()
    client.force_login(user)
    return client.cookies["sessionid"].value, Viewer.of(user)


def newcomer(role: str) -> Any:
    from lierre.accounts.models import Role, Unit, User

    top = Unit.objects.filter(parent=None).first() or Unit.objects.create(
        code="UBN", name="Université de Bretagne-Nord", kind="institution", path="/UBN/"
    )
    user = User.objects.create_user(email=f"{role}@benchmark.example", name=f"Benchmark {role}")
    Role.objects.create(user=user, unit=top, kind=role)
    return user


def ask(port: int, cookie: str, step: Step, asked: int) -> tuple[list[float], int]:
    """Milliseconds of each answer, read to its end, on a connection that stays open; and the bytes of the median one."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Cookie": f"sessionid={cookie}", **step.headers}
    times, sizes = [], []
    for _ in range(asked):
        address = step.address()
        begun = time.perf_counter()
        connection.request("GET", address, headers=headers)
        response = connection.getresponse()
        body = response.read()
        times.append(1_000 * (time.perf_counter() - begun))
        sizes.append(len(body))
        if response.status != 200:
            raise SystemExit(f"{address} answered {response.status}")
    connection.close()
    return times, int(statistics.median(sizes))


def peer(asked: int) -> None:
    """The same search as Django's own administration makes it: twenty persons one of whose names holds this."""
    from django.db.models import Q

    from lierre.people.models import Person

    chance, times = Random(2026), []
    names = known_names(chance)
    for _ in range(asked):
        name = chance.choice(names)[1]
        begun = time.perf_counter()
        list(Person.objects.filter(Q(family__icontains=name) | Q(usage__icontains=name)).order_by("sort")[:20])
        times.append(1_000 * (time.perf_counter() - begun))
    row("peer, twenty persons through icontains, without a page", times, 0, 0)


@contextmanager
def server(port: int) -> Iterator["subprocess.Popen[bytes]"]:
    """`lierre serve`, until the block ends. It is warm when the directory has been loaded."""
    command = [sys.executable, "-m", "lierre", "serve", "--port", str(port)]
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, env={**os.environ, "LIERRE_HOSTS": "127.0.0.1"}
    ) as process:
        try:
            wait_for(port)
            yield process
        finally:
            process.terminate()


def wait_for(port: int) -> None:
    for _ in range(120):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/healthz")
            connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.5)
    raise SystemExit("the server did not answer")


def memory(pid: int, measure: str) -> int:
    """The resident memory of this process and its children, in megabytes: `VmRSS` now, `VmHWM` at the most."""
    family = [pid, *children(pid)]
    lines = (line for one in family for line in Path(f"/proc/{one}/status").read_text().splitlines())
    return sum(int(line.split()[1]) for line in lines if line.startswith(measure)) // 1024


def children(pid: int) -> list[int]:
    found = [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return found + [other for one in found for other in children(one)]


def processor(pid: int) -> float:
    """Milliseconds of processor that this process and its children have used. It tells apart a slow answer and a busy machine."""
    ticks = 0
    for one in [pid, *children(pid)]:
        fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return 1_000 * ticks / os.sysconf("SC_CLK_TCK")


def row(name: str, times: list[float], most: int, ratio: float, spent: float = 0, size: int = 0) -> None:
    median, p95 = statistics.median(times), statistics.quantiles(times, n=20)[-1]
    asked, passes = (str(most), "" if p95 <= most else " !") if most else ("", "")
    processor_used, ratio_told = f"{spent:.1f}" if spent else "", f"{ratio:.1f}×" if ratio else ""
    print(
        f"{name:<62}{median:>8.1f}{p95:>8.1f}{asked:>7}{processor_used:>7}{size or '':>9}{ratio_told:>8}{passes}",
        flush=True,
    )


if __name__ == "__main__":
    main()
