"""What brings the people of the house together: groups, a ceremony, a way to reach somebody."""

from typing import TYPE_CHECKING

from django.utils import timezone

from lierre.accounts.models import User
from lierre.community.graduating.leaving import leave_unknown
from lierre.community.models import Barring, Capture, Ceremony, CeremonyDay, Group, Membership, Proposal
from lierre.people.models import Person

if TYPE_CHECKING:
    from tests.house import House


def together(person: Person, by: User) -> tuple[Group, Membership]:
    """A group, and somebody who asks to join it."""
    group = Group.make("Les juristes de Brest", "association", by=by, about="Se retrouver une fois par an.")
    return group, Membership.ask(group, person, by=by)


def welcome(house: "House") -> None:
    """Somebody who holds every role is in the group, hosts it, and is invited to another one."""
    person = house.belongings[house.everybody.pk].person
    inside = Membership.ask(house.group, person, by=house.everybody)
    inside.enter(by=house.everybody)
    inside.give_keys(True, by=house.everybody)
    other = Group.make("Rennes", "city", by="the tests")
    Membership.invite(other, person, by=house.everybody)
    Barring.objects.create(person=house.belongings[house.users["recruiter"].pk].person, by_name="the tests")


def ceremony(by: User) -> tuple[Ceremony, Capture]:
    """Held today, and somebody unknown who left an address there."""
    held = Ceremony.hold(
        name="Remise des diplômes", degree="Master Statistique et société", year=2014, day=timezone.localdate(), by=by
    )  # fmt: skip
    evidence = {"given": "Amélie", "family": "Hervé", "born": "1991-05-17", "number": "21004412"}
    left = leave_unknown(held, "a.herve@ailleurs.example", [], evidence, by="the tests")
    left.leave()
    CeremonyDay.count(held, "opened")
    return held, left


def proposal(person: Person) -> Proposal:
    """An invitation that has left, and that somebody reported."""
    kept = Proposal.keep(person, "perdue@ailleurs.example", "0" * 32, proposer=person, by="the tests")
    kept.leave()
    kept.arrive()
    kept.report(by="the tests")
    kept.refresh_from_db()
    return kept
