"""The register of personal data: what each domain holds about people, why, on what legal basis, and for how long.

Each domain declares its tables in `<domain>/personal_data.py`; so everything about someone can be shown, exported and
erased by whoever answers for it, without knowing the domains.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models
from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

from lierre.foundation.models import Entry, Work


class LegalBasis(models.TextChoices):
    """The six of article 6(1) of the GDPR."""

    CONSENT = "consent", _("consent")
    CONTRACT = "contract", _("contract")
    LEGAL_OBLIGATION = "legal_obligation", _("legal obligation")
    VITAL_INTEREST = "vital_interest", _("vital interest")
    PUBLIC_TASK = "public_task", _("task carried out in the public interest")
    LEGITIMATE_INTEREST = "legitimate_interest", _("legitimate interest")


@dataclass(frozen=True, slots=True)
class Holding:
    """
    One table that holds personal data.

    `model`: "people.contactpoint". `fields`: those that are personal. `retention`: a sentence. `rows_about`: the rows
    about someone (a person or a user, whichever the domain knows; none otherwise). `erase`: removes or blanks them, and
    answers how many; left out when they must be kept, and then `kept_because` says why.
    """

    model: str
    label: str | Promise
    fields: tuple[str, ...]
    purpose: str | Promise
    legal_basis: LegalBasis
    retention: str | Promise
    rows_about: Callable[[Any], models.QuerySet[Any]]
    erase: Callable[[Any], int] | None = None
    kept_because: str | Promise = ""

    def __post_init__(self) -> None:
        if self.erase is None and not self.kept_because:
            raise ValueError(f"Say how {self.model} is erased, or why it is kept.")

    def export(self, someone: Any) -> list[dict[str, Any]]:
        """What is held about someone, field by field."""
        return list(self.rows_about(someone).values(*self.fields))

    def unknown_fields(self) -> set[str]:
        """Fields that are declared and do not exist: the register would lie."""
        known = {field.name for field in apps.get_model(self.model)._meta.get_fields()}
        return {name.partition("__")[0] for name in self.fields} - known


_holdings: dict[str, Holding] = {}


def declare(*holdings: Holding) -> None:
    """Write tables down in the register. A table is declared once, by its own domain."""
    for holding in holdings:
        if _holdings.get(holding.model, holding) != holding:
            raise ValueError(f"{holding.model} is declared twice.")
        _holdings[holding.model] = holding


def register() -> list[Holding]:
    """Every holding of the house, in the order of its tables."""
    autodiscover_modules("personal_data")
    return [_holdings[model] for model in sorted(_holdings)]


def undeclared(models_holding_people: Iterable[type[models.Model]]) -> list[str]:
    """Of these models, those that no domain declared."""
    declared = {holding.model for holding in register()}
    return sorted({model._meta.label_lower for model in models_holding_people} - declared)


def asked_by(someone: Any) -> models.QuerySet[Any]:
    return Work.objects.asked_by(someone) if isinstance(someone, get_user_model()) else Work.objects.none()


def done_by(someone: Any) -> models.QuerySet[Any]:
    return Entry.objects.by(someone) if isinstance(someone, get_user_model()) else Entry.objects.about(someone)


declare(
    Holding(
        model="foundation.work",
        label=_("long works"),
        fields=("by_name", "title", "asked_at", "state"),
        purpose=_("Show those who asked for a long work how far it is."),
        legal_basis=LegalBasis.PUBLIC_TASK,
        retention=_("Ninety days after the end of the work."),
        rows_about=asked_by,
        erase=lambda someone: asked_by(someone).update(by_name="", title=""),
    ),
    Holding(
        model="foundation.entry",
        label=_("journal"),
        fields=("at", "by_name", "verb", "subject_name", "reason", "details"),
        purpose=_("Prove who did what, when and why."),
        legal_basis=LegalBasis.LEGAL_OBLIGATION,
        retention=_("As long as the institution must be able to prove it."),
        rows_about=done_by,
        kept_because=_("It is the proof that rights were respected; the database refuses to change it."),
    ),
)
