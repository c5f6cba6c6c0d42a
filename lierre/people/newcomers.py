"""Someone new, typed by hand: first a look at those who might be the same person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from lierre.foundation.errors import Refused
from lierre.people.fold.text import folded
from lierre.people.importing.screening import refuse_unwanted
from lierre.people.matching.keys import keys_of
from lierre.people.models import MatchingRule, Person, Record, RecordKey
from lierre.people.reconciling.asking import match_line
from lierre.people.saying import say, staff_source

MOST: Final = 10


@dataclass(frozen=True, slots=True)
class Resemblance:
    """
    `same_keys`: bear a number that belongs to one person only. `same_name`: might be someone else. `likely`: whom the
    matching takes them for, under another name or in spite of a mistake.
    """

    same_keys: Sequence[Person] = ()
    same_name: Sequence[Person] = ()
    likely: Sequence[Person] = ()

    def __bool__(self) -> bool:
        return bool(self.same_keys or self.same_name or self.likely)

    @property
    def may_be_others(self) -> Sequence[Person]:
        return [*self.same_name, *self.likely]


def resembling(facts: Mapping[str, Any]) -> Resemblance:
    """Those of the base who bear one of these numbers or e-mails, then those who bear this name, then those alike."""
    records = RecordKey.objects.filter(hash__in=proven_hashes(facts)).values("record_id")
    by_key = Person.objects.filter(pk__in=Record.objects.filter(pk__in=records).values("person_id"))[:MOST]
    given, known = folded(facts.get("given", "")), [person.pk for person in by_key]
    names = {folded(facts[name]) for name in ("family", "usage") if facts.get(name)}
    by_name = Person.objects.filter(entry__sort__in=[f"{name}, {given}" for name in names]).exclude(pk__in=known)[:MOST]
    shown = {*known, *(person.pk for person in by_name)}
    return Resemblance(list(by_key), list(by_name), [person for person in likely(facts) if person.pk not in shown])


def likely(facts: Mapping[str, Any]) -> list[Person]:
    """Whom one line may speak of enough for somebody to be asked: what an import would ask, for a form."""
    matches = match_line(facts)
    if not matches:
        return []
    least = MatchingRule.in_force().ask_from
    numbers = [one.person for one in matches if one.probability >= least]
    found = Person.objects.in_bulk(numbers) if numbers else {}
    return [found[number] for number in numbers if number in found]


def proven_hashes(facts: Mapping[str, Any]) -> list[int]:
    """Of the strong keys that these facts carry, were every e-mail proven."""
    proven = [{**contact, "confirmed": True} for contact in facts.get("contacts", ())]
    return [key.hash for key in keys_of({**facts, "contacts": proven}, staff_source().pk)]


def welcome(facts: Mapping[str, Any], *, reason: str, by: Any, someone_else: bool = False) -> Person:
    """Keep what staff says of someone new. Refused when a number of theirs belongs to somebody already."""
    if not reason.strip():
        raise Refused(_("Say how you know of this person: the next reader will ask."))
    refuse_unwanted(proven_hashes(facts), facts)
    alike = resembling(facts)
    if alike.same_keys:
        raise Refused(_("%(person)s already bears this number or this e-mail: correct that record instead.")
                      % {"person": alike.same_keys[0]})  # fmt: skip
    if alike.same_name and not someone_else:
        raise Refused(_("Somebody of this name is already known: look whether it is the same person."))
    if alike.likely and not someone_else:
        raise Refused(_("Somebody already known resembles this person: look whether it is the same one."))
    kept = say(facts, source=staff_source(), by=by, reason=reason, verb="person.created")
    assert kept.person is not None
    return kept.person
