"""A worker is killed at the worst moment: nothing is lost, and nothing that must be done once is done twice."""

import random
import signal

import pytest

from tests.reliability.conftest import PATIENCE, Base, kill

pytestmark = pytest.mark.crash


def test_two_workers_side_by_side_do_each_work_exactly_once(base: Base) -> None:
    base.ask("toil.steps", count=200, steps=1, seconds=0.002)

    workers = [base.worker("--once"), base.worker("--once")]

    assert [worker.wait(PATIENCE) for worker in workers] == [0, 0]
    assert base.states() == ["done"] * 200
    assert base.rows("SELECT count(*), count(DISTINCT name) FROM toil") == [(200, 200)]
    assert base.rows("SELECT count(*) FROM foundation_entry WHERE verb = 'work.done'") == [(200,)]


def test_the_work_of_a_killed_worker_goes_on_where_it_stopped(base: Base) -> None:
    base.ask("toil.steps", steps=20, seconds=0.05)
    first = base.worker()
    base.until_traces(5)

    kill(first)
    state = base.states()
    base.let_leases_end()
    base.worker("--once").wait(PATIENCE)

    assert state == ["running"]
    assert base.rows("SELECT state, attempts, steps_done FROM foundation_work") == [("done", 2, 20)]
    assert base.traces() == [("work 1", step) for step in range(20)]


def test_nobody_takes_over_while_the_lease_lasts(base: Base) -> None:
    base.ask("toil.steps", steps=20, seconds=0.05)
    first = base.worker()
    base.until_traces(2)
    kill(first)

    base.worker("--once").wait(PATIENCE)

    assert base.states() == ["running"]


def test_what_must_be_done_once_is_never_done_twice(base: Base) -> None:
    base.ask("toil.publish", seconds=20)
    first = base.worker()
    base.until_traces(1)

    kill(first)
    base.let_leases_end()
    base.worker("--once").wait(PATIENCE)

    assert base.states() == ["failed"]
    assert base.traces() == [("work 1", 0)]
    assert base.rows("SELECT count(*) FROM foundation_entry WHERE verb = 'work.failed'") == [(1,)]


def test_a_worker_that_sleeps_through_its_lease_writes_nothing_more(base: Base) -> None:
    base.ask("toil.steps", steps=6, seconds=0.25)
    sleeper = base.worker()
    base.until_traces(3)  # It now waits, and holds no lock of the base.
    sleeper.send_signal(signal.SIGSTOP)

    base.let_leases_end()
    base.worker("--once").wait(PATIENCE)
    sleeper.send_signal(signal.SIGCONT)
    sleeper.terminate()

    assert sleeper.wait(PATIENCE) == 0
    assert base.rows("SELECT state, attempts FROM foundation_work") == [("done", 2)]
    assert base.traces() == [("work 1", step) for step in range(6)]


def test_a_worker_told_to_stop_puts_its_work_back_at_once(base: Base) -> None:
    base.ask("toil.steps", steps=20, seconds=0.05)
    first = base.worker()
    base.until_traces(3)

    first.terminate()
    code = first.wait(PATIENCE)
    state = base.rows("SELECT state, holder, attempts FROM foundation_work")
    base.worker("--once").wait(PATIENCE)

    assert code == 0
    assert state == [("waiting", "", 0)]
    assert base.states() == ["done"]
    assert base.traces() == [("work 1", step) for step in range(20)]
    assert base.rows("SELECT count(*) FROM foundation_worker WHERE stopped_at IS NULL") == [(0,)]


def test_thirty_works_survive_workers_killed_at_random(base: Base) -> None:
    chance = random.Random(2014)
    base.ask("toil.steps", count=30, steps=4, seconds=0.01)

    for killed in range(1, 4):
        worker = base.worker()
        base.until_traces(killed * 20 + chance.randrange(10))
        kill(worker)
        base.let_leases_end()
    base.worker("--once").wait(PATIENCE)

    assert base.states() == ["done"] * 30
    assert base.rows("SELECT count(*) FROM toil") == [(120,)]
    assert base.rows("SELECT count(*) FROM (SELECT DISTINCT name, step FROM toil) AS traces") == [(120,)]


def test_duties_are_shared_by_two_workers_and_each_is_done_once(base: Base) -> None:
    base.do("UPDATE foundation_duty SET due_at = '2020-01-01 00:00:00' WHERE name LIKE '%look_around'")

    workers = [base.worker("--once"), base.worker("--once")]

    assert [worker.wait(PATIENCE) for worker in workers] == [0, 0]
    assert base.traces() == [("look_around", 0)]
    assert base.rows("SELECT said, failures FROM foundation_duty WHERE name LIKE '%look_around'") == [
        ("All is quiet.", 0)
    ]


def test_a_duty_that_must_be_done_once_waits_for_its_next_time(base: Base) -> None:
    base.do("UPDATE foundation_duty SET due_at = '2020-01-01 00:00:00' WHERE name LIKE '%ring_the_bell'")
    first = base.worker()
    base.until_traces(1)

    kill(first)
    base.let_leases_end()
    base.worker("--once").wait(PATIENCE)

    assert base.traces() == [("ring_the_bell", 0)]
