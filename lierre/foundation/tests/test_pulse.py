"""A pulse goes on while its process computes, and stops with it."""

import time
from itertools import count

import pytest
from django.db import OperationalError

from lierre.foundation.pulse import Pulse

pytestmark = pytest.mark.django_db


def until(happens, seconds=5):
    deadline = time.monotonic() + seconds
    while not happens() and time.monotonic() < deadline:
        time.sleep(0.005)
    return happens()


def test_it_beats_until_the_block_ends():
    beats = []

    with Pulse(lambda: not beats.append(1), seconds=0.01) as pulse:
        assert until(lambda: len(beats) >= 3)
    after = len(beats)
    time.sleep(0.05)

    assert len(beats) == after
    assert not pulse.thread.is_alive()


def test_it_stops_when_there_is_nothing_left_to_keep():
    beats = []

    with Pulse(lambda: bool(beats.append(1)), seconds=0.01) as pulse:
        assert until(lambda: not pulse.thread.is_alive())

    assert len(beats) == 1


def test_a_base_that_restarts_does_not_stop_it():
    beats = count()

    def beat():
        if next(beats) == 0:
            raise OperationalError("the server is starting up")
        return True

    with Pulse(beat, seconds=0.01):
        assert until(lambda: next(beats) > 3)


def test_it_ends_with_a_block_that_fails():
    with pytest.raises(ZeroDivisionError), Pulse(lambda: True, seconds=0.01) as pulse:
        raise ZeroDivisionError

    assert not pulse.thread.is_alive()
