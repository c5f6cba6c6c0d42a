"""The decision on one record: this person, a new one, or a question to someone."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from lierre.people.matching.keys import KINDS


@dataclass(frozen=True, slots=True)
class Verdict:
    """`person` is None for a new person, or when `candidates` must be shown to someone."""

    person: int | None = None
    link: int = 0  # the number of the kind of key that settled it
    candidates: tuple[int, ...] = ()


NEW = Verdict()


def decide(hits: Sequence[tuple[str, Set[int]]]) -> Verdict:
    """
    Judge by the persons that each key of the record points at.

    >>> decide([("ine", {12}), ("email", set())])
    Verdict(person=12, link=2, candidates=())
    >>> decide([("ine", {12}), ("student_number", {40})]).candidates
    (12, 40)
    >>> decide([("ine", set())]) == NEW
    True
    """
    persons = set().union(*(found for _kind, found in hits))
    if not persons:
        return NEW
    if len(persons) > 1:
        return Verdict(candidates=tuple(sorted(persons)))
    return Verdict(person=persons.pop(), link=min(KINDS[kind] for kind, found in hits if found))


def contradicts(said: Mapping[str, Any], known: Mapping[str, Any], *, corrects: bool = False) -> bool:
    """
    Whether two descriptions cannot be of one person: another national student number, or another full date of birth.

    A source that has already spoken of them may correct a date (`corrects`), never give them another number: schools
    have been seen to give the number of one student to another.

    >>> contradicts({"born": "1991-05-17"}, {"born": "1991-05-17", "ine": "0123456789A"})
    False
    >>> contradicts({"born": "1991"}, {"born": "1992-05-17"})
    True
    >>> contradicts({"born": "1991-05-18"}, {"born": "1991-05-17"}, corrects=True)
    False
    >>> contradicts({"ine": "0123456789A"}, {"ine": "1407412058K"}, corrects=True)
    True
    """
    if said.get("ine") and known.get("ine") and said["ine"] != known["ine"]:
        return True
    if corrects:
        return False
    one, other = said.get("born", ""), known.get("born", "")
    shared = min(len(one), len(other))
    return bool(one[:shared] != other[:shared])
