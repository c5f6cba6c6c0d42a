"""Every file the institution would have: what it is called, who is in it, how it is written.

The long ones name most graduates and are written a slice at a time, by several processes. The short ones name
a few thousand persons at most, whatever the size of the institution: these are gathered, then written at once.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Final, cast

from demo.exports import (
    alumnforce_full,
    alumnforce_nightly,
    apogee,
    apogee_2014,
    association,
    civicrm,
    directory_1998,
    europass,
    hivebrite,
    linkedin,
    resume,
    scodoc,
    survey,
)
from demo.graduate import Graduate


@dataclass(frozen=True, slots=True)
class Long:
    """A file of text that grows with the institution."""

    name: str
    file: str
    encoding: str
    header: str
    lines_of: Callable[[Graduate], list[str]]


@dataclass(frozen=True, slots=True)
class Short:
    """One or several files about persons who are gathered first."""

    name: str
    files: Sequence[str]
    takes: Callable[[Graduate], bool]
    write: Callable[[Sequence[Graduate], Path], None]


def _short(name: str, module: ModuleType) -> Short:
    return Short(
        name,
        cast(Sequence[str], module.FILES),
        cast(Callable[[Graduate], bool], module.takes),
        cast(Callable[[Sequence[Graduate], Path], None], module.write),
    )


LONG: Final = (
    Long("apogee", "apogee-2026.csv", apogee.ENCODING, apogee.HEADER, apogee.lines_of),
    Long(
        "alumnforce",
        "export-users-20261102-031500.csv",
        alumnforce_full.ENCODING,
        alumnforce_full.HEADER,
        alumnforce_full.lines_of,
    ),
)
SHORT: Final = (
    _short("apogee-2014", apogee_2014),
    _short("nightly", alumnforce_nightly),
    _short("scodoc", scodoc),
    _short("civicrm", civicrm),
    _short("hivebrite", hivebrite),
    _short("directory-1998", directory_1998),
    _short("association", association),
    _short("survey", survey),
    _short("linkedin", linkedin),
    _short("resume", resume),
    _short("europass", europass),
)
GATHERED: Final = 30_000  # the short files look at so many persons, and no further
NAMES: Final = tuple(export.name for export in (*LONG, *SHORT))
FILES: Final = {export.name: (export.file,) for export in LONG} | {export.name: tuple(export.files) for export in SHORT}
