"""Lines about somebody who was erased because they asked for it: set aside before anybody reads them, without a word of them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from lierre.foundation.errors import Refused
from lierre.people import unwanted
from lierre.people.erasing_likeness import Likeness, namesake_is_here
from lierre.people.faults import ERASED_ON_REQUEST, LIKE_SOMEBODY_ERASED, Fault, sentence
from lierre.people.importing.lines import Lines
from lierre.people.importing.resolving import persons_by_key
from lierre.people.importing.stage import unpacked
from lierre.people.json_text import parsed
from lierre.people.models import Import


class Screen:
    """Nothing is asked while nobody was ever erased. What someone brings of themselves is never screened."""

    def __init__(self, imported: Import) -> None:
        self.idle = imported.member_id is not None or unwanted.is_nobody()
        self.resembles = None if self.idle else unwanted.recogniser()

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
        self.ask_of_the_others(read, keys)
        return read

    def ask_of_the_others(self, read: Lines, keys: dict[int, list[int]]) -> None:
        """Whoever bore no number is recognised by their name and their birth; a doubt is asked about."""
        if self.resembles is None:
            return
        alike = {
            rank: answer
            for rank, line in enumerate(read.lines)
            if line is not None and (answer := self.resembles(Likeness.in_facts(facts_of(read, rank))))
        }
        # A number that is known in the base settles it: the line speaks of that person.
        known = persons_by_key(number for rank in alike for number in keys[rank]) if alike else {}
        for rank, answer in alike.items():
            if known.keys() & set(keys[rank]):
                continue
            if answer == unwanted.SAME and not namesake_is_here(facts_of(read, rank)):
                set_aside(read, rank)
            else:
                set_aside(read, rank, LIKE_SOMEBODY_ERASED, keys[rank])


def facts_of(read: Lines, rank: int) -> dict[str, Any]:
    facts: dict[str, Any] = parsed(unpacked(read.staged[rank]).facts)
    return facts


def keys_by_rank(read: Lines) -> Iterator[tuple[int, list[int]]]:
    for rank, line in enumerate(read.lines):
        if line is not None:
            yield rank, [number for _kind, number in line.keys]
    for rank, (_fault, _raw, numbers) in read.faults.items():
        yield rank, numbers


def set_aside(read: Lines, rank: int, code: str = ERASED_ON_REQUEST, keys: Sequence[int] = ()) -> None:
    """Without a word of it. The keys of a doubt are kept as hashes: the answer holds for the next file too."""
    line = read.lines[rank]
    number = line.number if line else read.faults[rank][0].line
    read.lines[rank], read.staged[rank] = None, b""
    read.faults[rank] = Fault(code, number), "", [*keys]
    read.doubts[:] = [(at, doubt) for at, doubt in read.doubts if at != rank]


def refuse_unwanted(hashes: Collection[int], facts: Mapping[str, Any] | None = None) -> None:
    """Nobody is taken in again by hand either, unless they came back themselves."""
    unknown = not persons_by_key(hashes)
    if hashes and unwanted.among(set(hashes)) and unknown:
        raise Refused(sentence(Fault(ERASED_ON_REQUEST)))
    resembles = unwanted.recogniser() if facts and unknown else None
    if facts and resembles and resembles(Likeness.in_facts(facts)) == unwanted.SAME:
        raise Refused(sentence(Fault(ERASED_ON_REQUEST)))
