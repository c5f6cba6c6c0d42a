"""Processes that write at the same time: each gets its turn, and its own ids."""

import re
import sqlite3
import time

import pytest

from tests.reliability.conftest import PATIENCE, Base

pytestmark = pytest.mark.crash

RESERVE = """
from lierre.foundation.bulk import reserve_ids
from lierre.foundation.models import Worker
for turn in range(40):
    print("block", reserve_ids("foundation_worker", 50), flush=True)
    print("row", Worker.objects.arrive(f"{%d} {turn}").pk, flush=True)
"""

WRITE_MUCH = """
import time
from lierre.foundation.bulk import insert_rows, write_in_turn
print("began", flush=True)
end = time.monotonic() + 3
while time.monotonic() < end:
    with write_in_turn():
        insert_rows("toil", ("name", "step"), [("bulk", 0)] * 20)
        time.sleep(0.03)
"""


def test_two_processes_are_never_given_the_same_ids(base: Base) -> None:
    processes = [base.shell(RESERVE % number) for number in range(2)]
    said = "".join(process.communicate(timeout=PATIENCE)[0].decode() for process in processes)

    blocks = [range(int(first), int(first) + 50) for first in re.findall(r"block (\d+)", said)]
    given = [id_ for block in blocks for id_ in block] + [int(id_) for id_ in re.findall(r"row (\d+)", said)]
    assert len(blocks) == 80
    assert len(given) == len(set(given)) == 80 * 51


def test_small_writes_are_not_starved_by_a_bulk_writer(base: Base) -> None:
    """Each bulk transaction lasts 30 ms: a small write must come in between, not after all of them."""
    bulk = base.shell(WRITE_MUCH)
    small = base.shell(
        "import time\n"
        "from lierre.foundation.models import Worker\n"
        "Worker.objects.count(); time.sleep(1)\n"
        "for turn in range(20):\n"
        "    began = time.monotonic(); Worker.objects.arrive(f'small {turn}')\n"
        "    print('waited', round(1000 * (time.monotonic() - began)), flush=True); time.sleep(0.02)\n"
    )

    waits = [int(wait) for wait in re.findall(r"waited (\d+)", small.communicate(timeout=PATIENCE)[0].decode())]
    bulk.communicate(timeout=PATIENCE)

    assert len(waits) == 20
    assert sorted(waits)[10] < 300


def test_the_server_and_the_worker_may_make_the_base_together(base: Base) -> None:
    if base.server:
        pytest.skip("a PostgreSQL base is migrated by one command only")
    (base.folder / "lierre.sqlite3").unlink()

    processes = [base.worker("--once"), base.worker("--once"), base.worker("--once")]

    assert [process.wait(PATIENCE) for process in processes] == [0, 0, 0]
    assert base.rows("SELECT count(*) FROM foundation_worker") == [(3,)]


def test_a_base_that_somebody_else_locks_is_waited_for(base: Base) -> None:
    if base.server:
        pytest.skip("PostgreSQL has no single writer")
    other = sqlite3.connect(base.folder / "lierre.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    small = base.shell("from lierre.foundation.models import Worker; Worker.objects.arrive('patient')")

    time.sleep(2)
    waiting = small.poll() is None
    other.execute("COMMIT")
    other.close()

    assert waiting
    assert small.wait(PATIENCE) == 0
    assert base.rows("SELECT count(*) FROM foundation_worker") == [(1,)]
