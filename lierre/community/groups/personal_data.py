"""What groups hold about people: the register of the domain reads this."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lierre.community.models import Group, Membership
from lierre.foundation.personal_data import Holding, LegalBasis, declare
from lierre.people.models import Person
from lierre.people.projection import changed

TOGETHER = _("Let people of a class, an association, a city or a laboratory find each other, as far as each allows.")


def memberships(someone: Any) -> QuerySet[Membership]:
    found = Membership.objects.all()
    return found.filter(person=someone.pk) if isinstance(someone, Person) else found.none()


def forget(someone: Any) -> int:
    rows = memberships(someone)
    changed(list(rows.values_list("person_id", flat=True)))
    return rows.delete()[0]


def made_by(someone: Any) -> QuerySet[Group]:
    return Group.objects.filter(made_by=str(someone) if isinstance(someone, get_user_model()) else None)


declare(
    Holding(
        model="community.membership", label=_("groups that one is in"), fields=("group", "state", "how", "hosts", "at"),
        purpose=TOGETHER, legal_basis=LegalBasis.PUBLIC_TASK,
        retention=_("As long as the group; that somebody left is kept, so that no rule brings them back."),
        rows_about=memberships, erase=forget,
    ),
    Holding(
        model="community.group", label=_("groups"), fields=("made_by", "made_at"), purpose=TOGETHER,
        legal_basis=LegalBasis.PUBLIC_TASK, retention=_("As long as the base."), rows_about=made_by,
        kept_because=_("Only the name of the member of staff who made it stands in it."),
    ),
)  # fmt: skip
