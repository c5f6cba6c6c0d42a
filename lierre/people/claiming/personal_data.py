"""What delegates and their answers are about: the register of the domain reads this."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lierre.foundation.personal_data import Holding, LegalBasis, declare
from lierre.people.models import Delegate, Person, Vouch

TRUST = _("Know who of a class says whose a record is.")


def account_of(someone: Any) -> int:
    """0, which is nobody's, without an account."""
    if isinstance(someone, Person):
        return someone.account_id or 0
    return int(someone.pk) if isinstance(someone, get_user_model()) else 0


def charges(someone: Any) -> QuerySet[Delegate]:
    return Delegate.objects.filter(account=account_of(someone))


def answers(someone: Any) -> QuerySet[Vouch]:
    return Vouch.objects.filter(account=account_of(someone))


declare(
    Holding(
        model="people.delegate", label=_("class delegates"), fields=("degree", "year", "since", "until", "named_by"),
        purpose=TRUST, legal_basis=LegalBasis.PUBLIC_TASK,
        retention=_("As long as the account; a charge that is over stays, with its dates."), rows_about=charges,
        erase=lambda someone: charges(someone).delete()[0],
    ),
    Holding(
        model="people.vouch", label=_("answers of class delegates"), fields=("answer", "at"),
        purpose=TRUST, legal_basis=LegalBasis.PUBLIC_TASK,
        retention=_("As long as the claim: a month after it was settled."), rows_about=answers,
        erase=lambda someone: answers(someone).delete()[0],
    ),
)  # fmt: skip
