"""Class delegates say who was of their class. Two of them are worth one of staff, when the record says the same."""

from datetime import timedelta
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.people.claiming.evidence import candidates
from lierre.people.models import Claim, Delegate, Vouch

BY: Final = "people.claims"
ENOUGH: Final = 2
MOST_A_DAY: Final = 60
SHOWN: Final = 30


def asked_of(user: Any) -> list[Claim]:
    """The claims that a delegate may answer: of those who say that they are of the class, whether we know them or not."""
    charges = list(Delegate.objects.held_by(user))
    years = {charge.year for charge in charges}
    answered = Vouch.objects.filter(account=user.pk).values("claim_id")
    waiting = Claim.objects.to_judge().filter(year__in=years).exclude(pk__in=answered).order_by("asked_at")
    concerned = (claim for claim in waiting if any(each.concerns(claim.year, claim.degree) for each in charges))
    return [claim for claim, _place in zip(concerned, range(SHOWN), strict=False)]


def vouch(claim: Claim, answer: str, *, by: Any) -> None:
    """Kept once, and no more is said. What follows is done later, so that the time it takes tells nothing either."""
    lately = Vouch.objects.filter(account=by.pk, at__gt=timezone.now() - timedelta(days=1))
    if lately.count() >= MOST_A_DAY:
        raise Refused(_("You have answered a great deal today: go on tomorrow."))
    try:
        with transaction.atomic():
            Vouch.objects.create(claim=claim, account=by, answer=answer)
            record("claim.answered", claim, by=by, answer=answer)
            yes = claim.vouches.saying(Vouch.Answer.YES).count()
            if yes >= ENOUGH:
                Claim.objects.to_judge().filter(pk=claim.pk).update(due_at=timezone.now())
    except IntegrityError:
        raise Refused(_("You have answered this already.")) from None


def weigh_answers(claim: Claim) -> str:
    """Accepted, when nobody said no and one record alone says what was said. Else it waits for staff, as it did."""
    said = list(claim.vouches.values_list("answer", flat=True))
    fitting = [each for each in candidates(claim) if each.may_be_vouched_for]
    doubtful = Vouch.Answer.NO in said or said.count(Vouch.Answer.YES) < ENOUGH
    if doubtful or len(fitting) != 1 or fitting[0].person.account_id or fitting[0].person.died:
        claim.hand_back()
        return "pending"
    claim.accept(fitting[0].person, by=BY, reason=_("Two delegates of the class vouch for them."), vouched=True)
    return "vouched"
