"""Whoever received the invitation answers: yes, and who they are; no; never again. The proposer learns nothing."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lierre.community.models import Proposal, Silence
from lierre.foundation.errors import Refused
from lierre.people.choosing import tell
from lierre.people.fold.text import folded
from lierre.people.models import Person, Record, Study
from lierre.people.models.merge import standing
from lierre.privacy.models import note_sign


def say_yes(proposal: Proposal, *, family: str, year: int) -> None:
    """Who they are, in two things that a stranger would have to guess: then the address is theirs, and goes to the record."""
    person, address = standing(proposal.person), proposal.address
    check_open(proposal)
    if not is_them(person, family, year):
        left = proposal.miss()
        if not left:
            say_no(proposal)
            raise Refused(_("It is not what we know. The address is destroyed: nothing more will be sent to it."))
        sentence = ngettext(
            "It is not what we know: one try is left.", "It is not what we know: %(count)d tries are left.", left
        )
        raise Refused(sentence % {"count": left})
    with transaction.atomic():
        speaker: Any = person.account or _("the holder of the address, by its link")
        proposal.end(Proposal.State.ACCEPTED, by=speaker)
        point = {"kind": "email", "value": address, "use": "personal", "confirmed": True}
        tell(person, {"contacts": [point], **({"lost": False} if person.lost else {})}, by=speaker)
        note_sign(person, "answer")


def say_no(proposal: Proposal) -> None:
    check_open(proposal)
    proposal.end(Proposal.State.REFUSED, by=_("the holder of the address, by its link"))


def say_never(proposal: Proposal) -> None:
    """The address goes; its mark stays, so that nobody has it written to again by this way."""
    check_open(proposal)
    with transaction.atomic():
        proposal.end(Proposal.State.SILENCED, by=_("the holder of the address, by its link"))
        Silence.objects.get_or_create(mark=proposal.mark)


def check_open(proposal: Proposal) -> None:
    if not proposal.is_open:
        raise Refused(_("This link asks nothing any more: it was answered, or its time is over."))


def is_them(person: Person, family: str, year: int) -> bool:
    """A name that was ever theirs, and a year in which they graduated."""
    told = [record.said for record in Record.objects.of([person.pk]).spoken()]
    names = {folded(str(facts[name])) for facts in told for name in ("family", "usage", "former") if facts.get(name)}
    years = set(Study.objects.filter(person=person).values_list("year", flat=True))
    return folded(family) in names and year in years
