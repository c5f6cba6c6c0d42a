"""What the machine does of a claim, once whoever asked has had their answer: look up, then send or hand over to staff."""

from collections import Counter
from datetime import timedelta
from typing import Final

from lierre.people.claiming.mailing import message
from lierre.people.claiming.vouching import weigh_answers
from lierre.people.models import Claim, ContactPoint, Person
from lierre.people.models.merge import standing

BY: Final = "people.claims"
AT_ONCE: Final = 100
A_DAY: Final = timedelta(days=1)
MOST_LINKS: Final = 3  # a day, to the same address
MOST_GUESSES: Final = 3  # a day, about the same name and birth


def see_to_claims() -> Counter[str]:
    """Twice changes nothing: each claim moves from a state to another once."""
    told: Counter[str] = Counter()
    for claim in Claim.objects.due()[:AT_ONCE]:
        if claim.claim():
            claim.refresh_from_db()
            told[see_to(claim)] += 1
    return told


def see_to(claim: Claim) -> str:
    if claim.state == Claim.State.PENDING:
        said = weigh_answers(claim)
        return send(claim) if said == "vouched" and claim.claim() else said
    if claim.state != Claim.State.RECEIVED:
        return send(claim)
    if asked_too_often(claim):
        claim.drop(by=BY)
        return "dropped"
    if claim.way == Claim.Way.NUMBER:
        claim.hand_over()
        return "pending"
    return recognise(claim)


def recognise(claim: Claim) -> str:
    """One link for each person who has this address: two of one family may share it."""
    found = persons_at(claim.email)
    if not found:
        claim.drop(by=BY)
        return "dropped"
    first, *others = found
    for other in others:
        Claim.receive("address", email=claim.email, by=BY).recognise(other, by=BY)
    claim.recognise(first, by=BY)
    claim.refresh_from_db()
    return send(claim) if claim.claim() else "accepted"


def persons_at(email: str) -> list[Person]:
    """Those who have this address, alive, whom mail sent there reaches."""
    points = ContactPoint.objects.filter(kind=ContactPoint.Kind.EMAIL, value=email, refused=False)
    found = Person.objects.alive().filter(pk__in=points.values("person_id")).select_related("account").order_by("pk")
    return list({person.pk: person for person in map(standing, found[:5])}.values())


def asked_too_often(claim: Claim) -> bool:
    """For the same address, or about the same person: said to nobody, so that it tells nothing."""
    earlier = Claim.objects.lately(A_DAY).filter(pk__lt=claim.pk)
    if claim.way == Claim.Way.ADDRESS:
        return earlier.filter(way=claim.way, email=claim.email).count() >= MOST_LINKS
    same = earlier.filter(way=claim.way)
    about = same.filter(family__iexact=claim.family, born=claim.born)
    return max(same.filter(email=claim.email).count(), about.count()) >= MOST_GUESSES


def send(claim: Claim) -> str:
    """At least once, and the same link each time. No transaction is open meanwhile."""
    if claim.state == Claim.State.ACCEPTED:
        claim.leave()
    try:
        message(claim).send()
    except Exception:
        claim.come_back()
        return "put off"
    claim.arrive()
    return "sent"
