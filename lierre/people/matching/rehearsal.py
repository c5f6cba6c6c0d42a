"""
An incoming file made of the base itself, with the mistakes that files make, to learn from when there is no file yet.

The shares below are assumptions; a model learnt from real lines (`--model`) replaces them.
"""

from collections.abc import Mapping
from random import Random
from typing import Final

import numpy as np

from lierre.people.matching.schema import Schema
from lierre.people.matching.table import Table

LINES: Final = 6_000
ABSENT: Final = {
    "date": 0.6,
    "email": 0.4,
    "city": 0.3,
    "employer": 0.4,
    "degree": 0.2,
    "year": 0.1,
    "code": 0.2,
    "text": 0.2,
    "number": 0.2,
}
OTHER: Final = {
    "date": 0.01,
    "email": 0.3,
    "city": 0.3,
    "employer": 0.35,
    "degree": 0.07,
    "year": 0.02,
    "code": 0.05,
    "text": 0.2,
    "number": 0.1,
}
SLIP: Final = 0.03
LETTERS: Final = "aeinrstlou"


def rehearsed(base: Table, schema: Schema, seed: int = 3) -> list[dict[str, str]]:
    """Lines under the names of the columns of the left; their `id` is the row of the base they were made from."""
    chance = Random(seed)  # noqa: S311 (a draw, not a secret)
    rows = np.sort(np.random.default_rng(seed).permutation(len(base))[:LINES])
    pairs = [(kind, pair) for kind in sorted(set(schema.left.values())) for pair in schema.shared(kind)]
    usage = next((column for column, kind in schema.right.items() if kind == "family_name_alt"), None)
    lines = []
    for row in rows.tolist():
        line = {"id": str(row)}
        for kind, (mine, theirs) in pairs:
            line[mine] = _said(base, theirs, row, kind, chance)
        family = next((mine for kind, (mine, _theirs) in pairs if kind == "family_name"), None)
        if family and usage and (name := _value(base, usage, row)) and chance.random() < 0.5:
            line[family] = name
        _names(line, base, schema, chance)
        lines.append(line)
    return lines


def _value(base: Table, column: str, row: int) -> str:
    values = base.columns[column]
    return values.distinct[int(values.codes[row])]


def _said(base: Table, column: str, row: int, kind: str, chance: Random) -> str:
    drawn = chance.random()
    if drawn < ABSENT.get(kind, 0):
        return ""
    if drawn < ABSENT.get(kind, 0) + OTHER.get(kind, 0):
        row = chance.randrange(len(base))
    value = _value(base, column, row)
    if kind == "year" and value.isdigit() and chance.random() < 0.1:
        return str(int(value) + chance.choice((-2, -1, 1, 2)))
    return _slip(value, chance) if kind not in ("year", "gender", "source") and chance.random() < SLIP else value


def _slip(text: str, chance: Random) -> str:
    """One letter changed, added, dropped, or two swapped."""
    if len(text) < 4:
        return text
    at = chance.randrange(1, len(text) - 1)
    return chance.choice((
        text[:at] + chance.choice(LETTERS) + text[at + 1 :],
        text[:at] + chance.choice(LETTERS) + text[at:],
        text[:at] + text[at + 1 :],
        text[:at] + text[at + 1] + text[at] + text[at + 2 :],
    ))  # fmt: skip


def _names(line: dict[str, str], base: Table, schema: Schema, chance: Random) -> None:
    """Initials, names swapped, the name of a husband or a wife that the base has never heard of."""
    named: Mapping[str, str] = {kind: column for column, kind in schema.left.items()}
    given, family = named.get("given_name"), named.get("family_name")
    drawn = chance.random()
    if given and drawn < 0.01:
        line[given] = line[given][:1]
    elif given and family and drawn < 0.025:
        line[given], line[family] = line[family], line[given]
    elif family and drawn < 0.05:
        theirs = next((column for column, kind in schema.right.items() if kind == "family_name"), None)
        if theirs:
            line[family] = _value(base, theirs, chance.randrange(len(base)))
