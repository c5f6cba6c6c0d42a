"""May we write to this person, for this, by this way, now? Every domain that writes to people asks here first."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lierre.foundation.errors import Refused
from lierre.people.models import Person
from lierre.people.models.merge import standing
from lierre.privacy.answer import Answer
from lierre.privacy.choices import Choice, Choices, choices_of
from lierre.privacy.models import Contact, Purpose
from lierre.privacy.models.contact import A_YEAR
from lierre.privacy.obstacles import Obstacles, obstacles_of
from lierre.privacy.populations import populations_of
from lierre.privacy.silence import Heard, heard_of


@dataclass(frozen=True, slots=True)
class File:
    """What is needed to answer about many persons at once, read in a few questions whatever their number."""

    at: datetime
    obstacles: Obstacles
    choices: dict[int, Choices]
    heard: dict[int, Heard]
    contacts: dict[int, list[Contact]]  # of the last twelve months, the latest first

    def answer(self, person: Person, purpose: Purpose, channel: str) -> Answer:
        """The first reason why not, in the order in which a person would give them."""
        if why := self.cannot(person, channel) or (not purpose.is_owed and self.may_not(person, purpose)):
            return Answer(False, str(why))
        return Answer(True, _("The law asks for it.") if purpose.is_owed else _("Nothing forbids it."))

    def cannot(self, person: Person, channel: str) -> str:
        """What no right changes: they are gone, or no way leads to them."""
        if person.died:
            return _("This person has died.")
        if person.lost:
            return _("This person is lost from sight.")
        if channel != Purpose.Channel.NONE and (person.pk, channel) not in self.obstacles.reachable:
            return (
                _("What we hold to reach them came back.")
                if (person.pk, channel) in self.obstacles.refused
                else _("We hold no way to reach them.")
            )
        return ""

    def may_not(self, person: Person, purpose: Purpose) -> str:
        """What they said, then their silence, then how often they were written to."""
        chosen = self.choices[person.pk]
        if person.do_not_contact or chosen.everything == "no":
            return _("They asked not to be written to.")
        if person.pk in self.obstacles.objecting:
            return _("They object, and their request is being handled.")
        if chosen.everything == "restrict":
            return _("They asked that the use of their data be frozen.")
        if chosen.everything == "pause":
            return _("They asked for a pause.")
        choice = chosen.of(purpose.pk)
        if choice.said == "no":
            return _("They refused this.")
        if purpose.needs_consent and choice.said != "yes":
            return _("They never agreed to this.")
        return self.too_long(chosen, purpose) or self.too_often(chosen, choice, purpose)

    def too_long(self, chosen: Choices, purpose: Purpose) -> str:
        """Each purpose has its clock, from the day somebody starts them all."""
        heard = Heard()
        for who in chosen.everyone & self.heard.keys():
            heard = heard.with_(self.heard[who])
        over = heard.is_over(purpose, timezone.localdate(self.at))
        return _("They gave no sign for too long: this purpose is over for them.") if over else ""

    def too_often(self, chosen: Choices, choice: Choice, purpose: Purpose) -> str:
        made = [each for who in chosen.everyone for each in self.contacts.get(who, ())]
        free = max((each.at for each in made if not each.purpose.is_owed), default=None)
        if chosen.rhythm and free and self.at - free < timedelta(days=chosen.rhythm):
            return _("They asked to be written to less often, all subjects together.")
        same = max((each.at for each in made if each.purpose_id == purpose.pk), default=None)
        if choice.frequency and same and self.at - same < timedelta(days=choice.frequency):
            return _("They asked to be written to less often.")
        asked = sum(each.purpose.is_ask for each in made)
        if purpose.is_ask and asked >= self.obstacles.asks_a_year:
            told = ngettext(
                "They were asked something once this year.",
                "They were asked something %(count)d times this year.",
                asked,
            )
            return told % {"count": asked}
        return ""


def may_contact(
    person: Person, purpose: "Purpose | str", *, channel: str = "email", at: datetime | None = None
) -> Answer:
    """`purpose` is a purpose, or its key: the one that stands for the population of the person is then taken."""
    return may_contact_all([person], purpose, channel=channel, at=at)[person.pk]


def may_contact_all(
    persons: Collection[Person], purpose: "Purpose | str", *, channel: str = "email", at: datetime | None = None
) -> dict[int, Answer]:
    """The answer for each. Ask by slices of a few thousand."""
    at = at or timezone.now()
    for_each = purposes_for(persons, purpose)
    file = open_file(persons, [channel], at)
    found = {}
    for person in persons:
        theirs = for_each[person.pk]
        if theirs is None:
            found[person.pk] = Answer(False, _("No purpose of this name stands for them."))
        elif not theirs.is_open:
            found[person.pk] = Answer(False, _("This purpose is closed."))
        else:
            found[person.pk] = file.answer(person, theirs, channel)
    return found


def answers_for(person: Person, purposes: Collection[Purpose]) -> tuple[File, dict[int, Answer]]:
    """One person, several purposes, each by its own channel: what their page shows, and what was read to answer."""
    file = open_file([person], {each.channel for each in purposes}, timezone.now())
    return file, {each.pk: file.answer(person, each, each.channel) for each in purposes}


def purposes_for(persons: Collection[Person], purpose: "Purpose | str") -> dict[int, Purpose | None]:
    if isinstance(purpose, Purpose):
        return {person.pk: purpose for person in persons}
    known = {each.population: each for each in Purpose.objects.filter(key=purpose)}
    populations = populations_of(persons) if known else {}
    return {person.pk: known.get(populations.get(person.pk, "")) for person in persons}


def open_file(persons: Collection[Person], channels: Collection[str], at: datetime) -> File:
    numbers = [person.pk for person in persons]
    choices = choices_of(numbers, at)
    everybody = {who for chosen in choices.values() for who in chosen.everyone}
    obstacles = obstacles_of(numbers, channels)
    contacts: dict[int, list[Contact]] = {}
    for each in Contact.objects.of(*everybody).within(at - A_YEAR, at).select_related("purpose"):
        contacts.setdefault(each.person_id, []).append(each)
    heard = heard_of(everybody) if obstacles.clock_runs else {}
    return File(at=at, obstacles=obstacles, choices=choices, heard=heard, contacts=contacts)


def record_contact(
    person: Person, purpose: "Purpose | str", *, service: str, channel: str = "email", at: datetime | None = None
) -> Contact:
    """Write it down just before it is done. Asked again under a lock: two services cannot both take the last ask."""
    with transaction.atomic():
        # Whoever they are today: two persons who became one have one lock, and one budget.
        locked = Person.objects.select_for_update(of=("self",)).get(pk=standing(person).pk)
        theirs = purposes_for([locked], purpose)[locked.pk]
        answer = may_contact(locked, purpose, channel=channel, at=at)
        if not answer or theirs is None:
            raise Refused(answer.reason)
        return Contact.objects.create(
            person=locked, purpose=theirs, service=service, channel=channel, at=at or timezone.now()
        )
