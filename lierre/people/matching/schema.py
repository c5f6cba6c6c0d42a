"""What the columns of two files mean, and nothing else: all that the engine knows of a file before reading it."""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final, Self

TYPES: Final = frozenset(
    [
        "given_name",
        "family_name",
        "family_name_alt",
        "given_names",
        "date",
        "email",
        "year",
        "city",
        "employer",
        "degree",
        "text",
        "code",
        "number",
        "gender",
        "source",
    ]
)


class MatchingFaultError(Exception):
    """A sentence for the person who gave the files."""


@dataclass(frozen=True)
class Schema:
    """The type of each column of the lines to reconcile (`left`) and of the base (`right`)."""

    name: str
    id: str
    left: dict[str, str]
    right: dict[str, str]

    @classmethod
    def read(cls, path: str | Path) -> Self:
        try:
            said = json.loads(Path(path).read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise MatchingFaultError(f"There is no file {path}.") from None
        except (OSError, ValueError) as fault:
            raise MatchingFaultError(f"The schema {path} could not be read: {fault}.") from None
        if not isinstance(said, dict) or not isinstance(said.get("left"), dict):
            raise MatchingFaultError(f"The schema {path} must give the types of the columns under “left”.")
        right = said.get("right") or said["left"]
        for side in (said["left"], right):
            for column, kind in side.items():
                if kind not in TYPES:
                    raise MatchingFaultError(
                        f"The schema {path} gives the column {column} the type {kind}, which does not exist."
                        f" The types are: {', '.join(sorted(TYPES))}."
                    )
        return cls(
            name=str(said.get("name", "")), id=str(said.get("id", "id")), left=dict(said["left"]), right=dict(right)
        )

    def shared(self, kind: str) -> list[tuple[str, str]]:
        """
        The columns of one type that speak of the same thing on both sides: same name first, then same rank.

        >>> Schema("", "id", {"a": "code", "b": "code"}, {"b": "code", "c": "code"}).shared("code")
        [('b', 'b'), ('a', 'c')]
        """
        return self._shared.get(kind, [])

    @cached_property
    def _shared(self) -> dict[str, list[tuple[str, str]]]:
        return {kind: self._sharing(kind) for kind in TYPES}

    def _sharing(self, kind: str) -> list[tuple[str, str]]:
        left = [column for column, other in self.left.items() if other == kind]
        right = [column for column, other in self.right.items() if other == kind]
        same = [(column, column) for column in left if column in right]
        left = [column for column in left if column not in right]
        right = [column for column in right if (column, column) not in same]
        return same + list(zip(left, right, strict=False))
