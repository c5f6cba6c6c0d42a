"""Of whom each line speaks: `matching` decides, from the persons that its keys point at in the base and in the import."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import connection

from lierre.people.importing.lines import Line
from lierre.people.matching.keys import KINDS
from lierre.people.matching.verdict import Verdict, decide
from lierre.people.models import RecordKey
from lierre.people.projection import sliced

AT_ONCE = 900


def persons_by_key(hashes: Iterable[int]) -> dict[int, set[int]]:
    """The persons that each of these keys points at, in the base."""
    found: dict[int, set[int]] = {}
    for some in sliced(sorted(set(hashes)), AT_ONCE):
        places = ", ".join(["%s"] * len(some))
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT kept.hash, record.person_id FROM people_recordkey kept"
                f" JOIN people_record record ON record.id = kept.record_id WHERE kept.hash IN ({places})",
                some,
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
    is_new: bool = False  # nobody was known: this line makes the person
    again: bool = False  # the same line stands earlier in the import


class Resolver:
    """Remembers what the lines before have said, so that two lines of one file find the same new person."""

    def __init__(self, member_id: int | None = None) -> None:
        self.member_id = member_id
        self.met: dict[int, int] = {}
        self.digests: set[int] = set()
        self.new_persons = 0
        self.base_is_empty = not RecordKey.objects.exists()

    def settle(self, lines: Iterable[Line]) -> list[Settled]:
        """Judge some lines, in their order."""
        lines = list(lines)
        base = {} if self.base_is_empty else persons_by_key(number for line in lines for _kind, number in line.keys)
        return [self.settle_one(line, base) for line in lines]

    def settle_one(self, line: Line, base: Mapping[int, set[int]]) -> Settled:
        again = line.digest in self.digests
        self.digests.add(line.digest)
        if self.member_id is not None:
            return Settled(self.member_id, KINDS["member"], again=again)
        verdict = self.judge(line, base)
        if verdict.candidates:
            return Settled(0, candidates=verdict.candidates)
        if verdict.person is None and not line.names_somebody:
            return Settled(0)
        person = verdict.person
        if person is None:
            self.new_persons += 1
            person = -self.new_persons
        for _kind, number in line.keys:
            self.met.setdefault(number, person)
        return Settled(person, verdict.link, is_new=verdict.person is None, again=again)

    def judge(self, line: Line, base: Mapping[int, set[int]]) -> Verdict:
        hits = []
        for kind, number in line.keys:
            found = base.get(number, set())
            if met := self.met.get(number):
                found = found | {met}
            if found:
                hits.append((kind, found))
        return decide(hits) if hits else Verdict()
