"""Everybody the institution has known: those whose story is told, then those drawn, with their careers."""

from collections.abc import Iterator

from demo.careers import live
from demo.chance import stream
from demo.characters import CHARACTERS
from demo.graduate import Graduate
from demo.people import SLICE, slice_of


def drawn(seed: int, at: int, size: int) -> Iterator[Graduate]:
    """The persons of one slice, for an institution of that size."""
    chance = stream(seed, "careers", at)
    for person in slice_of(seed, at):
        live(person, chance)
        if person.number < size - len(CHARACTERS):
            yield person


def slices(size: int) -> range:
    """The slices that an institution of that size is made of."""
    return range(-(-max(0, size - len(CHARACTERS)) // SLICE))


def everyone(seed: int, size: int) -> Iterator[Graduate]:
    """One at a time: millions are never held in memory."""
    yield from CHARACTERS[:size]
    for at in slices(size):
        yield from drawn(seed, at, size)
