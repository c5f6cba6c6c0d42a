"""What a JSON document looks like from its beginning, without loading it: it may be as long as a whole base."""

from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import Any, Final

import ijson

from lierre.people.importing.reading import document_bytes
from lierre.people.importing.table import Document

EVENTS: Final = 20_000


@dataclass(frozen=True)
class Shape:
    """`items` is where the list of objects stands, as ijson writes it; `keys` are those of its first object."""

    top: frozenset[str] = field(default=frozenset())
    items: str = ""
    keys: frozenset[str] = field(default=frozenset())


@lru_cache(maxsize=32)
def shape_of(document: Document) -> Shape:
    """Keys of the top, and of the first object of the first list that holds objects."""
    top, keys, items = set(), set(), ""
    with document_bytes(document) as stream:
        events: Any = islice(ijson.parse(stream, use_float=True), EVENTS)
        for prefix, event, value in events:
            if event == "start_map" and not items and (prefix == "item" or prefix.endswith(".item")):
                items = prefix
            if event == "map_key" and not prefix:
                top.add(value)
            elif event == "map_key" and prefix == items:
                keys.add(value)
    return Shape(frozenset(top), items, frozenset(keys))
