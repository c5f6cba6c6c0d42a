"""Several domains write to people, and one box receives what comes back: each is given every message, and knows its own."""

from typing import Any, Protocol


class Listener(Protocol):
    """Both answer how many things they understood. What is not theirs is left alone."""

    def read(self, raw: bytes) -> int:
        """A message of the box of returns. Given again after a crash, it changes nothing more."""

    def hear(self, payload: Any) -> int:
        """What a sending service told by HTTP."""


_listeners: dict[str, Listener] = {}


def listen(name: str, listener: Listener) -> None:
    """Have it told too. Call it when the application starts; the same name replaces."""
    _listeners[name] = listener


def read_by_others(raw: bytes) -> int:
    return sum(listener.read(raw) for listener in _listeners.values())


def heard_by_others(payload: Any) -> int:
    return sum(listener.hear(payload) for listener in _listeners.values())
