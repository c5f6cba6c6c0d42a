"""What a file says, once read: statements about persons, and faults where it could not be understood."""

from typing import Any, NamedTuple

from lierre.people.facts import Facts
from lierre.people.faults import Fault


class Statement(NamedTuple):
    """One line of a table, or one document, understood.

    `raw` is the line as it came: the list of its cells for a table, a JSON value for a document.
    `doubts` are faults that leave the rest of the line usable: an ambiguous date is left out and said.
    """

    line: int
    raw: Any
    facts: Facts
    asserted_on: str = ""  # ISO date, when the line itself says since when; else the import's own date stands
    doubts: tuple[Fault, ...] = ()


class Unreadable(Exception):  # noqa: N818 - the domain's word
    """A whole file is refused before anything is written. Carries the fault to show."""

    def __init__(self, code: str, value: str = "", column: str = "") -> None:
        super().__init__(code, value)
        self.fault = Fault(code=code, value=value, column=column)
