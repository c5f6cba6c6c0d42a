"""Workers are killed at random instants, the network misbehaves; then what is online is compared with what the rows say."""

import random
import signal
import time
from argparse import Namespace
from collections import Counter
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any, Protocol

from benchmarks.outboxes.house import House

KILLED_WITHIN = (0.2, 6.0)  # seconds after a worker is up
KINDS = (
    "drop-before", "429", "429-retry-after", "401-once", "commit-drop", "commit-500", "commit-502", "commit-slow", "500-before",
)  # fmt: skip


def crash(house: House, asked: Namespace) -> Iterator[tuple[str, str]]:
    luck = random.Random(asked.seed)
    names = house.names
    house.connect(*names)
    # Where nobody says until when, LinkedIn and Facebook are left alone for a quarter of an hour: too long for who looks on.
    house.control(share=0.25, seed=asked.seed, slow=25.0, lag=20.0, kinds=list(KINDS), without=["429"])
    written = house.publish(lines(asked.posts, names, luck))
    meant = {row["id"]: row for row in written}
    began, kills = time.monotonic(), 0
    while house.count("waiting") > len(meant) // 20 and time.monotonic() - began < 60 + 10 * asked.posts:
        starts = house.starts()
        worker = house.worker()
        house.until(lambda starts=starts: house.starts() > starts)
        time.sleep(luck.uniform(*KILLED_WITHIN))
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        kills += 1
    house.control(share=0.0)
    starts, last = house.starts(), house.worker()
    house.until(lambda: house.starts() > starts)
    restarted = time.monotonic()
    house.until(lambda: settled(house, "claimed", "in_flight"), 240)
    truthful = time.monotonic() - restarted
    house.until(lambda: settled(house, "waiting", "claimed", "in_flight"), 400)
    gone = time.monotonic() - restarted
    last.send_signal(signal.SIGTERM)
    last.wait(60)
    yield "rows, kills -9, calls that wrote", f"{len(meant)}, {kills}, {house.state()['writes']}"
    yield "faults drawn", str(sum(house.state()["faults"].values()))
    yield "seconds after the last start until nothing was in doubt", f"{truthful:.0f}"
    yield "and until everything that was meant had left", f"{gone:.0f}"
    yield from judged(house, house.outbox(), meant)


def lines(runs: int, names: list[str], luck: random.Random) -> list[dict[str, Any]]:
    """One in ten is a thread of three."""
    found: list[dict[str, Any]] = []
    for number in range(runs):
        text = f"Annonce {number} : « portes ouvertes » le {number % 28 + 1} mai, 100 % gratuit 🌿"
        said = {"parts": [f"{part + 1}/3 {text}" for part in range(3)]} if luck.random() < 0.1 else {"text": text}
        found.append({"account": names[number % len(names)], **said})
    return found


def settled(house: House, *states: str) -> bool:
    return not any(house.count(state) for state in states)


class Seen(Protocol):
    def state(self) -> dict[str, Any]:
        """`online`: what anybody could read there."""
        ...


def judged(house: Seen, rows: list[dict[str, Any]], meant: Mapping[int, Any]) -> Iterator[tuple[str, str]]:
    """`online`: by the fingerprint of its text, each text being written once."""
    online = house.state()["online"]
    times = Counter(sha256(each["text"].encode()).hexdigest() for each in online)
    by_id = {each["id"]: each for each in online}
    known = {row["text_hash"] for row in rows}
    confirmed = [row for row in rows if row["state"] == "confirmed"]
    false = [row for row in confirmed if row["network_id"] not in by_id
             or sha256(by_id[row["network_id"]]["text"].encode()).hexdigest() != row["text_hash"]]  # fmt: skip
    silent = [row for row in rows if row["state"] in {"cancelled", "draft"}]
    yield "states of the rows", ", ".join(f"{n} {s}" for s, n in Counter(row["state"] for row in rows).most_common())
    yield "duplicates", str(sum(1 for number in times.values() if number > 1))
    yield "silent losses", str(len(silent) + len(meant) - len(rows))
    yield "false confirmed", str(len(false))
    yield "false refused", str(sum(row["state"] == "refused" for row in rows))
    yield "texts altered", str(sum(1 for each in times if each not in known))
    yield (
        "to check: online / not",
        " / ".join(
            str(sum(row["state"] == "to_check" and (times[row["text_hash"]] > 0) is is_there for row in rows))
            for is_there in (True, False)
        ),
    )
