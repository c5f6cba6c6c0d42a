"""“I have a story”: something an ambassador offers to communication, and what became of it."""

from typing import Any, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.publishing.models.ambassador import Ambassador
from lierre.publishing.models.post import Post


class StoryQuerySet(models.QuerySet["Story"]):
    def waiting(self) -> Self:
        return self.filter(state=Story.State.NEW)


class Story(models.Model):
    class State(models.TextChoices):
        NEW = "new", gettext_lazy("waits for an answer")
        ANSWERED = "answered", gettext_lazy("answered")
        PLANNED = "planned", gettext_lazy("is being written")
        DECLINED = "declined", gettext_lazy("not this time")

    ambassador = models.ForeignKey(Ambassador, models.CASCADE, related_name="stories")
    title = models.CharField(gettext_lazy("title"), max_length=150)
    words = models.TextField(gettext_lazy("in a few words"), max_length=1_500)
    moment = models.CharField(gettext_lazy("when"), max_length=150, blank=True)
    quoted = models.CharField(gettext_lazy("who may be quoted"), max_length=200, blank=True)
    state = models.CharField(gettext_lazy("state"), max_length=10, choices=State, default=State.NEW)
    answer = models.TextField(gettext_lazy("answer"), max_length=1_500, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    post = models.ForeignKey(Post, models.SET_NULL, null=True, related_name="+", editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    answered_at = models.DateTimeField(null=True, editable=False)

    objects = StoryQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        verbose_name = gettext_lazy("story")
        verbose_name_plural = gettext_lazy("stories")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["answered", "declined"]) | ~Q(answer=""), name="a_story_is_answered_with_words"
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("publishing:story", args=[self.pk])

    @property
    def is_settled(self) -> bool:
        return self.state in {self.State.PLANNED, self.State.DECLINED}

    @property
    def online(self) -> list[str]:
        """Where the post that came of it can be read."""
        rows = self.post.deliveries.all() if self.post else ()
        return [row.permalink for row in rows if row.state == "confirmed" and row.permalink and not row.part]

    def settle(self, state: str, answer: str, *, by: Any, post: Post | None = None) -> None:
        """Two people who answer at once: one is told."""
        if state in {self.State.ANSWERED, self.State.DECLINED} and not answer.strip():
            raise Refused(_("Say it in a few words: they offered theirs."))
        with transaction.atomic():
            fields = {"state": state, "answer": answer, "answered_by": by, "answered_at": timezone.now(), "post": post}
            open_ones = type(self).objects.filter(pk=self.pk, state__in=[self.State.NEW, self.State.ANSWERED])
            if not open_ones.update(**fields):
                raise Refused(_("Somebody has answered this story already."))
            record(f"story.{state}", self, by=by, name="")
        self.refresh_from_db()
