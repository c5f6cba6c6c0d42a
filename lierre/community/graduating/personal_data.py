"""What ceremonies hold about people: the register of the domain reads this."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from lierre.community.models import Capture, Ceremony
from lierre.foundation.personal_data import Holding, LegalBasis, declare
from lierre.people.models import Person

STAY = _("Keep a way to reach those who graduate, once the address of their studies closes.")


def captures(someone: Any) -> QuerySet[Capture]:
    found = Capture.objects.all()
    if not isinstance(someone, Person):
        return found.none()
    return found.filter(Q(person=someone.pk) | Q(claim__person=someone.pk)).distinct()


def prepared_by(someone: Any) -> QuerySet[Ceremony]:
    return Ceremony.objects.filter(made_by=str(someone) if isinstance(someone, get_user_model()) else None)


declare(
    Holding(
        model="community.capture", label=_("addresses left at ceremonies"), fields=("email", "said", "state", "at"),
        purpose=STAY, legal_basis=LegalBasis.CONSENT,
        retention=_("Four months: by then it is in the record, or it was never confirmed."), rows_about=captures,
        erase=lambda someone: Capture.objects.filter(pk__in=list(captures(someone).values_list("pk", flat=True))).delete()[0],
    ),
    Holding(
        model="community.ceremony", label=_("ceremonies"), fields=("made_by", "made_at"), purpose=STAY,
        legal_basis=LegalBasis.PUBLIC_TASK, retention=_("As long as the base."), rows_about=prepared_by,
        kept_because=_("Only the name of the member of staff who prepared it stands in it."),
    ),
)  # fmt: skip
