"""A worker that is told to stop does, at whatever instant it is told."""

import signal

import pytest
from django.core.management import call_command

from lierre.foundation.worker import Shift


@pytest.mark.one_engine("signals, and no base")
def test_a_worker_told_to_stop_while_it_looks_whether_it_must_stops_too(monkeypatch):
    def too_long(_number: int, _frame: object) -> None:
        raise AssertionError("it waits for itself")

    def working(shift: Shift, *_words: object) -> None:
        with shift.must_stop._cond:  # as `wait` does, for an instant
            signal.raise_signal(signal.SIGTERM)
        assert shift.must_stop.wait(10)

    monkeypatch.setattr(Shift, "until_told", working)
    before = signal.signal(signal.SIGALRM, too_long)
    signal.alarm(20)

    try:
        call_command("work")
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
