"""The worker that sends is told to stop in the middle of a post, or its clock is set otherwise: what its rows say is true."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from benchmarks.outboxes.house import House, stop
from lierre.publishing.models.delivery import hash_of
from tests import pattern
from tests.reliability.clock import clock

pytestmark = [
    pytest.mark.crash,
    pytest.mark.one_engine(
        "the base keeps what it is told; what differs is when a process is told to stop, or what time it is"
    ),
]
HOUR = 3_600


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """Before a network that keeps no key: its list alone tells what is online."""
    shutil.copy(pattern.embedded(), tmp_path)
    made = House(tmp_path, "keyless")
    made.accounts = 1
    try:
        made.connect(*made.names)
        yield made
    finally:
        made.close()


def online(house: House) -> list[str]:
    return sorted(each["text"] for each in house.state()["online"])


def states(house: House) -> dict[str, str]:
    return {row["text_hash"]: row["state"] for row in house.outbox()}


def test_a_worker_that_is_told_to_stop_in_the_middle_of_a_post_ends_with_it(house: House) -> None:
    house.control(next=["commit-slow"], slow=3.0)
    house.publish([{"account": "univ0", "text": text} for text in ("Le premier", "Le deuxième")])
    worker = house.worker()
    assert house.until(lambda: house.state()["writes"] == 1)

    status = stop(worker)

    assert (status, online(house)) == (0, ["Le premier"])
    assert states(house) == {hash_of("Le premier"): "confirmed", hash_of("Le deuxième"): "waiting"}


def test_a_clock_that_jumps_under_a_living_worker_loses_nothing_and_sends_nothing_twice(house: House) -> None:
    """It is put five hours forward, then set right: what falls due meanwhile is asked about, or leaves; never twice."""
    wall = clock(house.folder)
    house.surroundings |= wall.around
    later = {"Dans une heure": 1, "Dans quatre heures": 4, "Dans dix heures": 10}
    now = datetime.now(UTC)
    house.publish([{"account": "univ0", "text": text, "at": (now + timedelta(hours=hours)).isoformat()}
                   for text, hours in later.items()])  # fmt: skip
    starts, worker = house.starts(), house.worker()
    assert house.until(lambda: house.starts() > starts)
    house.publish([{"account": "univ0", "text": "Tout de suite"}])
    assert house.until(lambda: house.count("confirmed") == 1)

    wall.is_wrong_by(5 * HOUR)
    assert house.until(lambda: (house.count("confirmed"), house.count("missed")) == (2, 1))
    # Nobody answers: it is found in a list that bears other dates.
    house.control(next=["commit-drop"])
    house.publish([{"account": "univ0", "text": "En avance"}])
    assert house.until(lambda: house.count("confirmed") == 3)
    house.control(next=["commit-drop"], lag=float(HOUR))
    house.publish([{"account": "univ0", "text": "En doute"}])
    assert house.until(lambda: house.count("in_flight") == 1)

    wall.is_wrong_by(0)
    house.control(lag=0.0)
    house.publish([{"account": "univ0", "text": "À l’heure"}])
    assert house.until(lambda: house.count("confirmed") == 5)

    assert stop(worker) == 0
    assert online(house) == sorted(["Tout de suite", "Dans quatre heures", "En avance", "En doute", "À l’heure"])
    found = states(house)
    assert (found[hash_of("Dans une heure")], found[hash_of("Dans dix heures")]) == ("missed", "waiting")
