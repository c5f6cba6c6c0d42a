"""The values of a facet: from an address to codes, from codes to what a page shows."""

import re
from dataclasses import dataclass
from typing import Any, Final
from zlib import crc32

import numpy as np
import numpy.typing as npt

from lierre.people.directory.facets import BANDS, Facet
from lierre.people.directory.lexicon import LEVEL_CODE, LEVEL_NAMES
from lierre.people.directory.sight import Sight
from lierre.people.facts import LEVELS
from lierre.people.fold.rows import term_id

YEARS: Final = re.compile(r"(\d{4})(?:\s*[-–]\s*(\d{4}))?")
NOBODY: Final = np.array([-1], np.int64)  # a code that nobody has
BAND_NAMES: Final = ("", *BANDS)


@dataclass(frozen=True, slots=True)
class Value:
    """`value` is how addresses spell it. `count` is for this viewer, whatever is chosen in the same facet."""

    value: str
    label: str
    count: int
    chosen: bool = False

    @property
    def key(self) -> str:
        """For the identifier of a box, so that the focus stays on it when the page changes around it."""
        return f"{crc32(self.value.encode()):x}"


def codes_of(sight: Sight, facet: Facet, value: str) -> npt.NDArray[Any]:
    """The codes that a value stands for: `NOBODY` for one that means nothing."""
    if facet.kind == "year":
        return years_of(value)
    if facet.kind == "level":
        return code_or_nobody(LEVEL_CODE.get(value))
    if facet.kind == "freshness":
        return code_or_nobody(BAND_NAMES.index(value) if value in BANDS else None)
    return code_or_nobody(sight.columns.lexicons[facet.name].code_of.get(term_id(facet.name, value)))


def code_or_nobody(code: int | None) -> npt.NDArray[Any]:
    return np.array([code], np.int64) if code else NOBODY


def years_of(value: str) -> npt.NDArray[Any]:
    """
    One class, or several in a row.

    >>> years_of("2014"), years_of("2010-2012"), years_of("then")
    (array([2014]), array([2010, 2011, 2012]), array([-1]))
    """
    found = YEARS.fullmatch(value)
    if found is None:
        return NOBODY
    first, last = int(found[1]), int(found[2] or found[1])
    return np.arange(first, last + 1) if 0 < first <= last else NOBODY


def label_of(sight: Sight, facet: Facet, value: str) -> str:
    """What a chosen value is called. One that leads the viewer to nobody is repeated as it was typed."""
    codes = codes_of(sight, facet, value)
    if facet.kind == "year":
        return value.replace("-", " – ")
    counts = sight.plain_counts[facet.name]
    code = int(codes[0])
    if code <= 0 or code >= len(counts) or not counts[code]:
        return value
    return code_label(sight, facet, code)


def leads_somewhere(sight: Sight, facet: Facet, value: str) -> bool:
    """Whether at least one person whom the viewer may see has this value."""
    counts, codes = sight.plain_counts[facet.name], codes_of(sight, facet, value)
    inside = codes[(codes > 0) & (codes < len(counts))]
    return bool(counts[inside].any())


def code_label(sight: Sight, facet: Facet, code: int) -> str:
    if facet.kind == "year":
        return str(code)
    if facet.kind == "level":
        return str(LEVELS[LEVEL_NAMES[code]])
    if facet.kind == "freshness":
        return str(BANDS[BAND_NAMES[code]][1])
    return sight.columns.lexicons[facet.name].label(code)


def code_value(sight: Sight, facet: Facet, code: int) -> str:
    if facet.kind == "year":
        return str(code)
    if facet.kind == "level":
        return LEVEL_NAMES[code]
    if facet.kind == "freshness":
        return BAND_NAMES[code]
    return sight.columns.lexicons[facet.name].value(code)


def natural_order(sight: Sight, facet: Facet, codes: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """What decides between values that are as frequent: the alphabet for terms, the latest class first."""
    if facet.kind == "term":
        order: npt.NDArray[Any] = sight.columns.lexicons[facet.name].plain.alphabet[codes]
        return order
    return -codes if facet.kind == "year" else codes


def most_frequent(
    sight: Sight, facet: Facet, counts: npt.NDArray[Any], size: int, among: npt.NDArray[Any] | None = None
) -> list[int]:
    """The codes of the values that most persons have, `among` these alone when they are given. Code 0 is no value."""
    codes = np.flatnonzero(counts) if among is None else among[counts[among] > 0]
    codes = codes[codes > 0]
    if len(codes) > size:
        least = np.partition(counts[codes], len(codes) - size)[len(codes) - size]
        codes = codes[counts[codes] >= least]
    order = np.lexsort((natural_order(sight, facet, codes), -counts[codes]))
    return [int(code) for code in codes[order][:size]]
