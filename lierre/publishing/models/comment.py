"""What somebody of the house says about a post or a mailing, to whom, and whether it is settled."""

from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.publishing.models.mailing import Mailing
from lierre.publishing.models.post import Post

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class CommentQuerySet(models.QuerySet["Comment"]):
    def open(self) -> Self:
        return self.filter(resolved_at=None)


class Comment(models.Model):
    """`version`: the one that was on the screen; a mailing counts none."""

    post = models.ForeignKey(Post, models.CASCADE, null=True, related_name="comments")
    mailing = models.ForeignKey(Mailing, models.CASCADE, null=True, related_name="comments")
    version = models.PositiveIntegerField(default=1)
    body = models.TextField(gettext_lazy("comment"), max_length=2000)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=gettext_lazy("by")
    )
    at = models.DateTimeField(default=timezone.now)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=gettext_lazy("settled by")
    )
    resolved_at = models.DateTimeField(null=True)

    objects = CommentQuerySet.as_manager()

    if TYPE_CHECKING:
        mentions: RelatedManager["Mention"]

    class Meta:
        ordering = ["pk"]
        verbose_name = gettext_lazy("comment")
        verbose_name_plural = gettext_lazy("comments")
        constraints = [
            models.CheckConstraint(
                condition=Q(resolved_by=None) | Q(resolved_at__isnull=False), name="a_settled_comment_says_when"
            ),
            models.CheckConstraint(
                condition=Q(post=None, mailing__isnull=False) | Q(post__isnull=False, mailing=None),
                name="a_comment_is_about_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return self.body[:80]

    def get_absolute_url(self) -> str:
        return f"{self.about.get_absolute_url()}#comment-{self.pk}"

    @property
    def about(self) -> Post | Mailing:
        found = self.post or self.mailing
        assert found is not None
        return found

    @property
    def is_open(self) -> bool:
        return self.resolved_at is None

    def resolve(self, *, by: Any) -> None:
        """It is settled; whoever thinks otherwise opens it again."""
        with transaction.atomic():
            fields = {"resolved_by": by, "resolved_at": timezone.now()}
            if not type(self).objects.filter(pk=self.pk, resolved_at=None).update(**fields):
                raise Refused(_("This comment is already settled."))
            record("comment.resolved", self.about, by=by, comment=self.pk)
        self.refresh_from_db()

    def reopen(self, *, by: Any) -> None:
        with transaction.atomic():
            still = type(self).objects.filter(pk=self.pk, resolved_at__isnull=False)
            if not still.update(resolved_by=None, resolved_at=None):
                raise Refused(_("This comment is already open."))
            record("comment.reopened", self.about, by=by, comment=self.pk)
        self.refresh_from_db()


class Mention(models.Model):
    """Somebody that a comment calls by their name, and who is told."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="mentions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    class Meta:
        ordering = ["pk"]
        verbose_name = gettext_lazy("mention")
        verbose_name_plural = gettext_lazy("mentions")
        constraints = [models.UniqueConstraint(fields=["comment", "user"], name="called_once_in_each_comment")]

    def __str__(self) -> str:
        return str(self.user)
