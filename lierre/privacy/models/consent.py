"""What someone said of how they may be written to: dated, with its proof. A line is never changed; a later one may differ."""

from datetime import date, datetime
from typing import Any, ClassVar, Final, Self

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lierre.foundation.models.journal import record
from lierre.people.models import Person
from lierre.privacy.models.purpose import Purpose

ALWAYS: Final = 0


class Frequency(models.IntegerChoices):
    """Days between two messages, at the least."""

    ALWAYS = 0, _("as it comes")
    MONTHLY = 30, _("once a month at most")
    QUARTERLY = 91, _("once a quarter at most")
    YEARLY = 365, _("once a year at most")


class ConsentQuerySet(models.QuerySet["Consent"]):
    def of(self, *person_ids: int) -> Self:
        return self.filter(person_id__in=person_ids)

    def about_everything(self) -> Self:
        return self.filter(purpose=None)

    def until_moment(self, moment: datetime) -> Self:
        """What had been said by then."""
        return self.filter(at__lte=moment)


class Consent(models.Model):
    """`purpose` is empty when it speaks of everything: a pause, a refusal, a restriction, their end, a rhythm."""

    class Said(models.TextChoices):
        YES = "yes", _("agreed")
        NO = "no", _("said no")
        PAUSE = "pause", _("asked for a pause")
        RESTRICT = "restrict", _("asked for restriction")
        RESUME = "resume", _("resumed")
        RHYTHM = "rhythm", _("said how often, all subjects together")

    class How(models.TextChoices):
        LINK = "link", _("by the link of a message")
        ACCOUNT = "account", _("signed in")
        PHONE = "phone", _("by phone")
        PAPER = "paper", _("on paper")
        MAIL = "mail", _("by a message to the institution")
        REQUEST = "request", _("by a request of rights")
        IMPORT = "import", _("brought with a file")

    person = models.ForeignKey(Person, models.CASCADE, related_name="consents")
    purpose = models.ForeignKey(Purpose, models.PROTECT, null=True, related_name="consents")
    said = models.CharField(_("answer"), max_length=8, choices=Said)
    frequency = models.PositiveSmallIntegerField(_("how often"), choices=Frequency, default=ALWAYS)
    until = models.DateField(_("until"), null=True, blank=True)
    at = models.DateTimeField(_("when"), default=timezone.now)
    how = models.CharField(_("how"), max_length=8, choices=How)
    words = models.TextField(_("words shown"), max_length=2_000)  # the proof: what the person read
    said_by = models.CharField(_("written down by"), max_length=200, blank=True)  # empty when it is the person

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(purpose=None, said__in=["no", "pause", "restrict", "resume", "rhythm"])
                | Q(purpose__isnull=False, said__in=["yes", "no"]),
                name="a_pause_speaks_of_everything",
            ),
            models.CheckConstraint(condition=~Q(words=""), name="a_consent_keeps_the_words_shown"),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "purpose", "-at"])]

    def __str__(self) -> str:
        return f"{self.get_said_display()}, {self.purpose or _('everything')}"

    @classmethod
    def write(
        cls, person: Person, said: str, *, how: str, words: str, by: Any, purpose: Purpose | None = None,
        frequency: int = ALWAYS, until: date | None = None, at: datetime | None = None,
    ) -> "Consent":  # fmt: skip
        """Keep what was said, with the words that were shown. `by` is the person's own account, or who wrote it down."""
        own = how in {cls.How.LINK, cls.How.ACCOUNT}
        with transaction.atomic():
            kept = cls.objects.create(
                person=person, purpose=purpose, said=said, frequency=frequency, until=until, how=how, words=words,
                at=at or timezone.now(), said_by="" if own else str(by)[:200],
            )  # fmt: skip
            record(f"consent.{said}", person, by=by, purpose=purpose.key if purpose else "", how=how, consent=kept.pk)
        return kept
