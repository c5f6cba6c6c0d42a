"""What a class delegate answers about a claim: yes, no, I do not know. They are never told what comes of it."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy

from lierre.people.models.claim import Claim


class VouchQuerySet(models.QuerySet["Vouch"]):
    def saying(self, answer: str) -> Self:
        return self.filter(answer=answer)


class Vouch(models.Model):
    class Answer(models.TextChoices):
        YES = "yes", gettext_lazy("yes, they were of my class")
        NO = "no", gettext_lazy("no")
        UNKNOWN = "unknown", gettext_lazy("I do not know")

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="vouches")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    answer = models.CharField(gettext_lazy("answer"), max_length=7, choices=Answer)
    at = models.DateTimeField(default=timezone.now)

    objects = VouchQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name = gettext_lazy("answer of a delegate")
        verbose_name_plural = gettext_lazy("answers of delegates")
        constraints: ClassVar = [models.UniqueConstraint(fields=["claim", "account"], name="answered_once")]

    def __str__(self) -> str:
        return self.get_answer_display()
