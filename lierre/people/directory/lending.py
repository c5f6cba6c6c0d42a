"""
What somebody may see who acts for another controller than the one who gathered the data: what an agreement lets flow.

Who that is, and what was agreed, is the affair of a domain above, which says so when the application starts: `answer_with`.
It is asked each time somebody looks, so that what is no longer agreed is hidden at once.
"""

from collections.abc import Callable
from typing import Any, Final

Lent = frozenset[str]  # families of values, and finer ones
_held: Final[list[Callable[[Any], Lent | None]]] = []


def answer_with(lent: Callable[[Any], Lent | None]) -> None:
    """Call it when the application starts."""
    _held[:] = [lent]


def to(user: Any) -> Lent | None:
    """None for those who act for whoever gathered the data, which is nearly everybody."""
    return _held[0](user) if _held else None
