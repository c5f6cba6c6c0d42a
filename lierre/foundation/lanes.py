"""What a worker does all the time, beside duties and long works: a domain that must be punctual adds a lane of its own."""

from collections.abc import Callable
from threading import Event
from typing import Protocol

from django.utils.module_loading import autodiscover_modules


class Lane(Protocol):
    """One per worker, in a thread of its own."""

    def until(self, must_stop: Event) -> None:
        """Work until told to stop; what was begun is finished first."""

    def once(self) -> int:
        """Do what is due at this instant, in this thread, and answer how much that was."""


_lanes: dict[str, Callable[[], Lane]] = {}


def add_lane(name: str, make: Callable[[], Lane]) -> None:
    """Have every worker hold this lane. Called by the `duties.py` of a domain."""
    _lanes[name] = make


def lanes() -> dict[str, Lane]:
    """New ones, by name."""
    autodiscover_modules("duties")
    return {name: make() for name, make in _lanes.items()}
