"""A passage that somebody keeps against a rule: at their own word, or countersigned when the rule blocks."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy

from lierre.publishing.models.post import Post
from lierre.publishing.models.rule import Rule


class CharterExceptionQuerySet(models.QuerySet["CharterException"]):
    def waiting(self) -> Self:
        """Those that a rule blocks until somebody countersigns."""
        return self.filter(asked=True, countersigned_by=None)


class KeptPassage(models.Model):
    """`passage`: the words that are kept. `asked`: the rule blocks, so somebody else must countersign."""

    rule = models.ForeignKey(Rule, models.CASCADE, related_name="+")
    passage = models.CharField(gettext_lazy("passage"), max_length=300, blank=True)
    why = models.CharField(gettext_lazy("why"), max_length=500, blank=True)
    asked = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=gettext_lazy("by"))
    at = models.DateTimeField(default=timezone.now)
    countersigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+",
        verbose_name=gettext_lazy("countersigned by"),
    )  # fmt: skip
    countersigned_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.rule}: {self.passage}"

    @property
    def holds(self) -> bool:
        """Whether the passage may stay, if the rule blocks."""
        return self.countersigned_by_id is not None


class CharterException(KeptPassage):
    """In a post."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="exceptions")

    objects = CharterExceptionQuerySet.as_manager()

    class Meta(KeptPassage.Meta):
        abstract = False
        verbose_name = gettext_lazy("exception to the charter")
        verbose_name_plural = gettext_lazy("exceptions to the charter")
        constraints = [
            models.UniqueConstraint(fields=["post", "rule", "passage"], name="one_exception_for_each_passage"),
            models.CheckConstraint(
                condition=Q(countersigned_by=None) | ~Q(countersigned_by=F("by")),
                name="an_exception_is_countersigned_by_somebody_else",
            ),
            models.CheckConstraint(condition=Q(asked=False) | ~Q(why=""), name="an_exception_to_a_block_has_a_reason"),
        ]
