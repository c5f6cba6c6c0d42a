"""Thousands of short lives: each process that sends is killed at a random step, and networks misbehave meanwhile.

Then what is online is compared with what the rows say. Time is let pass between two lives, without waiting for it.
"""

import json
import random
import subprocess
import sys
import time
from argparse import Namespace
from collections import Counter
from collections.abc import Iterator
from typing import Final

from benchmarks.outboxes.crashing import KINDS, judged, lines
from benchmarks.outboxes.house import ROOT, SIMULATED, House, spoken

LONGEST: Final = 160  # steps of a life: some posts
PAUSE: Final = (21.0, 75.0)  # seconds between two lives: longer than the lease of a process that died
MOST: Final = 40  # lives for each post, and then somebody must look at what does not end
SLOW: Final = 0.6


def lives(house: House, asked: Namespace) -> Iterator[tuple[str, str]]:
    luck = random.Random(asked.seed)
    house.connect(*house.names)
    meant = {row["id"]: row for row in house.publish(lines(asked.runs, house.names, luck))}
    house.control(share=0.25, seed=asked.seed, slow=SLOW, lag=20.0, kinds=list(KINDS))
    began = time.monotonic()
    ended = told(house, asked)
    state = house.state()
    yield "posts, rows", f"{asked.runs}, {len(meant)}"
    yield "processes, of which killed -9", f"{sum(ended.values())}, {ended[-9]}"
    yield "faults that struck", str(sum(state["faults"].values()))
    yield "seconds", f"{time.monotonic() - began:.0f}"
    if ended[1]:
        yield "processes that failed of themselves", str(ended[1])
    yield from judged(house, house.outbox(), meant)


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
    ]
    with (house.folder / "lives.log").open("w") as log:
        said = subprocess.run(words, env=house.surroundings, cwd=ROOT, stdout=subprocess.PIPE, stderr=log, check=True)
    return Counter({int(end): number for end, number in json.loads(said.stdout).items()})


def main(network: str, address: str, runs: int, seed: int) -> None:
    import django

    django.setup()
    from django.db import connections

    from benchmarks.outboxes.dying import DONE, grow_up, live

    grow_up()
    connections.close_all()
    luck, ends = random.Random(seed), Counter[int]()
    while not ends[DONE] and sum(ends.values()) < MOST * runs:
        pause = luck.uniform(*PAUSE)
        if network in SIMULATED:
            spoken(f"{address}/_simulator/pass", pause)
            spoken(f"{address}/_simulator/faults", struck(luck))
        else:
            spoken(f"{address}/_control", {"pass": pause})
        ends[live(luck.randint(1, LONGEST), pause)] += 1
    sys.stdout.write(json.dumps(ends))


def struck(luck: random.Random) -> list[str]:
    from simulators.faults import Fault

    return [str(luck.choice(list(Fault)))] if luck.random() < 0.3 else []


def as_asked(words: list[str]) -> tuple[str, str, int, int]:
    network, address, runs, seed = words
    return network, address, int(runs), int(seed)


if __name__ == "__main__":
    main(*as_asked(sys.argv[1:]))
