"""A figure that the masthead shows on every page: counted once in half a minute, by each process, for each base."""

from collections.abc import Callable
from time import monotonic
from typing import Any, Final

from django.db import connection

SECONDS: Final = 30.0


class Remembered:
    """Called, it counts, or says what it counted lately. `forget` it when the page that follows must be right."""

    def __init__(self, count: Callable[[], int]) -> None:
        self.count = count
        self.known: dict[Any, tuple[float, int]] = {}

    def __call__(self) -> int:
        until, number = self.known.get(connection.settings_dict["NAME"], (0.0, 0))
        return number if monotonic() < until else self.tell(self.count())

    def tell(self, number: int) -> int:
        self.known[connection.settings_dict["NAME"]] = (monotonic() + SECONDS, number)
        return number

    def forget(self) -> None:
        self.known.pop(connection.settings_dict["NAME"], None)
