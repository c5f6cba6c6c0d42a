"""Numbers of 64 bits for texts, many at a time. They will never change: a base keeps them as its keys."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.uint64]

_BASE: Final = 0x9E3779B97F4A7C15
_LONGEST: Final = 256
_FEW: Final = 32
_MASK: Final = 0xFFFFFFFFFFFFFFFF
_AT_ONCE: Final = 200_000


def _powers() -> Numbers:
    powers = np.empty(_LONGEST, dtype=np.uint64)
    value = 1
    for rank in range(_LONGEST):
        powers[rank] = value
        value = value * _BASE & 0xFFFFFFFFFFFFFFFF
    return powers


_POWERS: Final = _powers()
_INTEGERS: Final = [int(power) for power in _POWERS]


def mixed(numbers: Numbers) -> Numbers:
    """Spread the bits (the finalizer of splitmix64)."""
    out = numbers ^ (numbers >> np.uint64(30))
    out *= np.uint64(0xBF58476D1CE4E5B9)
    out ^= out >> np.uint64(27)
    out *= np.uint64(0x94D049BB133111EB)
    out ^= out >> np.uint64(31)
    return out


def sums(texts: Sequence[str]) -> tuple[Numbers, NDArray[np.int64]]:
    """The sum that a number is made of, and the length: those of two texts give those of the two written together."""
    if len(texts) <= _FEW:
        return _few(texts)
    total = np.zeros(len(texts), dtype=np.uint64)
    lengths = np.zeros(len(texts), dtype=np.int64)
    for start in range(0, len(texts), _AT_ONCE):
        total[start : start + _AT_ONCE], lengths[start : start + _AT_ONCE] = _sums(texts[start : start + _AT_ONCE])
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
    data, starts, lengths = _laid(texts)
    data = np.append(data, np.zeros(max(*sizes, last), dtype=np.uint8))
    first = np.zeros((len(texts), len(sizes)), dtype=np.uint64)
    for rank, size in enumerate(sizes):
        for at in range(size):
            letters = data[starts + at].astype(np.uint64) + np.uint64(1)
            first[:, rank] += np.where(lengths > at, letters * _POWERS[at], 0).astype(np.uint64)
    kept = np.minimum(lengths, last)
    total = np.zeros(len(texts), dtype=np.uint64)
    for at in range(last):
        letters = data[np.minimum(starts + lengths - kept + at, len(data) - 1)].astype(np.uint64) + np.uint64(1)
        total += np.where(kept > at, letters * _POWERS[at], 0).astype(np.uint64)
    return first, numbered(total, kept)


@lru_cache(maxsize=20_000)
def _edges(text: str, sizes: tuple[int, ...], last: int) -> tuple[list[int], int, int]:
    coded = text.replace("\0", " ").encode()
    end = coded[-last:]
    return [_of_bytes(coded[:size]) for size in sizes], _of_bytes(end), len(end)


def _of_bytes(coded: bytes) -> int:
    return sum((byte + 1) * power for byte, power in zip(coded, _INTEGERS, strict=False)) & _MASK


def _laid(texts: Sequence[str]) -> tuple[NDArray[np.uint8], NDArray[np.int64], NDArray[np.int64]]:
    """The bytes of all the texts, and where each begins and how long it is."""
    data = np.frombuffer("\0".join(texts).encode(), dtype=np.uint8)
    stops = np.append(np.flatnonzero(data == 0), len(data))
    if len(stops) != len(texts):  # a text holds the very letter that separates them, or there is none at all
        return _laid([text.replace("\0", " ") for text in texts]) if texts else (data, stops[:0], stops[:0])
    starts = np.append(0, stops[:-1] + 1)
    return data, starts, stops - starts


def _sums(texts: Sequence[str]) -> tuple[Numbers, NDArray[np.int64]]:
    data, starts, lengths = _laid(texts)
    lengths = np.minimum(lengths, _LONGEST)
    found = np.zeros(len(texts), dtype=np.uint64)
    filled = np.flatnonzero(lengths)
    if len(filled):
        long = lengths[filled]
        begins = np.cumsum(long) - long
        rank = np.arange(int(long.sum()), dtype=np.int64) - np.repeat(begins, long)
        letters = data[np.repeat(starts[filled], long) + rank].astype(np.uint64) + np.uint64(1)
        found[filled] = np.add.reduceat(letters * _POWERS[rank], begins)
    return found, lengths


def joined(kind: int, *parts: Any) -> Numbers:
    """One key from several numbers, in any order; 0 as soon as one is absent."""
    if len(parts[0]) == 1:
        return _joined_alone(kind, [int(part[0]) for part in parts])
    total = np.full(len(parts[0]), kind * 0x632BE59BD9B4E019 & 0xFFFFFFFFFFFFFFFF, dtype=np.uint64)
    absent = np.zeros(len(parts[0]), dtype=bool)
    for part in parts:
        total = total + part.astype(np.uint64, copy=False)
        absent |= part == 0
    total = mixed(total) | np.uint64(1)
    total[absent] = 0
    return total


def _joined_alone(kind: int, parts: Sequence[int]) -> Numbers:
    """The same for one line, without the cost of arrays."""
    if not all(parts):
        return np.zeros(1, dtype=np.uint64)
    total = (kind * 0x632BE59BD9B4E019 + sum(parts)) & _MASK
    total = (total ^ (total >> 30)) * 0xBF58476D1CE4E5B9 & _MASK
    total = (total ^ (total >> 27)) * 0x94D049BB133111EB & _MASK
    return np.array([total ^ (total >> 31) | 1], dtype=np.uint64)
