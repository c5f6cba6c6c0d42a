"""A classmate proposes an address. What they are told is always the same; what follows happens later, or not at all."""

from datetime import timedelta
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lierre.community.models import Barring, Proposal, Silence
from lierre.community.reaching.permission import is_suppressed, mark_of_address, reason_not_to
from lierre.foundation.errors import Refused
from lierre.people.models import Person

MOST_A_WEEK: Final = 5
MOST_WAITING: Final = 2  # for one person at the same time
ONE_YEAR: Final = timedelta(days=365)
BY: Final = "community.reaching"


def propose(person: Person, address: str, *, proposer: Person, by: Any) -> None:
    """Refused only for what the proposer knows anyway: how much they proposed, and that they are barred."""
    if Barring.objects.filter(person=proposer).exists():
        raise Refused(
            _("The alumni office asked you to propose nothing more. Write to it if you think it is a mistake.")
        )
    lately = Proposal.objects.filter(proposer=proposer, at__gt=timezone.now() - timedelta(days=7))
    if lately.count() >= MOST_A_WEEK:
        raise Refused(_("You have proposed several ways this week: thank you. Go on next week."))
    address, mark = address.lower(), mark_of_address(address)
    try:
        with transaction.atomic():
            Proposal.keep(person, address, mark, proposer=proposer, by=by)
    except IntegrityError:
        return  # it was proposed already: whoever proposes it again is told the same as the first


def why_not(proposal: Proposal) -> str:
    """Asked when it is about to leave, not when it is proposed: the time it takes tells nothing. In words for the base."""
    if Silence.objects.filter(mark=proposal.mark).exists():
        return "silence"
    if is_suppressed(proposal.address):
        return "suppressed"
    others = Proposal.objects.exclude(pk=proposal.pk)
    if others.filter(mark=proposal.mark, at__gt=timezone.now() - ONE_YEAR).exclude(state="dropped").exists():
        return "written to already"
    if others.pending().filter(person=proposal.person_id, pk__lt=proposal.pk).count() >= MOST_WAITING:
        return "several wait"
    return reason_not_to(proposal.person)
