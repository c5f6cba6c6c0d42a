"""Lines about somebody who was erased because they asked for it: set aside before anybody reads them, without a word of them."""

from collections.abc import Collection, Iterator

from lierre.foundation.errors import Refused
from lierre.people import unwanted
from lierre.people.faults import ERASED_ON_REQUEST, Fault, sentence
from lierre.people.importing.lines import Lines
from lierre.people.importing.resolving import persons_by_key
from lierre.people.models import Import


class Screen:
    """Nothing is asked while nobody was ever erased. What someone brings of themselves is never screened."""

    def __init__(self, imported: Import) -> None:
        self.idle = imported.member_id is not None or unwanted.is_nobody()

    def over(self, read: Lines) -> Lines:
        """The same batch: what was understood of those who left is out of it, and the number of the line stays."""
        if self.idle:
            return read
        keys = dict(keys_by_rank(read))
        hit = unwanted.among({number for numbers in keys.values() for number in numbers})
        marked = {rank: numbers for rank, numbers in keys.items() if hit.intersection(numbers)}
        # Who came back is in the base, under one of these keys.
        back = persons_by_key(number for numbers in marked.values() for number in numbers) if marked else {}
        for rank, numbers in marked.items():
            if not back.keys() & set(numbers):
                set_aside(read, rank)
        return read


def keys_by_rank(read: Lines) -> Iterator[tuple[int, list[int]]]:
    for rank, line in enumerate(read.lines):
        if line is not None:
            yield rank, [number for _kind, number in line.keys]
    for rank, (_fault, _raw, numbers) in read.faults.items():
        yield rank, numbers


def set_aside(read: Lines, rank: int) -> None:
    line = read.lines[rank]
    number = line.number if line else read.faults[rank][0].line
    read.lines[rank], read.staged[rank] = None, b""
    read.faults[rank] = Fault(ERASED_ON_REQUEST, number), "", []
    read.doubts[:] = [(at, doubt) for at, doubt in read.doubts if at != rank]


def refuse_unwanted(hashes: Collection[int]) -> None:
    """Nobody is taken in again by hand either, unless they came back themselves."""
    if hashes and unwanted.among(set(hashes)) and not persons_by_key(hashes):
        raise Refused(sentence(Fault(ERASED_ON_REQUEST)))
