"""Numbers of 64 bits for texts, many at a time. They will never change: a base keeps them as its keys."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.uint64]

_BASE: Final = 0x9E3779B97F4A7C15
_MASK: Final = 0xFFFFFFFFFFFFFFFF
_LONGEST: Final = 256
_FEW: Final = 32
_AT_ONCE: Final = 4_000  # texts: what is made of their letters stays near the processor
_LINES: Final = 65_536  # and of keys


@cache
def _powers(size: int, base: int = _BASE) -> Numbers:
    powers = np.full(size, base, dtype=np.uint64)
    powers[:1] = 1
    found: Numbers = np.multiply.accumulate(powers)
    return found


_POWERS: Final = _powers(_LONGEST)
_INTEGERS: Final = [int(power) for power in _POWERS]
_BACK: Final = pow(_BASE, -1, _MASK + 1)


def mixed(numbers: Numbers) -> Numbers:
    """Spread the bits (the finalizer of splitmix64)."""
    return _mix(numbers.copy())


def _mix(numbers: Numbers) -> Numbers:
    """The same, in place."""
    numbers ^= numbers >> np.uint64(30)
    numbers *= np.uint64(0xBF58476D1CE4E5B9)
    numbers ^= numbers >> np.uint64(27)
    numbers *= np.uint64(0x94D049BB133111EB)
    numbers ^= numbers >> np.uint64(31)
    return numbers


def sums(texts: Sequence[str]) -> tuple[Numbers, NDArray[np.int64]]:
    """The sum that a number is made of, and the length: those of two texts give those of the two written together."""
    if len(texts) <= _FEW:
        return _few(texts)
    total, lengths = np.empty(len(texts), dtype=np.uint64), np.empty(len(texts), dtype=np.int64)
    for some, laid in _laid(texts):
        lengths[some] = np.minimum(laid.stops - laid.starts, _LONGEST)
        total[some] = laid.sums(laid.starts, laid.starts + lengths[some])
    return total, lengths


def _few(texts: Sequence[str]) -> tuple[Numbers, NDArray[np.int64]]:
    """The same without the cost of arrays: a line alone has a few dozen texts, most of them seen before."""
    found = [_sum(text) for text in texts]
    return np.array([one[0] for one in found], dtype=np.uint64), np.array([one[1] for one in found], dtype=np.int64)


@lru_cache(maxsize=20_000)
def _sum(text: str) -> tuple[int, int]:
    coded = text.replace("\0", " ").encode()[:_LONGEST]
    return _of_bytes(coded), len(coded)


def together(one: Numbers, length: NDArray[np.int64], other: Numbers) -> Numbers:
    """The sum of two texts written one after the other."""
    return one + _POWERS[np.minimum(length, _LONGEST - 1)] * other


def numbered(total: Numbers, lengths: NDArray[np.int64]) -> Numbers:
    found = mixed(total + lengths.astype(np.uint64)) | np.uint64(1)  # an absent text is 0, and nothing else is
    found[lengths == 0] = 0
    return found


def hashes(texts: Sequence[str]) -> Numbers:
    """
    One number per text; 0 for an empty one.

    >>> hashes(["martin", "", "martin"]).tolist() == [hashes(["martin"])[0], 0, hashes(["martin"])[0]]
    True
    """
    return numbered(*sums(texts))


def ends(texts: Sequence[str], sizes: Sequence[int], last: int) -> tuple[Numbers, Numbers]:
    """The sums of the first letters of each text, for each of the sizes; and the number of its last letters."""
    if 0 < len(texts) <= _FEW:
        edges = [_edges(text, tuple(sizes), last) for text in texts]
        total = np.array([one[1] for one in edges], dtype=np.uint64)
        return np.array([one[0] for one in edges], dtype=np.uint64), numbered(
            total, np.array([one[2] for one in edges])
        )
    first = np.empty((len(texts), len(sizes)), dtype=np.uint64)
    total, kept = np.empty(len(texts), dtype=np.uint64), np.empty(len(texts), dtype=np.int64)
    for some, laid in _laid(texts):
        for rank, size in enumerate(sizes):
            first[some, rank] = laid.sums(laid.starts, np.minimum(laid.starts + size, laid.stops))
        kept[some] = np.minimum(laid.stops - laid.starts, last)
        total[some] = laid.sums(laid.stops - kept[some], laid.stops)
    return first, numbered(total, kept)


@lru_cache(maxsize=20_000)
def _edges(text: str, sizes: tuple[int, ...], last: int) -> tuple[list[int], int, int]:
    coded = text.replace("\0", " ").encode()
    end = coded[-last:]
    return [_of_bytes(coded[:size]) for size in sizes], _of_bytes(end), len(end)


def _of_bytes(coded: bytes) -> int:
    return sum((byte + 1) * power for byte, power in zip(coded, _INTEGERS, strict=False)) & _MASK


@dataclass
class _Laid:
    """Texts laid one after the other. The sum of any piece is a difference, brought back to where a text begins."""

    before: Numbers  # the sum of all the letters before each place
    starts: NDArray[np.int64]
    stops: NDArray[np.int64]

    def sums(self, first: NDArray[np.int64], after: NDArray[np.int64]) -> Numbers:
        back = _powers(_size(self.before), _BACK)
        found: Numbers = (self.before[after] - self.before[first]) * back[first]
        return found


def _size(letters: NDArray[Any]) -> int:
    return 1 << len(letters).bit_length()


def _laid(texts: Sequence[str]) -> Iterator[tuple[slice, _Laid]]:
    """Some thousands at a time, and their place among all."""
    for begin in range(0, len(texts), _AT_ONCE):
        some = slice(begin, begin + _AT_ONCE)
        yield some, _lay(texts[some])


def _lay(texts: Sequence[str]) -> _Laid:
    data = np.frombuffer("\0".join(texts).encode(), dtype=np.uint8)
    stops = np.append(np.flatnonzero(data == 0), len(data))
    if len(stops) != len(texts):  # a text holds the very letter that separates them
        return _lay([text.replace("\0", " ") for text in texts])
    before = np.zeros(len(data) + 1, dtype=np.uint64)
    letters = data.astype(np.uint64)
    letters += np.uint64(1)
    letters *= _powers(_size(before))[: len(data)]
    np.cumsum(letters, out=before[1:])
    return _Laid(before, np.append(0, stops[:-1] + 1), stops)


def joined(kind: int, *parts: Any) -> Numbers:
    """One key from several numbers, in any order; 0 as soon as one is absent."""
    if len(parts[0]) == 1:
        return _joined_alone(kind, [int(part[0]) for part in parts])
    found = np.empty(len(parts[0]), dtype=np.uint64)
    for begin in range(0, len(found), _LINES):
        some = slice(begin, begin + _LINES)
        total = found[some]
        total[:] = kind * 0x632BE59BD9B4E019 & _MASK
        for part in parts:
            total += part[some].astype(np.uint64, copy=False)
        _mix(total)
        total |= np.uint64(1)
        for part in parts:
            total *= part[some] != 0
    return found


def _joined_alone(kind: int, parts: Sequence[int]) -> Numbers:
    """The same for one line, without the cost of arrays."""
    if not all(parts):
        return np.zeros(1, dtype=np.uint64)
    total = (kind * 0x632BE59BD9B4E019 + sum(parts)) & _MASK
    total = (total ^ (total >> 30)) * 0xBF58476D1CE4E5B9 & _MASK
    total = (total ^ (total >> 27)) * 0x94D049BB133111EB & _MASK
    return np.array([total ^ (total >> 31) | 1], dtype=np.uint64)
