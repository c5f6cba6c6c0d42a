"""Who must say yes before something leaves: steps asked by an account, signatures of exact words, absences."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.accounts.models import Role
from lierre.publishing.models.account import Account
from lierre.publishing.models.post import Post
from lierre.publishing.models.review import Review


class Step(models.Model):
    """Somebody, one of those who hold a role, or somebody outside, must approve what leaves. At most three, in order."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="steps")
    kind = models.CharField(
        gettext_lazy("kind of post"),
        max_length=10,
        choices=[("", gettext_lazy("every kind")), *Post.Kind.choices],
        blank=True,
    )
    position = models.PositiveSmallIntegerField(gettext_lazy("step"), choices=[(1, "1"), (2, "2"), (3, "3")])
    role = models.CharField(gettext_lazy("one of those who are"), max_length=20, choices=Role.Kind, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=gettext_lazy("or this person"),
    )  # fmt: skip
    external = models.BooleanField(gettext_lazy("or somebody outside, by a link"), default=False)

    class Meta:
        ordering = ["account", "kind", "position"]
        verbose_name = gettext_lazy("approval step")
        verbose_name_plural = gettext_lazy("approval steps")
        constraints = [
            models.UniqueConstraint(fields=["account", "kind", "position"], name="one_step_at_each_place"),
            models.CheckConstraint(condition=Q(position__in=[1, 2, 3]), name="three_steps_at_most"),
            models.CheckConstraint(
                condition=Q(role="", person__isnull=False, external=False)
                | (~Q(role="") & Q(person=None, external=False))
                | Q(role="", person=None, external=True),
                name="a_role_a_person_or_somebody_outside",
            ),
        ]

    def __str__(self) -> str:
        return str(_("Somebody outside")) if self.external else str(self.person or self.get_role_display())


class SignatureQuerySet(models.QuerySet["Signature"]):
    def of(self, digest: str) -> Self:
        """Of these words, and of no others."""
        return self.filter(digest=digest)


class Signature(models.Model):
    """A yes to exact words (`digest`), at a step. `stead`: for whom, when they are away. `review`: of somebody outside."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="signatures")
    digest = models.CharField(max_length=64)
    position = models.PositiveSmallIntegerField()
    needed = models.CharField(max_length=60)  # the role or the person that was asked for
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=gettext_lazy("by")
    )
    review = models.ForeignKey(Review, models.PROTECT, null=True, related_name="+")
    stead = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = SignatureQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = gettext_lazy("approval")
        verbose_name_plural = gettext_lazy("approvals")
        constraints = [
            models.UniqueConstraint(fields=["post", "digest", "position", "needed"], name="signed_once_at_each_step"),
            models.CheckConstraint(
                condition=Q(by=None, review__isnull=False) | Q(by__isnull=False, review=None), name="somebody_signed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post}, {self.signer}"

    @property
    def signer(self) -> str:
        """Their name; of somebody outside, as they gave it."""
        return str(self.by) if self.review is None else self.review.answered_as


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def on(self, day: date) -> Self:
        return self.filter(first__lte=day, last__gte=day)


class Absence(models.Model):
    """Somebody is away, and says who decides meanwhile."""

    who = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=gettext_lazy("who is away")
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=gettext_lazy("who decides meanwhile")
    )
    first = models.DateField(gettext_lazy("from"))
    last = models.DateField(gettext_lazy("until"))

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        ordering = ["-first"]
        verbose_name = gettext_lazy("absence")
        verbose_name_plural = gettext_lazy("absences")
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=models.F("first")), name="an_absence_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(who=models.F("deputy")), name="somebody_else_decides"),
        ]

    def __str__(self) -> str:
        return f"{self.who}, {self.first}"
