"""Long lists, page by page: each page begins after the last line seen, so that it costs the same wherever it is."""

from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from django.db.models import Model, QuerySet

SIZE: Final = 50
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """`older` is the cursor of the next page: None on the last one."""

    rows: list[Row]
    older: int | None
    is_first: bool


def newest_first(rows: "QuerySet[Row]", before: Any = None, size: int = SIZE) -> Page[Row]:
    """The rows with an id below `before` (what an address says: anything else than a number counts for the start)."""
    cursor = int(before) if isinstance(before, str) and before.isdecimal() and len(before) < 19 else None
    found = list((rows if cursor is None else rows.filter(pk__lt=cursor)).order_by("-pk")[: size + 1])
    return Page(found[:size], found[size - 1].pk if len(found) > size else None, cursor is None)
