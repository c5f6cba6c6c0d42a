"""How each kind of value is spelled in JSON, whichever base it comes from, and how it is read back."""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any, Final
from uuid import UUID

import orjson
from django.db import models

Spell = Callable[[Any], Any]
# What JSON spells as the base does.
PLAIN: Final = frozenset(
    {
        "CharField", "TextField", "SlugField", "EmailField", "URLField", "FloatField", "IntegerField",
        "BigIntegerField", "SmallIntegerField", "PositiveIntegerField", "PositiveSmallIntegerField",
        "PositiveBigIntegerField", "AutoField", "BigAutoField", "SmallAutoField",
    }
)  # fmt: skip


def moment(value: Any) -> str:
    """
    In universal time, without its fraction when it has none. The embedded base keeps universal time without saying so.

    >>> moment("2026-11-26 15:00:00"), moment(datetime(2026, 11, 26, 16, tzinfo=UTC))
    ('2026-11-26T15:00:00Z', '2026-11-26T16:00:00Z')
    """
    if isinstance(value, datetime):
        return (value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value).isoformat() + "Z"
    return str(value).replace(" ", "T").removesuffix("+00:00") + "Z"


def day(value: Any) -> str:
    """A day, or an hour of the day, which the embedded base keeps as text."""
    return value.isoformat() if isinstance(value, date | time) else str(value)


def structure(value: Any) -> Any:
    if not isinstance(value, str | bytes):
        return value
    try:
        return orjson.loads(value)
    except orjson.JSONDecodeError:  # a number that is no number, which Python alone reads
        return json.loads(value)


SPELL: Final[dict[str, Spell]] = {
    "BinaryField": lambda value: b64encode(bytes(value)).decode(),
    "BooleanField": bool,
    "DateTimeField": moment,
    "DateField": day,
    "TimeField": day,
    "JSONField": structure,
    "UUIDField": lambda value: str(UUID(str(value))),
}
READ: Final[dict[str, Spell]] = {
    "BinaryField": b64decode,
    "DateTimeField": datetime.fromisoformat,
    "JSONField": lambda value: json.dumps(value, ensure_ascii=False),
    "UUIDField": lambda value: UUID(value).hex,  # as the embedded base keeps it; a server takes it too
}


def kind(field: Any) -> str:
    """Of what a column holds: a relation holds the number of what it points at."""
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    return str(field.get_internal_type())


def spell(field: Any) -> Spell | None:
    """None when nothing is to be done. A kind that nobody thought of is refused here, not lost in silence."""
    name = kind(field)
    if name not in PLAIN and name not in SPELL:
        raise TypeError(f"Say in exporting/spelling.py how a {name} is spelled ({field}).")
    return SPELL.get(name)


def read(field: Any) -> Spell | None:
    return READ.get(kind(field))
