"""A group of the network: a class, an association, a city, a laboratory. Sharing one is an audience that a person may choose."""

from typing import Any, ClassVar, Self

from django.db import models, transaction
from django.db.models import ExpressionWrapper, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record


class GroupQuerySet(models.QuerySet["Group"]):
    def standing(self) -> Self:
        return self.filter(closed_at=None)

    def by_rule(self) -> Self:
        """Those that follow what is known of studies."""
        return self.standing().filter(degree_id__isnull=False)

    def small_first(self) -> Self:
        """Classes are many, and everybody knows the name of theirs: the others come before."""
        return self.annotate(ruled=ExpressionWrapper(Q(degree_id__isnull=False), models.BooleanField())).order_by(
            "ruled", "name"
        )

    def called(self, words: str) -> Self:
        return self.filter(name__icontains=words) if words else self


class Group(models.Model):
    """With a degree and a year, its members are those of that class: `groups.ruling` keeps them in step."""

    class Kind(models.TextChoices):
        CLASS = "class", gettext_lazy("class")
        ASSOCIATION = "association", gettext_lazy("association")
        CITY = "city", gettext_lazy("city")
        LABORATORY = "laboratory", gettext_lazy("laboratory")

    name = models.CharField(gettext_lazy("name"), max_length=120)
    kind = models.CharField(gettext_lazy("kind"), max_length=11, choices=Kind)
    about = models.CharField(gettext_lazy("in a few words"), max_length=300, blank=True)
    degree_id = models.BigIntegerField(null=True)  # the number of a term: see people.Term
    year = models.PositiveSmallIntegerField(gettext_lazy("class"), null=True, blank=True)
    made_by = models.CharField(max_length=200)
    made_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True)

    objects = GroupQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        verbose_name = gettext_lazy("group")
        verbose_name_plural = gettext_lazy("groups")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "name"], condition=Q(closed_at=None), name="a_group_has_its_name"),
            models.UniqueConstraint(
                fields=["degree_id", "year"], condition=Q(closed_at=None, degree_id__isnull=False), name="a_class_once"
            ),
            models.CheckConstraint(
                condition=Q(degree_id=None) | Q(kind="class", year__isnull=False), name="a_rule_is_of_a_class"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("community:group", args=[self.pk])

    @property
    def follows_a_rule(self) -> bool:
        return self.degree_id is not None

    @classmethod
    def make(
        cls, name: str, kind: str, *, by: Any, about: str = "", degree: int | None = None, year: int | None = None
    ) -> "Group":
        with transaction.atomic():
            known = cls.objects.standing().filter(Q(kind=kind, name__iexact=name))
            if known.exists():
                raise Refused(_("A group of this kind bears this name already."))
            group = cls.objects.create(
                name=name, kind=kind, about=about, degree_id=degree, year=year, made_by=str(by)[:200]
            )
            record("group.made", group, by=by, kind=kind)
        return group

    def close(self, *, by: Any) -> None:
        """It is no audience any more, and nobody reads it. The journal keeps its name, the base nobody's membership."""
        with transaction.atomic():
            if not Group.objects.standing().filter(pk=self.pk).update(closed_at=timezone.now()):
                raise Refused(_("This group is closed already."))
            self.memberships.all().forget()
            record("group.closed", self, by=by)
