"""From a phone at the ceremony to the record: somebody signed in at once, the others by a claim that staff judges."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lierre.community.models import Capture, Ceremony, CeremonyDay
from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.people.choosing import tell
from lierre.people.claiming.opening import link
from lierre.people.claiming.recognising import persons_at
from lierre.people.models import Claim, Person
from lierre.people.models.merge import standing
from lierre.privacy.choices import choices_of
from lierre.privacy.models import Consent, Population, Purpose, note_sign
from lierre.privacy.populations import population_of

BY: Final = "community.graduating"
MOST_LINKS: Final = 3  # a day, to the same address


def topics() -> list[Purpose]:
    """What somebody who graduates may agree to: purposes that ask for it, and no others."""
    found = Purpose.objects.topics().of(Population.GRADUATES).filter(legal_basis="consent")
    return list(found.select_related("controller"))


def person_of(user: Any) -> Person | None:
    """Whose account this is; else the one person whom the institution knows by the address that they signed in with."""
    person = Person.objects.filter(account=user.pk).first()
    if person is not None:
        return person
    known = [each for each in persons_at(user.email.lower()) if each.account_id is None]
    return known[0] if len(known) == 1 else None


def leave_signed_in(ceremony: Ceremony, person: Person, email: str, agreed: Iterable[Purpose], *, by: Any) -> Capture:
    """What they agree to holds at once: they signed in. The address waits until it answers."""
    with transaction.atomic():
        if person.account_id is None:
            link(person, by)
        given = {topic.pk: topic for topic in agreed}
        held = choices_of([person.pk])[person.pk]
        for topic in topics():
            before = held.of(topic.pk).said
            said = "yes" if topic.pk in given else "no"
            if said != before and (said == "yes" or before == "yes"):
                Consent.write(person, said, purpose=topic, how=Consent.How.ACCOUNT, words=words_of(topic), by=by)
        return receive(ceremony, email, {}, by=by, person=person)


def leave_unknown(
    ceremony: Ceremony, email: str, agreed: Iterable[Purpose], evidence: dict[str, Any], *, by: Any
) -> Capture:
    """Nothing is looked up here: the answer is the same for everybody. Staff, or the delegates of the class, judge."""
    with transaction.atomic():
        said = {str(topic.pk): words_of(topic) for topic in agreed}
        claim = Claim.receive(
            "number", email=email, by=by, year=ceremony.year, degree=ceremony.degree[:200], **evidence
        )
        return receive(ceremony, email, said, by=by, claim=claim)


def receive(ceremony: Ceremony, email: str, said: dict[str, str], *, by: Any, **whose: Any) -> Capture:
    kept = Capture.objects.create(ceremony=ceremony, email=email.lower(), said=said, **whose)
    record("capture.received", whose.get("person") or ceremony, by=by, capture=kept.pk)
    CeremonyDay.count(ceremony, "done")
    return kept


def words_of(topic: Purpose) -> str:
    """What stood beside the box: the proof."""
    return f"{topic.label}. {topic.why}"[:2_000]


def confirmed(capture: Capture) -> None:
    """The link was followed and the button pressed: the address is theirs. Pressed again, nothing more happens."""
    with transaction.atomic():
        if not capture.confirm(by=capture.person or _("whoever holds the address")):
            return
        CeremonyDay.count(capture.ceremony, "confirmed")
        if capture.person:
            keep(capture)


def keep(capture: Capture) -> None:
    """What was left goes into the record, in the name of the person."""
    person = standing(capture.person or whoever_claimed(capture))
    with transaction.atomic():
        tell(
            person,
            {"contacts": [{"kind": "email", "value": capture.email, "use": "personal", "confirmed": True}]},
            by=person.account or BY,
        )
        population = population_of(person)
        for topic in Purpose.objects.in_force().filter(pk__in=[int(number) for number in capture.said]):
            if topic.population in {population, Population.GRADUATES}:
                Consent.write(
                    person, "yes", purpose=topic, how=Consent.How.LINK, words=capture.said[str(topic.pk)],
                    by=person.account or BY, at=capture.at,
                )  # fmt: skip
        note_sign(person, "click")
        Capture.objects.filter(pk=capture.pk).update(person=person)
        capture.settle(by=BY)


def whoever_claimed(capture: Capture) -> Person:
    if capture.claim is None or capture.claim.person is None:
        raise Refused(_("It is not known yet whose this is."))
    return capture.claim.person


def keep_recognised() -> int:
    """Those whose claim was accepted since, and whose link was followed."""
    waiting = Capture.objects.recognised().select_related("ceremony", "person", "claim__person__account")
    kept = 0
    for capture in waiting[:200]:
        keep(capture)
        kept += 1
    return kept


def may_be_sent(capture: Capture) -> bool:
    """A few a day to one address, whoever typed it."""
    since = timezone.now() - timedelta(days=1)
    earlier = Capture.objects.filter(email=capture.email, at__gt=since, pk__lt=capture.pk)
    return earlier.exclude(state="dropped").count() < MOST_LINKS
