"""Thousands of short lives: each process that sends is killed at a random step, and networks misbehave meanwhile.

Then what is online is compared with what the rows say. Time is let pass between two lives, without waiting for it.
"""

import json
import math
import random
import subprocess
import sys
import time
from argparse import Namespace
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from benchmarks.outboxes.crashing import KINDS, judged, lines
from benchmarks.outboxes.house import ROOT, SIMULATED, House, spoken
from benchmarks.outboxes.really import REAL
from tests.networks.pictures import picture

LONGEST: Final = 240  # steps of a life: some posts
PAUSE: Final = (21.0, 75.0)  # seconds between two lives: longer than the lease of a process that died
MOST: Final = 40  # lives for each post, and then somebody must look at what does not end
SLOW: Final = 0.6
NOT_BEGUN: Final = 10_000  # beside how lives ended: the rows that were taken out when the time was over


def lives(house: House, asked: Namespace) -> Iterator[tuple[str, str]]:
    luck = random.Random(asked.seed)
    house.accounts = min(house.accounts, 4)
    house.connect(*house.names)
    written = shown(house, lines(asked.runs, house.names, luck), asked.shown)
    meant: dict[int, Any] = dict.fromkeys(house.fill([line for line in written if "media" not in line]))
    with_media = [line for line in written if "media" in line]
    meant |= {row["id"]: row for row in (house.publish(with_media) if with_media else ())}
    house.control(share=0.25, seed=asked.seed, slow=SLOW, lag=20.0, kinds=list(KINDS))
    began = time.monotonic()
    ended, rows = told(house, asked), house.outbox()
    if ended[NOT_BEGUN]:
        meant = dict.fromkeys(list(meant)[: len(meant) - ended.pop(NOT_BEGUN)])
    state = house.state()
    yield "posts, rows", f"{len({row['post'] for row in rows})}, {len(meant)}"
    yield "processes, of which killed -9", f"{sum(ended.values())}, {ended[-9]}"
    yield "faults that struck", str(sum(state["faults"].values()))
    yield "seconds", f"{time.monotonic() - began:.0f}"
    if ended[1]:
        yield "processes that failed of themselves", str(ended[1])
    yield from judged(house, rows, meant)


def shown(house: House, every: list[dict[str, Any]], many: int) -> list[dict[str, Any]]:
    """The first `many` of those that are no threads show a picture, each its own."""
    alone = [line for line in every if "text" in line][:many]
    for number, line in enumerate(alone):
        file = picture(house.folder, f"{number}.png", 60 + number, 48)
        line["media"] = [{"file": str(file), "alt": f"Image {number}"}]
    return every


def told(house: House, asked: Namespace) -> Counter[int]:
    """How each life ended. They are lived by a process of their own, which has the settings of that house."""
    words = [
        sys.executable,
        "-m",
        "benchmarks.outboxes.lives",
        house.network,
        house.address,
        str(asked.runs),
        str(asked.seed),
        str(getattr(asked, "minutes", 0)),
    ]
    with (house.folder / "lives.log").open("w") as log:
        said = subprocess.run(words, env=house.surroundings, cwd=ROOT, stdout=subprocess.PIPE, stderr=log, check=True)
    return Counter({int(end): number for end, number in json.loads(said.stdout).items()})


def main(network: str, address: str, runs: int, seed: int, minutes: int) -> None:
    import django

    django.setup()
    from django.db import connections

    from benchmarks.outboxes.dying import DONE, grow_up, live, take_out_what_has_not_begun

    grow_up()
    connections.close_all()
    luck, ends, until = random.Random(seed), Counter[int](), time.monotonic() + 60 * minutes if minutes else math.inf
    while not ends[DONE] and sum(ends.values()) < MOST * runs:
        if time.monotonic() > until:
            ends[NOT_BEGUN], until = take_out_what_has_not_begun(), math.inf
            connections.close_all()
        pause = luck.uniform(*PAUSE)
        if network in {*SIMULATED, *REAL}:
            spoken(f"{address}/_simulator/pass", pause)
        else:
            spoken(f"{address}/_control", {"pass": pause})
        ends[live(luck.randint(1, LONGEST), pause)] += 1
    sys.stdout.write(json.dumps(ends))


def as_asked(words: list[str]) -> tuple[str, str, int, int, int]:
    network, address, runs, seed, minutes = words
    return network, address, int(runs), int(seed), int(minutes)


if __name__ == "__main__":
    main(*as_asked(sys.argv[1:]))
