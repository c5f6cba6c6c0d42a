"""Somebody outside the house reads one post, by a link of their own, and says yes or no."""

from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.publishing.models.post import Post

Kind = TypeVar("Kind", bound=models.Model)


class ReadingQuerySet(models.QuerySet[Kind]):
    def open(self) -> Self:
        return self.filter(revoked_at=None, expires_at__gt=timezone.now())


class Reading(models.Model):
    """
    What is known of whoever reads from outside. `digest`: of what they read. `counts`: without their yes it does not
    leave; else it is an advice. ABOUT: the relation to what they read; SALT and PAGE: what signs their link, what it opens.
    """

    if TYPE_CHECKING:

        def get_answer_display(self) -> str: ...

    ABOUT: ClassVar[str]
    SALT: ClassVar[str]
    PAGE: ClassVar[str]

    class Answer(models.TextChoices):
        NONE = "", gettext_lazy("no answer yet")
        YES = "yes", gettext_lazy("yes")
        NO = "no", gettext_lazy("no")

    name = models.CharField(gettext_lazy("who reads"), max_length=150)
    email = models.EmailField(gettext_lazy("e-mail"), blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=gettext_lazy("asked by")
    )
    asked_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(gettext_lazy("until"))
    revoked_at = models.DateTimeField(null=True)
    answer = models.CharField(gettext_lazy("answer"), max_length=3, choices=Answer, blank=True, default="")
    answered_at = models.DateTimeField(null=True)
    answered_as = models.CharField(max_length=150, blank=True)
    words = models.TextField(gettext_lazy("words"), max_length=2000, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    counts = models.BooleanField(default=False)

    class Meta:
        abstract = True
        ordering = ["pk"]

    @property
    def about(self) -> Any:
        """What they read."""
        return getattr(self, self.ABOUT)

    @property
    def about_id(self) -> int:
        return int(getattr(self, f"{self.ABOUT}_id"))

    @property
    def told(self) -> dict[str, str]:
        """What they answered, in the words of a message."""
        return {"by": self.answered_as, "answer": str(self.get_answer_display()), "words": self.words}

    @property
    def is_open(self) -> bool:
        return self.revoked_at is None and self.expires_at > timezone.now()

    def revoke(self, *, by: Any) -> None:
        """The link opens nothing any more. What was answered stays."""
        with transaction.atomic():
            every = type(self)._default_manager
            if not every.filter(pk=self.pk, revoked_at=None).update(revoked_at=timezone.now()):
                raise Refused(_("This link is already closed."))
            record("review.revoked", self.about, by=by, review=self.pk)
        self.refresh_from_db()


class Review(Reading):
    """It counts where an account asks for the step “somebody outside”."""

    ABOUT = "post"
    SALT = "lierre.publishing.review"
    PAGE = "publishing:review"

    post = models.ForeignKey(Post, models.CASCADE, related_name="reviews")

    objects = ReadingQuerySet["Review"].as_manager()

    class Meta(Reading.Meta):
        abstract = False
        verbose_name = gettext_lazy("review from outside")
        verbose_name_plural = gettext_lazy("reviews from outside")
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="an_answer_from_outside_says_when",
            )
        ]

    def __str__(self) -> str:
        return f"{self.post}, {self.name}"


class Reminder(models.Model):
    """Those who must still approve were reminded, so many hours before it leaves."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="+")
    due_at = models.DateTimeField()
    hours = models.PositiveSmallIntegerField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = gettext_lazy("reminder")
        verbose_name_plural = gettext_lazy("reminders")
        constraints = [models.UniqueConstraint(fields=["post", "due_at", "hours"], name="reminded_once_at_each_hour")]

    def __str__(self) -> str:
        return f"{self.post}, {self.hours} h"
