"""Classmates whom the school lost, and the ways that were proposed to reach them: answered, refused, silenced, reported."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from django.utils import timezone

from demo.loading.house import BY, source
from demo.spelling import compact
from lierre.accounts.models import User
from lierre.community.models import Proposal
from lierre.community.reaching.answering import say_never, say_no, say_yes
from lierre.community.reaching.looking import Lost
from lierre.community.reaching.permission import note_contact
from lierre.community.reaching.proposing import propose
from lierre.people.models import Person, Study
from lierre.people.saying import say

RETURNED: Final = "Courrier de l’association revenu : n’habite plus à l’adresse indiquée."
HOLDER: Final = "the holder of the address, by its link"
LOST_OF_EACH: Final = 4


def found_again(proposal: Proposal) -> None:
    year = Study.objects.filter(person=proposal.person).exclude(year=None).values_list("year", flat=True)[0]
    say_yes(proposal, family=proposal.person.family, year=year or 0)


def reported(proposal: Proposal) -> None:
    proposal.report(by=HOLDER)


def unanswered(proposal: Proposal) -> None:
    proposal.end(Proposal.State.EXPIRED, by=BY)


def waits(_proposal: Proposal) -> None:
    """The message left some days ago."""


# Who proposes → what becomes of each way, and how many days ago it was proposed.
WAYS: Final[dict[str, tuple[tuple[Callable[[Proposal], None], int], ...]]] = {
    "Amélie Hervé": ((waits, 3), (found_again, 16)),
    "Nolwenn Prigent": ((say_no, 20), (reported, 5)),
    "Erwan Bellec": ((say_never, 25), (unanswered, 40)),
}


def propose_ways(accounts: dict[str, User], *, by: User) -> int:
    """How many ways were proposed. `by`: the alumni office, who heard that mail comes back."""
    for name, ways in WAYS.items():
        looks = Lost.of(accounts[name])
        if looks is None:
            continue
        go_missing(looks, by=by)
        looks = Lost.of(accounts[name])
        assert looks is not None
        for person, (end, days) in zip(first_of(looks), ways, strict=False):
            proposed(looks.person, person, end, days, by=accounts[name])
    return Proposal.objects.count()


def go_missing(looks: Lost, *, by: User) -> None:
    """Some of their class, by number: two more than ways will be proposed to, so that the page is not empty."""
    missing = looks.unreachable
    mates = Person.objects.alive().filter(pk__in=looks.mates, account=None, lost=False, do_not_contact=False)
    for person in mates.exclude(pk__in=missing).order_by("-pk")[: max(0, LOST_OF_EACH - len(missing))]:
        say({"lost": True}, source=source("association"), by=by, person=person, reason=RETURNED)


def first_of(looks: Lost) -> list[Person]:
    free = Person.objects.filter(pk__in=looks.unreachable, do_not_contact=False, account=None)
    return list(free.order_by("pk"))


def proposed(
    proposer: Person, person: Person, end: Callable[[Proposal], None], days: int, *, by: User
) -> None:  # fmt: skip
    address = f"{compact(person.given)}.{compact(person.family)}{person.pk}@retrouve.example"
    propose(person, address, proposer=proposer, by=by)
    kept = Proposal.objects.get(proposer=proposer, person=person)
    note_contact(person)
    kept.leave()
    kept.arrive()
    kept.refresh_from_db()
    end(kept)
    Proposal.objects.filter(pk=kept.pk).update(at=timezone.now() - timedelta(days=days))
