"""Of whom each line speaks: `matching` decides, from the persons that its keys point at in the base and in the import."""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db import connection

from lierre.people.importing.lines import Line
from lierre.people.importing.stage import unpacked
from lierre.people.json_text import parsed
from lierre.people.matching.keys import KINDS, LIKENESS
from lierre.people.matching.verdict import Verdict, decide
from lierre.people.models import RecordKey
from lierre.people.projection import among, held, sliced
from lierre.people.reconciling.asking import Found
from lierre.people.reconciling.recognising import NEW, Asked, Recognised, Recogniser

AT_ONCE = 900


def persons_by_key(hashes: Iterable[int]) -> dict[int, set[int]]:
    """The persons that each of these keys points at, in the base."""
    found: dict[int, set[int]] = {}
    for some in sliced(sorted(set(hashes)), AT_ONCE):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT kept.hash, record.person_id FROM people_recordkey kept"
                f" JOIN people_record record ON record.id = kept.record_id WHERE kept.hash {among(some)}",
                held(some),
            )
            for number, person_id in cursor.fetchall():
                found.setdefault(number, set()).add(person_id)
    return found


@dataclass(frozen=True, slots=True)
class Settled:
    """`person` is negative for someone new: -1 is the first new person of the import. 0 when it is to decide."""

    person: int
    link: int = 0
    candidates: tuple[int, ...] = ()
    is_likened: bool = False  # the candidates resemble it: no key points at them
    is_new: bool = False  # nobody was known: this line makes the person
    again: bool = False  # the same line stands earlier in the import


class Known(NamedTuple):
    """A line, the delivery it came in, what was understood of it, and whom it was found to resemble."""

    line: Line
    delivery: int
    staged: bytes
    found: Found | None = None


class Told:
    """
    What the lines of the import say of each person that two persons cannot share: a birth, a national number.

    Numbers are dense, and arrays are a tenth of what dictionaries would take.
    """

    def __init__(self) -> None:
        self.of_known, self.of_new = (array("i"), array("q")), (array("i"), array("q"))

    def contradicts(self, person: int, line: Line) -> bool:
        """
        Whether this line gives the number of a person to somebody else. Otherwise what it adds is remembered.

        A file speaks of one day: in it, a second date is no correction of the first.
        """
        born, ine = line.born, 0
        for kind, number in line.keys:
            if kind == "ine":
                ine = number
        place, (births, ines) = (person, self.of_known) if person > 0 else (-person, self.of_new)
        if place >= len(births):
            more = bytes(8 * (place + place // 8 + 1_000 - len(births)))
            births.frombytes(more[: len(more) // 8 * births.itemsize])
            ines.frombytes(more)
        told_birth, told_ine = births[place], ines[place]
        if (born and told_birth and told_birth != born) or (ine and told_ine and told_ine != ine):
            return True
        if born and not told_birth:
            births[place] = born
        if ine and not told_ine:
            ines[place] = ine
        return False


class Resolver:
    """Remembers what the lines before have said, so that two lines of one file find the same new person."""

    def __init__(self, member_id: int | None = None, recogniser: Recogniser | None = None) -> None:
        self.member_id = member_id
        self.recogniser = recogniser
        self.asking: dict[int, tuple[int, ...]] = {}  # keys of lines that somebody is asked about
        self.met: dict[int, int] = {}
        self.digests: set[int] = set()
        self.new_persons = 0
        self.told = Told()
        self.base_is_empty = not RecordKey.objects.exists()

    @property
    def asks_the_base(self) -> bool:
        """Not when it is empty, nor when whoever is signed in speaks of themselves."""
        return not self.base_is_empty and self.member_id is None

    def settle(self, lines: Sequence[Known], base: Mapping[int, set[int]]) -> list[Settled]:
        """Judge some lines, in their order. `base`: the persons of the base, by the keys that point at them."""
        recognised = self.recognise(lines, base)
        return [self.settle_one(each.line, base, recognised.get(at, NEW)) for at, each in enumerate(lines)]

    def recognise(self, lines: Sequence[Known], base: Mapping[int, set[int]]) -> dict[int, Recognised]:
        """Those whom nobody is known by, the first time that their keys are met: whom they resemble."""
        if self.recogniser is None or not self.asks_the_base:
            return {}
        met: set[int] = set()
        asked: dict[int, Asked] = {}
        for at, (line, delivery, staged, _found) in enumerate(lines):
            keys = {number for _kind, number in line.keys}
            known = any(number in base or number in self.met or number in self.asking for number in keys)
            if line.names_somebody and not known and not keys & met:
                keys_and_line = tuple(sorted({*keys, line.digest}))
                asked[at] = Asked(delivery, line.number, keys_and_line, parsed(unpacked(staged).facts), line.digest)
            met |= keys
        found = [lines[at].found for at in asked]
        return dict(zip(asked, self.recogniser.recognise(list(asked.values()), found), strict=True))

    def settle_one(self, line: Line, base: Mapping[int, set[int]], recognised: Recognised = NEW) -> Settled:
        again = line.digest in self.digests
        self.digests.add(line.digest)
        if self.member_id is not None:
            return Settled(self.member_id, KINDS["member"], again=again)
        verdict = self.judge(line, base)
        if verdict.candidates:
            return Settled(0, candidates=verdict.candidates)
        if verdict.person is None:
            verdict = self.likened(line, recognised)
            if verdict.candidates:
                return Settled(0, candidates=verdict.candidates, is_likened=True)
        if verdict.person is None and not line.names_somebody:
            return Settled(0)
        person = verdict.person
        if person is None:
            self.new_persons += 1
            person = -self.new_persons
        if self.told.contradicts(person, line):
            return Settled(0, candidates=(person,))
        for _kind, number in line.keys:
            self.met.setdefault(number, person)
        return Settled(person, verdict.link, is_new=verdict.person is None, again=again)

    def likened(self, line: Line, recognised: Recognised) -> Verdict:
        """Whom a line resembles, or whom a line before it with one of its keys resembles."""
        candidates = recognised.candidates or next(
            (self.asking[number] for _kind, number in line.keys if number in self.asking), ()
        )
        if candidates:
            self.asking.update((number, candidates) for _kind, number in line.keys)
            return Verdict(candidates=candidates)
        return Verdict(person=recognised.person, link=LIKENESS) if recognised.person else Verdict()

    def judge(self, line: Line, base: Mapping[int, set[int]]) -> Verdict:
        hits = []
        for kind, number in line.keys:
            found = base.get(number, set())
            if met := self.met.get(number):
                found = found | {met}
            if found:
                hits.append((kind, found))
        return decide(hits) if hits else Verdict()
