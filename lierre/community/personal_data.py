"""What asking for news holds about people."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib.auth import get_user_model
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from lierre.community.graduating import personal_data as graduating  # noqa: F401 - declares its own
from lierre.community.groups import personal_data as groups  # noqa: F401 - declares its own
from lierre.community.models import Ask, Campaign, Candidate, Returned
from lierre.community.reaching import personal_data as reaching  # noqa: F401 - declares its own
from lierre.foundation.personal_data import Holding, LegalBasis, declare
from lierre.people.models import Person

NEWS: Final = _("Ask graduates, from time to time, whether what is known of them is still true.")
THREE_YEARS: Final = _("Three years after it was asked.")


def of_person(model: type[Model], path: str = "person") -> Callable[[Any], QuerySet[Any]]:
    def rows(someone: Any) -> QuerySet[Any]:
        found = model._default_manager.all()
        return found.filter(**{path: someone.pk}) if isinstance(someone, Person) else found.none()

    return rows


def prepared_by(someone: Any) -> QuerySet[Campaign]:
    return Campaign.objects.filter(by_name=str(someone) if isinstance(someone, get_user_model()) else None)


def held(
    model: type[Model], label: Any, fields: str, purpose: Any, retention: Any, path: str = "person"
) -> Holding:  # fmt: skip
    rows = of_person(model, path)
    return Holding(
        model=model._meta.label_lower, label=label, fields=tuple(fields.split()), purpose=purpose,
        legal_basis=LegalBasis.PUBLIC_TASK, retention=retention, rows_about=rows,
        erase=lambda someone: rows(someone).delete()[0],
    )  # fmt: skip


declare(
    held(
        Ask, _("questions asked"), "wording about address state sent_at answer answered_at failure", NEWS, THREE_YEARS
    ),
    held(
        Candidate, _("persons worth asking"), "kind chance worth gain age proven year",
        _("Ask those of whom least is known, rather than everybody."), _("Until the next night."),
    ),
    held(
        Returned, _("messages that came back"), "severity status diagnostic reported_by at",
        _("Stop writing to addresses where nobody lives."), THREE_YEARS, "ask__person",
    ),
    Holding(
        model="community.campaign", label=_("campaigns"), fields=("by_name", "prepared_at", "word"),
        purpose=_("Know who asked what of whom."), legal_basis=LegalBasis.PUBLIC_TASK, retention=THREE_YEARS,
        rows_about=prepared_by,
        kept_because=_("It says why messages were sent; only the name of a member of staff stands in it."),
    ),
)  # fmt: skip
