"""A medium shown by a post: in which place, on which message of the thread, with which words for who does not see it."""

from typing import Self

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from lierre.publishing.models.account import Account
from lierre.publishing.models.medium import Medium
from lierre.publishing.models.post import Post


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def in_order(self) -> Self:
        return self.order_by("part", "position", "pk")


class Attachment(models.Model):
    """`account` None: on every account, but on those that have media of their own.

    `title`, `alt`, the subtitles and the focus are those of the moment it was attached: what is said of it later in the library
    changes nothing approved.
    """

    post = models.ForeignKey(Post, models.CASCADE, related_name="attachments")
    medium = models.ForeignKey(Medium, models.PROTECT, related_name="attachments")
    account = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    part = models.PositiveSmallIntegerField(default=0)
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(max_length=150, blank=True)
    alt = models.TextField(gettext_lazy("what it shows"), blank=True)
    captions = models.JSONField(default=dict, blank=True)
    focus_x = models.PositiveSmallIntegerField(default=50, validators=[MaxValueValidator(100)])
    focus_y = models.PositiveSmallIntegerField(default=50, validators=[MaxValueValidator(100)])

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["part", "position", "pk"]
        verbose_name = gettext_lazy("medium of a post")
        verbose_name_plural = gettext_lazy("media of posts")
        constraints = [
            models.UniqueConstraint(
                fields=["post", "medium", "part"], condition=Q(account=None), name="attached_once_to_a_message"
            ),
            models.UniqueConstraint(
                fields=["post", "medium", "part", "account"], condition=Q(account__isnull=False),
                name="attached_once_to_a_message_of_an_account",
            ),
            models.CheckConstraint(condition=Q(focus_x__lte=100, focus_y__lte=100), name="the_focus_is_on_what_is_attached"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.post}, {self.medium}"

    @property
    def focus(self) -> tuple[int, int]:
        return self.focus_x, self.focus_y
