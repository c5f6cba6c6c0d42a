"""To whom a mailing goes: those whom its segment holds, less those who may not be written to, and why, counted."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import timedelta
from typing import Any, Final

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lierre.foundation.personal_data import LegalBasis
from lierre.people.directory.viewer import Viewer
from lierre.people.models import ContactPoint, Person
from lierre.people.segments import people
from lierre.privacy.contacting import may_contact_all
from lierre.privacy.models import Contact, Purpose
from lierre.privacy.oneness import absorbed_by
from lierre.publishing.models import Mailing, MailingRules

A_SLICE: Final = 1_000
A_WEEK: Final = timedelta(days=7)


def topics() -> list[tuple[str, str]]:
    """What somebody may subscribe to in the preference centre, by mail: its key and its name, each once."""
    known: dict[str, str] = {}
    for purpose in Purpose.objects.topics().filter(channel=Purpose.Channel.EMAIL).order_by("population", "label"):
        known.setdefault(purpose.key, purpose.label)
    return sorted(known.items(), key=lambda each: each[1])


def held(mailing: Mailing) -> list[int]:
    """With the eyes of whoever wrote it: nobody reaches those they may not see."""
    viewer = Viewer.of(mailing.owner) if mailing.owner else Viewer(everything=True)
    return people(mailing.segment, viewer)


def sliced(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    return (numbers[start : start + A_SLICE] for start in range(0, len(numbers), A_SLICE))


def sift(numbers: Collection[int], topic: str) -> tuple[dict[int, str], Counter[str]]:
    """The address of each who may be written to now; how many may not, by the first reason of each."""
    persons = list(Person.objects.filter(pk__in=numbers))
    reasons = refusals(persons, topic)
    addresses = best_addresses(numbers)
    aside = Counter(reasons.values())
    chosen = {each.pk: addresses[each.pk] for each in persons if each.pk not in reasons and each.pk in addresses}
    return chosen, aside


def refusals(persons: Collection[Person], topic: str) -> dict[int, str]:
    """Why not, for those who may not be written to: what privacy answers, then what the house allows itself."""
    found = {number: answer.reason for number, answer in may_contact_all(persons, topic).items() if not answer}
    return too_often([each.pk for each in persons], topic) | found


def too_often(numbers: Collection[int], topic: str) -> dict[int, str]:
    """Those who received as much as the house sends to anybody in a week, whichever service wrote."""
    rules = MailingRules.in_force()
    if not (rules.a_week or rules.a_topic_a_week):
        return {}
    # Whoever was merged keeps their contacts: the one they have become received them too.
    bearer = {gone: kept for kept, others in absorbed_by(numbers).items() for gone in others}
    asked = {*numbers, *bearer}
    lately = Contact.objects.filter(person__in=asked, at__gt=timezone.now() - A_WEEK, channel=Purpose.Channel.EMAIL)
    free = lately.exclude(purpose__legal_basis=LegalBasis.LEGAL_OBLIGATION)
    every: Counter[int] = Counter()
    same: Counter[int] = Counter()
    for number, key, count in free.order_by().values_list("person", "purpose__key").annotate(Count("pk")):
        every[bearer.get(number, number)] += count
        same[bearer.get(number, number)] += count if key == topic else 0
    found = {number: said(count) for number, count in every.items() if 0 < rules.a_week <= count}
    subject = _("They received a message on this subject this week already.")
    return found | {number: subject for number, count in same.items() if 0 < rules.a_topic_a_week <= count}


def said(count: int) -> str:
    words = ngettext(
        "They received %(count)d message this week already.",
        "They received %(count)d messages this week already.",
        count,
    )
    return words % {"count": count}


def best_addresses(numbers: Collection[int]) -> dict[int, str]:
    """One for each: proven before the others, personal before that of an office, then the latest said."""
    alive = ContactPoint.objects.filter(person__in=numbers, kind="email", refused=False)
    ranked = sorted(alive, key=lambda each: (bool(each.confirmed), each.use != "work", each.record_id))
    return {each.person_id: each.value.strip().lower() for each in ranked}


def shared() -> str:
    return _("Their address is also that of somebody else, who receives it.")


def reckon(mailing: Mailing) -> dict[str, Any]:
    """Who would receive it now. Nothing is frozen: it is counted again when it leaves."""
    numbers = held(mailing)
    kept, aside, known = 0, Counter[str](), set[str]()
    for some in sliced(numbers):
        chosen, refused = sift(some, mailing.topic)
        fresh = set(chosen.values()) - known
        known |= fresh
        kept += len(fresh)
        aside += refused
        if len(chosen) > len(fresh):
            aside[shared()] += len(chosen) - len(fresh)
    found = {"total": len(numbers), "kept": kept, "aside": [list(each) for each in aside.most_common()]}
    Mailing.objects.filter(pk=mailing.pk, began_at=None).update(reckoned=found)
    mailing.reckoned = found
    return found
