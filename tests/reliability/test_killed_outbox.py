"""The worker that sends is killed, again and again, before a network that misbehaves: each text is online once."""

import os
import random
import shutil
import signal
import time
from argparse import Namespace
from pathlib import Path

import pytest

from benchmarks.outboxes.crashing import lines, settled
from benchmarks.outboxes.house import House
from benchmarks.outboxes.lives import lives
from lierre.publishing.models.delivery import hash_of
from tests import pattern

pytestmark = pytest.mark.crash


@pytest.fixture(autouse=True)
def migrated_already(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if pattern.server():
        monkeypatch.setattr(House, "template", pattern.on_server())
    else:
        shutil.copy(pattern.embedded(), tmp_path)


ONE_ENGINE = pytest.mark.one_engine("the rows are those of Mastodon: what differs is what the network answers")
FAULTS = ["commit-drop", "commit-500", "commit-502", "drop-before", "500-before", "429-retry-after"]


@pytest.mark.parametrize("network", ["mastodon", pytest.param("bluesky", marks=ONE_ENGINE)])
def test_whatever_is_killed_each_text_is_online_once(tmp_path: Path, network: str) -> None:
    luck, house = random.Random(7), House(tmp_path, network, os.environ.get("DATABASE_URL", ""))
    try:
        names = ["univ0.test", "univ1.test"] if network == "bluesky" else ["univ0", "univ1"]
        house.connect(*names)
        house.control(share=0.3, seed=7, kinds=FAULTS)
        meant = house.publish(lines(20, names, luck))
        for _kill in range(3):
            starts, worker = house.starts(), house.worker()
            assert house.until(lambda starts=starts: house.starts() > starts)
            time.sleep(luck.uniform(0.1, 1.5))
            worker.send_signal(signal.SIGKILL)
            worker.wait()
        house.control(share=0.0)
        house.worker()

        assert house.until(lambda: settled(house, "waiting", "claimed", "in_flight"), 300)

        online = sorted(hash_of(each["text"]) for each in house.state()["online"])
        assert house.count("confirmed") == len(meant)
        assert online == sorted(row["text_hash"] for row in meant)
    finally:
        house.close()


NONE = ("duplicates", "silent losses", "false confirmed", "false refused", "texts altered")


@pytest.mark.parametrize(
    ("network", "runs", "shown"),
    [
        ("mastodon", 20, 0),
        pytest.param("bluesky", 20, 0, marks=ONE_ENGINE),
        pytest.param("linkedin", 8, 3, marks=ONE_ENGINE),
        pytest.param("facebook", 8, 0, marks=ONE_ENGINE),
    ],
)
def test_at_whatever_step_it_dies_the_rows_say_what_is_online(
    tmp_path: Path, network: str, runs: int, shown: int
) -> None:
    """Some of the ten thousand of `python -m benchmarks.outbox lives`: a process for each life, killed -9 at a random step."""
    house = House(tmp_path, network, os.environ.get("DATABASE_URL", ""))
    house.accounts = 2
    try:
        found = dict(lives(house, Namespace(runs=runs, seed=7, shown=shown)))
    finally:
        house.close()

    assert {name: found[name] for name in NONE} == dict.fromkeys(NONE, "0")
    assert "waiting" not in found["states of the rows"] or "to_check" in found["states of the rows"]
    if network in {"mastodon", "bluesky"}:
        assert found["to check: online / not"] == "0 / 0"
        assert "processes that failed of themselves" not in found
