"""A message that the law makes us send to one person. The row is the queue: `send_at` is empty once it has left."""

from datetime import datetime, timedelta
from typing import ClassVar, Final, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lierre.people.models import Person

LEASE: Final = timedelta(minutes=2)
MOST_ATTEMPTS: Final = 6


class LetterQuerySet(models.QuerySet["Letter"]):
    def to_send(self) -> Self:
        return self.filter(send_at__lte=timezone.now()).order_by("send_at")

    def sent(self) -> Self:
        return self.exclude(sent_at=None)


class Letter(models.Model):
    """Written once for each person, kind and turn: the constraint forbids a second one, whoever runs twice."""

    class Kind(models.TextChoices):
        NOTICE = "notice", _("where their data comes from (article 14)")
        PERMISSION = "permission", _("may we keep your data?")
        PREFERENCES = "preferences", _("link to their preferences")

    person = models.ForeignKey(Person, models.CASCADE, related_name="letters")
    kind = models.CharField(_("kind"), max_length=11, choices=Kind)
    turn = models.PositiveIntegerField(default=1)  # first message, reminder, …
    written_at = models.DateTimeField(default=timezone.now)
    send_at = models.DateTimeField(null=True, default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    failure = models.CharField(max_length=300, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "kind", "turn"], name="a_letter_is_written_once"),
            models.CheckConstraint(condition=Q(sent_at=None) | Q(send_at=None), name="a_sent_letter_waits_no_more"),
        ]
        indexes: ClassVar = [models.Index(fields=["send_at"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.turn}"

    def claim(self) -> bool:
        """Take this letter for two minutes. False when another worker took it first."""
        again: datetime = timezone.now() + LEASE
        taken = Letter.objects.filter(pk=self.pk, send_at=self.send_at, sent_at=None)
        return taken.update(send_at=again, attempts=F("attempts") + 1) == 1

    def mark_sent(self) -> None:
        Letter.objects.filter(pk=self.pk).update(send_at=None, sent_at=timezone.now(), failure="")

    def mark_failed(self, why: str) -> None:
        """Try again later, later each time; after the last attempt it stays unsent, with the reason."""
        self.refresh_from_db(fields=["attempts"])
        wait = timezone.now() + timedelta(minutes=2**self.attempts)
        send_at = wait if self.attempts < MOST_ATTEMPTS else None
        Letter.objects.filter(pk=self.pk).update(send_at=send_at, failure=why[:300])
