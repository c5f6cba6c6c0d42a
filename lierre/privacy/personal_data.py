"""What privacy itself holds about people: what they chose, that they were written to, what they asked."""

from collections.abc import Callable
from typing import Any, Final

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from lierre.foundation.personal_data import Holding, LegalBasis, declare
from lierre.people.erasing_likeness import of_everything
from lierre.people.models import Person, Record
from lierre.privacy.models import ArchivedDegree, Consent, Contact, Lapse, Letter, Request, Sign, Suppression
from lierre.privacy.oneness import absorbed_by
from lierre.privacy.suppression import mark_of

WITH_THE_PERSON: Final = _("As long as the person is in the base.")
PROVE: Final = _("Prove what each agreed to or refused, and write to nobody against their will.")


def numbers_of(someone: Any) -> set[int]:
    """The person, and those who were merged into them."""
    return {someone.pk, *absorbed_by([someone.pk])[someone.pk]} if isinstance(someone, Person) else set()


def of_person(model: type[Model]) -> Callable[[Any], QuerySet[Any]]:
    return lambda someone: model._default_manager.filter(person__in=numbers_of(someone))


def marks_of(someone: Any) -> QuerySet[Suppression]:
    """Whoever came back may still bear a mark."""
    told = list(Record.objects.filter(person__in=numbers_of(someone)))
    likeness = of_everything([record.said for record in told])
    hashes = [*(key.hash for record in told for key in record.keys), *likeness.born, *likeness.year]
    return Suppression.objects.bearing([mark_of(number) for number in hashes])


def gone(model: type[Model]) -> Callable[[Any], int]:
    return lambda someone: of_person(model)(someone).delete()[0]


def forget_requests(someone: Any) -> int:
    """What was asked goes; that it was asked and answered in time stays, without whom."""
    asked = list(of_person(Request)(someone))
    for each in asked:
        each.forget()
    return len(asked)


def held(model: type[Model], label: Any, fields: str, purpose: Any, basis: LegalBasis, retention: Any) -> Holding:
    return Holding(
        model=model._meta.label_lower, label=label, fields=tuple(fields.split()), purpose=purpose, legal_basis=basis,
        retention=retention, rows_about=of_person(model), erase=gone(model),
    )  # fmt: skip


OWED: Final = LegalBasis.LEGAL_OBLIGATION
declare(
    held(Consent, _("consents"), "at said purpose__label frequency until how words", PROVE, OWED, WITH_THE_PERSON),
    held(
        Contact, _("contacts"), "at purpose__label service channel",
        _("Write to nobody more often than they wish."), LegalBasis.PUBLIC_TASK, WITH_THE_PERSON,
    ),
    held(
        Sign, _("signs of life"), "kind at", _("Know since when someone has given no sign, and let them go."), OWED,
        WITH_THE_PERSON,
    ),
    held(
        Lapse, _("families of values that were erased"), "families months at",
        _("Know what was erased of somebody who stays, so that it is not kept when a file brings it again."), OWED,
        WITH_THE_PERSON,
    ),
    held(
        Letter, _("letters that are owed"), "kind turn written_at sent_at",
        _("Prove that each was told where their data comes from, and asked whether it may be kept."), OWED, WITH_THE_PERSON,
    ),
    Holding(
        model="privacy.archiveddegree",
        label=_("archived degrees"),
        fields=("name", "born", "degree", "year", "honours", "archived_on", "kept_until"),
        purpose=_("Attest a degree once everything else was erased."),
        legal_basis=OWED,
        retention=_("As long as its purpose says, out of every list: only the data protection officer reads it."),
        rows_about=lambda _someone: ArchivedDegree.objects.none(),
        kept_because=_("The law obliges us to be able to attest the degrees that were awarded; whoever it speaks of is erased."),
    ),
    Holding(
        model="privacy.suppression",
        label=_("marks of those who were erased"),
        fields=("mark", "kind", "kept_on"),
        purpose=_("Recognise in a new file whoever asked to be erased, and not take them in again."),
        legal_basis=OWED,
        retention=_("Until the person comes back themselves."),
        rows_about=marks_of,
        kept_because=_("It is a keyed hash, which names nobody: without it, the next file would undo an erasing."),
    ),
    Holding(
        model="privacy.request",
        label=_("requests of rights"),
        fields=("right", "state", "name", "email", "message", "received_on", "due_on", "settled_on", "answer"),
        purpose=_("Answer those who use their rights, within the time of the law."),
        legal_basis=OWED,
        retention=_("Five years after the answer; without their name once the person is erased."),
        rows_about=of_person(Request),
        erase=forget_requests,
    ),
)  # fmt: skip
