"""Two persons said to be one. What each brought is remembered, so that both can be given back as they were."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lierre.people.models.person import Person


class MergeQuerySet(models.QuerySet["Merge"]):
    def standing(self) -> Self:
        return self.filter(undone_at=None)

    def around(self, root: "Person | int") -> "list[Merge]":
        """Those that made this person what they are, the oldest first."""
        return list(self.standing().filter(kept=root).order_by("pk"))


class Merge(models.Model):
    """
    `gone` has no page of its own while the merge stands: their records speak of `kept`.

    Nobody is gone twice, and whoever keeps is never gone: the database refuses it, so that there is neither chain nor
    cycle. When the one who kept is merged in turn, `kept` follows, and `first_kept` remembers whom `gone` had joined.
    """

    gone = models.ForeignKey(Person, models.CASCADE, related_name="merges")
    kept = models.ForeignKey(Person, models.CASCADE, related_name="absorbed")
    first_kept = models.ForeignKey(Person, models.CASCADE, related_name="+")
    stayed = models.JSONField(default=list)  # records that `first_kept` had already
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")  # that moved
    reason = models.CharField(_("why"), max_length=500)
    by_name = models.CharField(_("decided by"), max_length=200)
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = MergeQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        constraints = [
            models.UniqueConstraint(
                fields=["gone"], condition=models.Q(undone_at=None), name="nobody_is_gone_twice"
            ),
            models.CheckConstraint(
                condition=~models.Q(gone=models.F("kept")) & ~models.Q(gone=models.F("first_kept")),
                name="nobody_joins_themselves",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.reason


def standing(person: Person) -> Person:
    """Whom this person is today: themselves, unless they were merged."""
    merge = Merge.objects.standing().filter(gone=person).select_related("kept__account").first()
    return merge.kept if merge else person


def standing_ids(person_ids: "list[int]") -> dict[int, int]:
    """The same for several, by number."""
    moved: Any = Merge.objects.standing().filter(gone__in=person_ids).values_list("gone_id", "kept_id")
    return {number: number for number in person_ids} | dict(moved)
