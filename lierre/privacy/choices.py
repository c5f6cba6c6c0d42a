"""What someone has chosen, folded from what they said. While persons are merged, the stricter choice of the two holds."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone

from lierre.privacy.models import Consent
from lierre.privacy.oneness import Absorbed, absorbed_by

Said = Consent.Said
Subject = int | str | None


@dataclass(slots=True)
class Choice:
    """What holds for one purpose. `said` is "yes", "no", or "" when nobody asked."""

    said: str = ""
    frequency: int = 0
    last: Consent | None = None


@dataclass(slots=True)
class Choices:
    """`everything`: "no", "pause", "restrict", or "". `rhythm`: days between two messages, whatever they are about."""

    person_id: int
    everything: str = ""
    rhythm: int = 0
    until: date | None = None
    by_purpose: dict[int, Choice] = field(default_factory=dict)
    also: frozenset[int] = frozenset()  # persons merged into this one
    lines: list[Consent] = field(default_factory=list)  # all that was said, the latest first

    def of(self, purpose_id: int) -> Choice:
        return self.by_purpose.get(purpose_id, Choice())

    @property
    def everyone(self) -> frozenset[int]:
        return self.also | {self.person_id}


def choices_of(person_ids: Collection[int], at: datetime | None = None) -> dict[int, Choices]:
    """For each, what holds at that moment: two questions to the base for all of them."""
    absorbed = absorbed_by(person_ids)
    everybody = set(person_ids) | {other for others in absorbed.values() for other in others}
    said: dict[int, list[Consent]] = {number: [] for number in everybody}
    lines = Consent.objects.of(*everybody).until_moment(at or timezone.now()).select_related("purpose")
    for consent in lines.order_by("at", "id"):
        said[consent.person_id].append(consent)
    return {number: folded(number, said, absorbed, timezone.localdate(at)) for number in person_ids}


def folded(number: int, said: dict[int, list[Consent]], absorbed: Absorbed, day: date) -> Choices:
    """The last word of each, then the strictest; but what is said after the merging is said by the one they have become."""
    others = absorbed[number]
    found = Choices(number, also=frozenset(others))
    merged_at = max(others.values(), default=None)
    fresh = {subject_of(each) for each in said[number] if merged_at is not None and each.at > merged_at}
    for who in (number, *others):
        for subject, last in last_words(said[who]).items():
            if who != number and subject in fresh:
                continue
            if subject == Said.RHYTHM:
                found.rhythm = max(found.rhythm, last.frequency)
            elif last.purpose_id is None:
                keep_global(found, last, day)
            else:
                found.by_purpose[last.purpose_id] = stricter(found.of(last.purpose_id), last)
    lines = (each for who in (number, *others) for each in said[who])
    found.lines = sorted(lines, key=lambda each: (each.at, each.pk), reverse=True)
    return found


def subject_of(line: Consent) -> Subject:
    """What a later line replaces: the number of a purpose, how often, or everything."""
    return str(Said.RHYTHM) if line.said == Said.RHYTHM else line.purpose_id


def last_words(lines: Iterable[Consent]) -> dict[Subject, Consent]:
    return {subject_of(each): each for each in lines}


def keep_global(found: Choices, last: Consent, day: date) -> None:
    """A refusal is stricter than a restriction, and that than a pause."""
    order = ("", Said.PAUSE, Said.RESTRICT, Said.NO)
    over = last.said == Said.RESUME or (last.said == Said.PAUSE and last.until is not None and last.until < day)
    said = "" if over else last.said
    if order.index(said) > order.index(found.everything):
        found.everything, found.until = said, last.until


def stricter(one: Choice, last: Consent) -> Choice:
    """A refusal wins over an agreement, and the rarer over the more frequent."""
    if one.said == Said.NO:
        return one
    frequency = max(one.frequency, last.frequency)
    if last.said == Said.NO:
        return Choice(Said.NO, frequency, last)
    return Choice(Said.YES, frequency, last)
