"""A class delegate: a graduate whom the alumni office trusts to say who was of their class. Held for a class, for a time."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.people.fold.text import folded
from lierre.people.models.person import Person
from lierre.people.models.study import Study


class DelegateQuerySet(models.QuerySet["Delegate"]):
    def in_charge(self) -> Self:
        return self.filter(until=None, account__is_active=True)

    def held_by(self, user: Any) -> Self:
        return self.in_charge().filter(account=user.pk)


class Delegate(models.Model):
    """The account, not the person: it is whoever signs in that is trusted. `degree`: as the school calls it."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    degree = models.CharField(gettext_lazy("degree"), max_length=300, blank=True)
    year = models.PositiveSmallIntegerField(gettext_lazy("class"))
    named_by = models.CharField(gettext_lazy("named by"), max_length=200)
    since = models.DateField(gettext_lazy("since"), default=timezone.localdate)
    until = models.DateField(gettext_lazy("until"), null=True, blank=True)

    objects = DelegateQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "degree", "id"]
        verbose_name = gettext_lazy("class delegate")
        verbose_name_plural = gettext_lazy("class delegates")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account", "degree", "year"], condition=Q(until=None), name="a_delegate_of_a_class_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.degree}, {self.year}" if self.degree else str(self.year)

    @classmethod
    def appoint(cls, account: Any, year: int, degree: str, *, by: Any) -> Self:
        """Only of a class that is theirs, as the school knows it."""
        held = degrees_of(account, year)
        chosen = [each for each in held if folded(degree) in folded(each)] if degree else held
        if not chosen:
            raise Refused(_("As far as the school knows, they hold no such degree of %(year)d.") % {"year": year})
        if len(chosen) > 1:
            raise Refused(_("They hold several degrees of that year: %(degrees)s. Say which.")
                          % {"degrees": ", ".join(chosen)})  # fmt: skip
        with transaction.atomic():
            if cls.objects.held_by(account).filter(year=year, degree=chosen[0]).exists():
                raise Refused(_("They are delegate of this class already."))
            named = cls.objects.create(account=account, degree=chosen[0], year=year, named_by=str(by)[:200])
            record("delegate.named", named, by=by, account=account.pk)
        return named

    def end(self, *, by: Any) -> None:
        with transaction.atomic():
            if not Delegate.objects.filter(pk=self.pk, until=None).update(until=timezone.localdate()):
                raise Refused(_("This charge is over already."))
            record("delegate.ended", self, by=by, account=self.account_id)

    def concerns(self, year: int | None, degree: str) -> bool:
        """Whether somebody who says so says that they are of this class. Without a degree, all those of the year are asked."""
        return year == self.year and (not degree or share_a_word(degree, self.degree))


def degrees_of(account: Any, year: int) -> list[str]:
    person = Person.objects.filter(account=account.pk).first()
    studies = Study.objects.filter(person=person, year=year).exclude(obtained=False).select_related("degree")
    return sorted({str(study.degree or "") for study in studies}) if person else []


def share_a_word(one: str, other: str) -> bool:
    """
    Whether two ways to call a degree have a word in common that is long enough to mean something.

    >>> share_a_word("master de droit notarial", "Master Droit notarial"), share_a_word("master biologie", "Master Droit")
    (True, False)
    """
    short = {"master", "licence", "diplome", "doctorat", "mention", "parcours", "professionnelle", "ingenieur"}
    words = [{word for word in folded(each).split() if len(word) > 3} - short for each in (one, other)]
    return bool(words[0] & words[1]) or not words[0]
