"""What looking for lost classmates holds about people: the register of the domain reads this."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from lierre.community.models import Barring, Proposal
from lierre.foundation.personal_data import Holding, LegalBasis, declare
from lierre.people.models import Person

REACH = _("Let somebody of a class be reached again, if they wish.")


def proposals(someone: Any) -> QuerySet[Proposal]:
    """Those about the person, and those that they made."""
    found = Proposal.objects.all()
    if not isinstance(someone, Person):
        return found.none()
    return found.filter(Q(person=someone.pk) | Q(proposer=someone.pk))


def about(someone: Any) -> QuerySet[Proposal]:
    """What is told to them: who proposed a way is told to nobody, what became of one to nobody but the one whom it led to."""
    return proposals(someone).filter(person=someone.pk) if isinstance(someone, Person) else Proposal.objects.none()


def bars(someone: Any) -> QuerySet[Barring]:
    found = Barring.objects.all()
    return found.filter(person=someone.pk) if isinstance(someone, Person) else found.none()


declare(
    Holding(
        model="community.proposal", label=_("ways to reach somebody, proposed by a classmate"), fields=("state", "at"),
        purpose=REACH, legal_basis=LegalBasis.PUBLIC_TASK,
        retention=_("The address thirty days at most, unless its holder says yes; that it was proposed, a year."),
        rows_about=about, erase=lambda someone: proposals(someone).delete()[0],
    ),
    Holding(
        model="community.barring", label=_("members who may propose no more ways"), fields=("by_name", "at"),
        purpose=_("Keep people from being written to abusively."), legal_basis=LegalBasis.PUBLIC_TASK,
        retention=_("As long as the person is in the base."), rows_about=bars,
        erase=lambda someone: bars(someone).delete()[0],
    ),
)  # fmt: skip
