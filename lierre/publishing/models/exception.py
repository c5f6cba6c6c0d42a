"""A passage that somebody keeps against a rule: at their own word, or countersigned when the rule blocks."""

from typing import Any, Self, TypeVar

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.publishing.models.post import Post
from lierre.publishing.models.rule import Rule

Kind = TypeVar("Kind", bound=models.Model)


class KeptPassageQuerySet(models.QuerySet[Kind]):
    def waiting(self) -> Self:
        """Those that a rule blocks until somebody countersigns."""
        return self.filter(asked=True, countersigned_by=None)

    def keep(self, rule: Any, passage: str, *, by: Any, why: str = "", asked: bool = False, **about: Any) -> Kind:
        """`about`: its post, or its mailing. One that was countersigned and is asked for anew must be so again."""
        fields = {"why": why, "asked": asked, "by": by, "at": timezone.now()}
        with transaction.atomic():
            anew = {**fields, "countersigned_by": None, "countersigned_at": None}
            made, _fresh = self.update_or_create(**about, rule_id=rule.pk, passage=passage[:300], defaults=anew)
            verb = "exception.asked" if asked else "exception.kept"
            (said,) = about.values()
            record(verb, said, by=by, why=why, rule=rule.name, passage=passage[:300])
        return made


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
    def about(self) -> Any:
        """What says it."""
        raise NotImplementedError

    def countersign(self, *, by: Any) -> None:
        """Whether this person may is asked by whoever calls."""
        with transaction.atomic():
            waiting = type(self)._default_manager.filter(pk=self.pk, asked=True, countersigned_by=None)
            if not waiting.update(countersigned_by=by, countersigned_at=timezone.now()):
                raise Refused(_("This exception is no longer asked for."))
            record(
                "exception.countersigned", self.about, by=by, why=self.why, rule=str(self.rule), passage=self.passage
            )

    @property
    def holds(self) -> bool:
        """Whether the passage may stay, if the rule blocks."""
        return self.countersigned_by_id is not None


class CharterException(KeptPassage):
    """In a post."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="exceptions")

    objects = KeptPassageQuerySet["CharterException"].as_manager()

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

    @property
    def about(self) -> Post:
        return self.post
