"""What the bearer of a name is called: our table of short forms, Breton and foreign ones, and spellings."""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from lierre.people.matching.names.letters import folded

TABLE: Final = Path(__file__).with_name("forms.csv")
LEAST: Final = 3  # letters of a beginning that can stand for the whole: Vin for Vincent


def _rows() -> Iterator[tuple[str, str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield folded(row["full"]), folded(row["short"]), row["kind"]


@cache
def short_forms() -> Mapping[str, frozenset[str]]:
    """
    Each name, folded, and all that may stand for it or that it may stand for. It works both ways and is one step deep.

    >>> "fred" in short_forms()["frederic"], sorted(short_forms()["fred"]), "yann" in short_forms()["jean"]
    (True, ['alfred', 'frederic', 'frederique'], True)
    """
    found: dict[str, set[str]] = defaultdict(set)
    for full, short, _kind in _rows():
        if full != short:
            found[full].add(short)
            found[short].add(full)
    return MappingProxyType({name: frozenset(others) for name, others in found.items()})


@cache
def spellings() -> Mapping[str, str]:
    """
    Each spelling and the one that stands for its family.

    >>> spellings()["mouhamed"], spellings()["muhammad"]
    ('mohamed', 'mohamed')
    """
    found: dict[str, str] = {}
    for full, short, kind in _rows():
        if kind == "spelling":
            found.setdefault(short, found.get(full, full))
    return MappingProxyType(found)


def may_shorten(short: str, full: str) -> bool:
    """
    Whether one folded given name can be a short form of the other: of our table, initials, a beginning, or its echo.

    >>> may_shorten("fred", "frederic"), may_shorten("jb", "jean-baptiste"), may_shorten("j-b", "jean-baptiste")
    (True, True, True)
    >>> may_shorten("vin", "vincent"), may_shorten("loulou", "louane"), may_shorten("p", "paul"), may_shorten("li", "lea")
    (True, True, True, False)
    """
    if short in short_forms().get(full, ()):
        return True
    if len(short) > len(full):
        return False
    initials = "".join(word[0] for word in full.split("-") if word)
    if short.replace("-", "") == initials:
        return True
    half = short[: len(short) // 2]
    if len(half) >= 2 and short == half * 2:
        return full.startswith(half)
    return len(short) >= LEAST and full.startswith(short)
