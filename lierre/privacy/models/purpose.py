"""Why data is used: one purpose, for one population, by one controller, on one legal basis. Every version is kept."""

from datetime import date
from typing import Any, ClassVar, Final, Self

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import Entry, record
from lierre.foundation.personal_data import LegalBasis
from lierre.people.facts import GROUPS
from lierre.privacy.models.controller import Controller

# What a version is made of; the key and the population never change.
KEPT: Final = (
    "label", "controller", "why", "legal_basis", "balance_test", "families", "recipients", "retention_months",
    "counted_from", "channel", "is_ask", "is_topic",
)  # fmt: skip


class Population(models.TextChoices):
    GRADUATES = "graduates", gettext_lazy("Graduates")
    STUDENTS = "students", gettext_lazy("Students")
    STAFF = "staff", gettext_lazy("Staff")
    RECRUITERS = "recruiters", gettext_lazy("Recruiters")


class PurposeQuerySet(models.QuerySet["Purpose"]):
    def in_force(self) -> Self:
        return self.filter(closed_on=None)

    def topics(self) -> Self:
        """What someone may choose to receive or not."""
        return self.in_force().filter(is_topic=True)

    def archives(self) -> Self:
        """Those for which something stays, out of every list, once the others have ended."""
        return self.in_force().filter(counted_from=Purpose.Clock.NEVER)

    def of(self, population: str) -> Self:
        return self.filter(population=population)

    def saying(self, words: str) -> Self:
        return self.filter(Q(label__icontains=words) | Q(why__icontains=words) | Q(key=words))


class Purpose(models.Model):
    """The same key may stand for several populations: each has its own basis, its own clock."""

    class Clock(models.TextChoices):
        CONTACT = "contact", gettext_lazy("the last contact from the person")
        COLLECTION = "collection", gettext_lazy("the day the data came")
        NEVER = "never", gettext_lazy("the day it goes to the archive")

    class Channel(models.TextChoices):
        EMAIL = "email", gettext_lazy("e-mail")
        PHONE = "phone", gettext_lazy("phone")
        ADDRESS = "address", gettext_lazy("post")
        NONE = "none", gettext_lazy("nobody is written to")

    key = models.SlugField(gettext_lazy("key"), max_length=40)
    label = models.CharField(gettext_lazy("name"), max_length=120)
    population = models.CharField(gettext_lazy("population"), max_length=10, choices=Population)
    controller = models.ForeignKey(
        Controller, models.PROTECT, related_name="purposes", verbose_name=gettext_lazy("controller")
    )
    why = models.TextField(gettext_lazy("what for"), max_length=1_000)
    legal_basis = models.CharField(gettext_lazy("legal basis"), max_length=20, choices=LegalBasis)
    balance_test = models.TextField(gettext_lazy("balance test"), max_length=4_000, blank=True)
    families = models.JSONField(gettext_lazy("what is used"), default=list)
    recipients = models.TextField(gettext_lazy("who receives it"), max_length=500, blank=True)
    retention_months = models.PositiveSmallIntegerField(gettext_lazy("kept for (months)"), default=36)
    counted_from = models.CharField(gettext_lazy("counted from"), max_length=10, choices=Clock, default=Clock.CONTACT)
    channel = models.CharField(gettext_lazy("channel"), max_length=7, choices=Channel, default=Channel.EMAIL)
    is_ask = models.BooleanField(gettext_lazy("asks something, and counts in the contact budget"), default=False)
    is_topic = models.BooleanField(gettext_lazy("shown in the preference centre"), default=True)
    closed_on = models.DateField(gettext_lazy("closed on"), null=True, blank=True)

    objects = PurposeQuerySet.as_manager()

    class Meta:
        ordering = ["controller", "population", "label"]
        verbose_name = gettext_lazy("purpose")
        verbose_name_plural = gettext_lazy("purposes")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "population"], name="a_purpose_once_for_a_population"),
            # Article 6(1)(f): the interest is weighed before it is invoked.
            models.CheckConstraint(
                condition=~Q(legal_basis="legitimate_interest") | ~Q(balance_test=""), name="an_interest_is_weighed"
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return reverse("privacy:purpose", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.closed_on is None

    @property
    def needs_consent(self) -> bool:
        return self.legal_basis == LegalBasis.CONSENT

    @property
    def is_owed(self) -> bool:
        """What the law makes us send cannot be refused, and is never counted as an ask."""
        return self.legal_basis == LegalBasis.LEGAL_OBLIGATION

    @property
    def families_in_words(self) -> str:
        return ", ".join(str(GROUPS[name]).lower() for name in GROUPS if name in self.families)

    def keep(self, values: dict[str, Any], *, by: Any, reason: str) -> None:
        """Write a new version. The former one stays in the journal, whole, with the reason of the change."""
        if not reason.strip():
            raise Refused(_("Say why: the register must show it."))
        before = self.version() if self.pk else {}
        for name, value in values.items():
            setattr(self, name, value)
        if self.legal_basis == LegalBasis.LEGITIMATE_INTEREST and not self.balance_test.strip():
            raise Refused(
                _("A legitimate interest is weighed against the rights of the person: write the balance test.")
            )
        version = self.version()
        changed = [name for name in KEPT if before.get(name) != version[name]]
        if not changed:
            raise Refused(_("Nothing changes: there is no new version to keep."))
        with transaction.atomic():
            self.save()
            verb = "purpose.changed" if before else "purpose.opened"
            record(verb, self, by=by, why=reason, changed=changed, version=version)

    def close(self, *, by: Any, reason: str, day: date | None = None) -> None:
        """Nobody is written to for this purpose any more. The register keeps it, closed."""
        if not reason.strip():
            raise Refused(_("Say why: the register must show it."))
        with transaction.atomic():
            closed = Purpose.objects.in_force().filter(pk=self.pk).update(closed_on=day or timezone.localdate())
            if not closed:
                raise Refused(_("This purpose is closed already."))
            record("purpose.closed", self, by=by, why=reason)

    def version(self) -> dict[str, Any]:
        """What is in force, as the journal keeps it."""
        values = {name: getattr(self, name) for name in KEPT}
        return values | {"controller": self.controller.key}

    def versions(self) -> models.QuerySet[Entry]:
        """The lines of the journal that hold each version, the latest first."""
        return Entry.objects.about(self)
