"""A programme that a person followed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lierre.people.facts import LEVELS
from lierre.people.models.person import Person
from lierre.people.models.term import Term


class Study(models.Model):
    """Folded from records; `record_id` is the one that won."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="studies")
    degree = models.ForeignKey(
        Term, models.DO_NOTHING, null=True, related_name="+", db_constraint=False, db_index=False
    )
    year = models.SmallIntegerField(_("year"), null=True)
    unit = models.ForeignKey(Term, models.DO_NOTHING, null=True, related_name="+", db_constraint=False, db_index=False)
    level = models.CharField(_("level"), max_length=12, choices=list(LEVELS.items()), blank=True)
    discipline = models.ForeignKey(
        Term, models.DO_NOTHING, null=True, related_name="+", db_constraint=False, db_index=False
    )
    honours = models.CharField(_("honours"), max_length=60, blank=True)
    obtained = models.BooleanField(_("obtained"), null=True)
    record_id = models.BigIntegerField()

    class Meta:
        ordering = ["-year", "id"]
        verbose_name = _("study")
        verbose_name_plural = _("studies")

    def __str__(self) -> str:
        return f"{self.degree or ''} {self.year or ''}".strip()
