"""Dataclasses of this package to JSON and back, so that whoever calls a network can keep what it answered."""

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

Made = TypeVar("Made")


def as_plain(value: Any) -> Any:
    """
    >>> from lierre.connectors.network.answers import Receipt
    >>> as_plain(Receipt("7", "https://a.example/7"))["id"]
    '7'
    """
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: as_plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): as_plain(each) for key, each in value.items()}
    if isinstance(value, frozenset | set):
        return sorted((as_plain(each) for each in value), key=str)
    if isinstance(value, list | tuple):
        return [as_plain(each) for each in value]
    return value


def from_plain(kind: type[Made], plain: Mapping[str, Any]) -> Made:
    """
    Back from JSON. What is not known here any more is left aside; what is missing takes its default.

    >>> from lierre.connectors.network.answers import Receipt
    >>> from_plain(Receipt, as_plain(Receipt("7", adopted=True)) | {"later": 1})
    Receipt(id='7', permalink='', published_at=None, also={}, adopted=True)
    """
    hints = hints_of(kind)  # type: ignore[arg-type]
    return kind(**{name: back(hints[name], value) for name, value in plain.items() if name in hints})


@cache
def hints_of(kind: type[Any]) -> dict[str, Any]:
    """Of each of its fields; slow to find, so once."""
    hints = get_type_hints(kind)
    return {each.name: hints[each.name] for each in fields(kind)}


def back(hint: Any, value: Any) -> Any:
    origin, inside = get_origin(hint), get_args(hint)
    if value is None:
        return None
    if origin in {Union, types.UnionType}:
        return back(next(each for each in inside if each is not type(None)), value)
    if origin is tuple:
        each = inside[0] if len(inside) == 2 and inside[1] is Ellipsis else None
        return tuple(back(each or inside[place], item) for place, item in enumerate(value))
    if origin in {frozenset, list}:
        return origin(back(inside[0], item) for item in value)
    if is_dataclass(hint) and isinstance(hint, type):
        return from_plain(hint, value)
    if hint is datetime:
        return datetime.fromisoformat(value)
    if isinstance(hint, type) and issubclass(hint, Enum | Path):
        return hint(value)
    return value
