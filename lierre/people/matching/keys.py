"""Strong keys: what identifies a person without doubt, and the numbers under which they are looked up."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, Final

# From the strongest; the number is stored with the record, as the reason of its link (6 is a decision of staff).
KINDS: Final = {"student_number": 1, "ine": 2, "identifier": 3, "email": 4, "member": 5, "line": 7}
# The number of a link that no key made.
LIKENESS: Final = 8


@dataclass(frozen=True, slots=True)
class Key:
    kind: str
    value: str

    @property
    def hash(self) -> int:
        """64 bits, signed. Two values meet by chance once in thousands of bases of a million persons."""
        return hashed(f"{self.kind}|{self.value}")


def hashed(text: str) -> int:
    """
    A number that will never change with a version of anything, unlike Python's own `hash`.

    >>> hashed("ine|0123456789A")
    -4869573854633408450
    """
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)


def keys_of(facts: Mapping[str, Any], source_id: int, digest: int | None = None) -> list[Key]:
    """
    The strong keys that a record carries. An e-mail counts only when the source says that it was proven.

    A line that carries none is known by itself: the same line from the same source speaks of the same person.

    >>> keys_of({"ine": "0123456789A", "identifier": "77"}, source_id=3)
    [Key(kind='ine', value='0123456789A'), Key(kind='identifier', value='3:77')]
    >>> keys_of({"contacts": [{"kind": "email", "value": "amelie@courriel.example"}]}, source_id=3)
    []
    """
    keys = []
    if number := facts.get("student_number"):
        keys.append(Key("student_number", number))
    if ine := facts.get("ine"):
        keys.append(Key("ine", ine))
    if identifier := facts.get("identifier"):
        keys.append(Key("identifier", f"{source_id}:{identifier}"))
    keys.extend(
        Key("email", contact["value"])
        for contact in facts.get("contacts", ())
        if contact["kind"] == "email" and contact.get("confirmed")
    )
    if not keys and digest is not None:
        keys.append(Key("line", f"{source_id}:{digest}"))
    return keys
