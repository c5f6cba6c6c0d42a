"""What each line says, as columns of Spark: the numbers, the letters and the rarities that `matching` itself compares."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Final

import numpy as np
import pyarrow as arrow
from numpy.typing import NDArray

from lierre.people.matching.columns.dates import Dates
from lierre.people.matching.columns.mails import Mails
from lierre.people.matching.columns.naming import PARTS, Names
from lierre.people.matching.columns.wording import Words
from lierre.people.matching.comparisons.given import second as second_given
from lierre.people.matching.hashing import hashes
from lierre.people.matching.names.forms import short_forms
from lierre.people.matching.names.letters import compact
from lierre.people.matching.names.phonetics import sounds_each
from lierre.people.matching.side import Side

Columns = dict[str, Any]
# Rarities are told in thirty-seconds of a bit, so that a table of a few lines says what each is worth.
STEPS: Final = 32
MOST: Final = 64 * STEPS
WOMAN_OR_LESS: Final = 2
USAGE_KNOWN: Final = 3


def written(side: Side, places: dict[str, str], *, left: bool) -> Columns:
    """`places`: the name of each field of the model, and the word that stands for it in SQL."""
    size = len(side)
    found: Columns = {"unique_id": arrow.array(list(side.ids), arrow.string())}
    origin = side.origin
    said = [""] * size if origin is None else [origin.distinct[code] for code in origin.codes.tolist()]
    found["origin"] = arrow.array(said, arrow.string())
    found["context"] = arrow.array(contexts(side), arrow.int32())
    for name in ("given", "others", "family", "usage"):
        names(found, name, getattr(side, name), size, left=left)
    of_given(found, side, left=left)
    for name, place in places.items():
        kind, _mark, column = name.partition(":")
        if kind in ("date", "year"):
            dates(found, place, (side.dates if kind == "date" else side.years)[column])
        elif kind == "email":
            mails(found, place, side.mails[column])
        elif name in side.words:
            words(found, place, side.words[name], left=left)
    return found


def contexts(side: Side) -> NDArray[np.int32]:
    """What makes another family name more usual; of two lines, the greater counts."""
    found = np.zeros(len(side), dtype=np.int32)
    if side.gender is not None:
        found = np.minimum(side.gender, WOMAN_OR_LESS).astype(np.int32)
    if side.usage is not None:
        found[side.usage.core[side.usage.codes] != 0] = USAGE_KNOWN
    return found


def numbers(values: NDArray[np.uint64]) -> Any:
    """As Spark has them: signed, and nothing instead of 0."""
    return arrow.array(values.view(np.int64), arrow.int64(), mask=values == 0)


def texts(values: Sequence[str]) -> Any:
    return arrow.array([value or None for value in values], arrow.string())


def lists(rows: Iterable[Sequence[Any] | None], kind: Any) -> Any:
    return arrow.array(list(rows), arrow.list_(kind))


def rarities(bits: NDArray[np.floating[Any]] | None, size: int) -> Any:
    if bits is None:
        return arrow.nulls(size, arrow.int32())
    return arrow.array(np.clip(np.round(bits * STEPS), 0, MOST).astype(np.int32), arrow.int32())


def names(found: Columns, name: str, column: Names | None, size: int, *, left: bool) -> None:
    """The rarity that counts is that of the value of the base."""
    if column is None:
        nothing = arrow.nulls(size, arrow.int64())
        found |= {f"{name}{end}": nothing for end in ("", "_core", "_full")}
        found |= {f"{name}_{end}": arrow.nulls(size, arrow.string()) for end in ("text", "sound")}
        found[f"{name}_parts"] = arrow.nulls(size, arrow.list_(arrow.int64()))
        found |= {f"r_{name}{end}": rarities(None, size) for end in ("", *(f"_{rank}" for rank in range(PARTS)))}
        return
    codes = column.codes
    given = name in ("given", "others")
    found[name] = numbers((column.first if given else column.core)[codes])
    found[f"{name}_core"] = numbers(column.core[codes])
    found[f"{name}_full"] = numbers(column.full[codes])
    found[f"{name}_text"] = of_each(column.text.tolist(), codes, texts)
    found[f"{name}_sound"] = of_each(sounds_each([compact(text) for text in column.text.tolist()]), codes, texts)
    parts = [[number or None for number in row] for row in column.parts.view(np.int64).tolist()]
    found[f"{name}_parts"] = of_each(parts, codes, lambda rows: lists(rows, arrow.int64()))
    found[f"r_{name}"] = rarities(None if left else column.rarity[codes], size)
    for rank in range(PARTS):
        found[f"r_{name}_{rank}"] = rarities(None if left else column.part_rarity[codes, rank], size)


def of_each(distinct: Sequence[Any], codes: NDArray[np.int32], make: Callable[[Any], Any]) -> Any:
    """The column of the lines, from what is said of each distinct value."""
    return make(distinct).take(arrow.array(codes, arrow.int32()))


def of_given(found: Columns, side: Side, *, left: bool) -> None:
    """A second given name, short forms, and what two names are worth together."""
    size, given = len(side), side.given
    if given is None:
        found |= {"second": arrow.nulls(size, arrow.int64()), "forms": arrow.nulls(size, arrow.list_(arrow.int64()))}
        found |= {f"r_{name}": rarities(None, size) for name in ("either", "all", "swapped", "swapped_usage", "both")}
        return
    own = given.rarity[given.codes].astype(np.float64)
    second, worth = second_given(side, np.arange(size))
    found["second"] = numbers(second)
    short = [forms().get(text) for text in given.text.tolist()]
    found["forms"] = of_each(short, given.codes, lambda rows: lists(rows, arrow.int64()))
    found["r_either"] = rarities(own, size)
    found["r_all"] = rarities(None if left else own + np.maximum(worth, 0.01), size)
    for name, other in (("swapped", side.family), ("swapped_usage", side.usage)):
        bits = None if left or other is None else own + other.rarity[other.codes]
        found[f"r_{name}"] = rarities(bits, size)
    both = None
    if side.family is not None and side.usage is not None:
        both = side.family.rarity[side.family.codes] + side.usage.part_rarity[side.usage.codes, 0]
    found["r_both"] = rarities(both, size)


@cache
def forms() -> Mapping[str, list[int]]:
    """What may stand for each name, hyphens apart, as numbers."""
    found: dict[str, list[int]] = {}
    for name, others in short_forms().items():
        plain = [other.replace("-", "") for other in sorted(others)]
        found.setdefault(name.replace("-", ""), []).extend(hashes(plain).view(np.int64).tolist())
    return found


def dates(found: Columns, place: str, column: Dates) -> None:
    for end, values in (("y", column.year), ("m", column.month), ("d", column.day)):
        found[f"{place}_{end}"] = arrow.array(values[column.codes].astype(np.int32), arrow.int32())


def mails(found: Columns, place: str, column: Mails) -> None:
    for end, values in (("", column.whole), ("_local", column.local), ("_letters", column.letters)):
        found[f"{place}{end}"] = numbers(values[column.codes])
    found[f"{place}_text"] = of_each(column.text.tolist(), column.codes, texts)
    found[f"{place}_digits"] = arrow.array(column.digits[column.codes].astype(np.int32), arrow.int32())


def words(found: Columns, place: str, column: Words, *, left: bool) -> None:
    codes, size = column.codes, len(column.codes)
    found[place] = numbers(column.whole[codes])
    found[f"{place}_about"] = numbers(column.about[codes])
    found[f"{place}_reached"] = numbers(column.reached[codes])
    found[f"{place}_text"] = of_each(column.text.tolist(), codes, texts)
    said = [[number for number in row if number] for row in column.parts.view(np.int64).tolist()]
    worth = [row[: len(kept)] for row, kept in zip(column.part_rarity.astype(float).tolist(), said, strict=True)]
    found[f"{place}_parts"] = of_each(said, codes, lambda rows: lists(rows, arrow.int64()))
    found[f"{place}_bits"] = of_each(worth, codes, lambda rows: lists(rows, arrow.float64()))
    found[f"{place}_sum"] = arrow.array(column.part_rarity.sum(axis=1)[codes].astype(float), arrow.float64())
    found[f"r_{place}"] = rarities(None if left else column.rarity[codes], size)
    found[f"r_{place}_about"] = rarities(None if left else column.about_rarity[codes], size)
