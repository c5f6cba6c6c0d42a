"""Where a message will stand in the repository of its account: a TID that we choose, the same each time it is asked for."""

from datetime import datetime
from hashlib import sha256
from typing import Final

SIGNS: Final = "234567abcdefghijklmnopqrstuvwxyz"
# Drawn from the key within the minute before its time: two messages of one second do not meet.
SPREAD: Final = 60_000_000


def place_of(key: str, at: datetime) -> str:
    """
    Thirteen signs: microseconds since 1970 on 53 bits, then ten bits that tell apart those who write at the same instant.

    >>> from datetime import UTC
    >>> noon = datetime(2026, 11, 26, 12, tzinfo=UTC)
    >>> place_of("a key", noon) == place_of("a key", noon), place_of("another", noon) == place_of("a key", noon)
    (True, False)
    >>> len(place_of("a key", noon))
    13
    """
    drawn = int.from_bytes(sha256(key.encode()).digest()[:8])
    microseconds = int(at.timestamp()) * 1_000_000 - drawn % SPREAD
    return written((microseconds << 10) | (drawn >> 54))


def written(number: int) -> str:
    """
    >>> written(0), written((1 << 63) - 1)
    ('2222222222222', 'bzzzzzzzzzzzz')
    """
    return "".join(SIGNS[(number >> shift) & 31] for shift in range(60, -1, -5))
