"""“apogee-2014.csv”: the extract of one class, given by the school in October 2014. Its lines stand in the big one too.

Line 412 is Amélie's Master, the line before it her licence: the screens quote it.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from demo.characters import AMELIE
from demo.exports.apogee import ENCODING, HEADER, lines_of
from demo.graduate import Graduate

FILES: Final = ("apogee-2014.csv",)
CLASS: Final = 2014
AMELIE_AT: Final = 412


def takes(person: Graduate) -> bool:
    """Whether they left that year."""
    return person.last.year == CLASS


def write(persons: Sequence[Graduate], folder: Path) -> None:
    """Write the lines of the class, Amélie's at their place when enough people come before her."""
    lines = [line for person in persons if person is not AMELIE for line in lines_of(person)]
    if AMELIE in persons:
        hers = lines_of(AMELIE)
        before = AMELIE_AT - 1 - len(hers)
        lines[before:before] = hers
    text = "".join(f"{line}\r\n" for line in (HEADER, *lines))
    (folder / FILES[0]).write_bytes(text.encode(ENCODING))
