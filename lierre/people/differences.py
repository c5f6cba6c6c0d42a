"""What changes between two readings of one person: used before an import is applied, and before a policy is."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from lierre.people.facts import FIELD
from lierre.people.fold.folding import Folded, contact_key, position_key, study_key

LISTS: tuple[tuple[str, Callable[[Any], tuple[Any, ...]], tuple[str, ...]], ...] = (
    ("studies", study_key, ("degree", "year", "unit", "honours")),
    ("positions", position_key, ("title", "employer", "city", "started", "ended")),
    ("contacts", contact_key, ("value",)),
)


@dataclass(frozen=True, slots=True)
class Change:
    """`before` is empty when nothing was known, `after` when a value goes away."""

    field: str
    before: str
    after: str


def differences(before: Folded, after: Folded) -> list[Change]:
    """Value by value, without regard to who says it."""
    found = []
    for name in FIELD:
        one, other = before.values.get(name), after.values.get(name)
        if one != other:
            found.append(Change(name, shown(one), shown(other)))
    for name, key_of, parts in LISTS:
        found += list_differences(name, getattr(before, name), getattr(after, name), key_of, parts)
    return found


def list_differences(
    name: str,
    before: Iterable[tuple[Any, int]],
    after: Iterable[tuple[Any, int]],
    key_of: Callable[[Any], tuple[Any, ...]],
    parts: tuple[str, ...],
) -> list[Change]:
    old = {key_of(item): item for item, _record in before}
    new = {key_of(item): item for item, _record in after}
    changed = [key for key in {**old, **new} if old.get(key) != new.get(key)]
    return [
        Change(name, told(old.get(key), new.get(key), parts), told(new.get(key), old.get(key), parts))
        for key in changed
    ]


def told(item: dict[str, Any] | None, other: dict[str, Any] | None, parts: tuple[str, ...]) -> str:
    """An item of a list in a few words: its usual parts, then what differs from the other."""
    if not item:
        return ""
    names = [*parts, *(name for name in item if name not in parts and item[name] != (other or item).get(name))]
    return ", ".join(shown(item[name]) for name in names if item.get(name) not in (None, "", False))


def shown(value: Any) -> str:
    """
    A value on one line.

    >>> shown(["R", "Python"]), shown(None), shown(True)
    ('R, Python', '', '✓')
    """
    match value:
        case None:
            return ""
        case bool():
            return "✓" if value else "–"
        case list():
            return ", ".join(shown(each) for each in value)
        case dict():
            return " ".join(shown(each) for each in value.values())
        case _:
            return str(value)[:200]
