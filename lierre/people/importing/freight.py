"""
What goes from one process to another: plain values, packed flat.

Pickle remembers each object it meets, to find it again; lines by the million never meet the same one twice, and go
twice as quickly without.
"""

import marshal
from typing import Any, Final

# The last version that does not look for objects met twice.
FLAT: Final = 2


def packed(values: Any) -> bytes:
    """
    Numbers, text, lists, tuples, dicts: nothing else.

    >>> unpacked(packed([(2, ("Hervé", ""))]))
    [(2, ('Hervé', ''))]
    """
    return marshal.dumps(values, FLAT)


def unpacked(packet: bytes) -> Any:
    """Only ever given what a process of the same crew has packed."""
    return marshal.loads(packet)  # noqa: S302 - nothing of it comes from outside
