"""A line that cannot be taken, with its cells when it could be split, so that it can be corrected in place."""

from dataclasses import dataclass
from typing import Final

from lierre.people.faults import Fault

SHOWN: Final = 200  # characters of a value that a fault carries


@dataclass(frozen=True, slots=True)
class BadLine(Fault):
    """A fault of one line. `cells` is empty when the line could not be split."""

    cells: tuple[str, ...] = ()


def excerpt(value: str) -> str:
    """What is shown of a value: no zero byte, which databases refuse, and not a page of it."""
    return value.replace("\0", "")[:SHOWN]
