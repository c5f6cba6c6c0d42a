"""A job that a person holds or held."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lierre.people.models.person import Person
from lierre.people.models.term import Term


class Position(models.Model):
    """Folded from records; `is_current` marks the one shown first."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="positions")
    employer = models.ForeignKey(
        Term, models.DO_NOTHING, null=True, related_name="+", db_constraint=False, db_index=False
    )
    title = models.CharField(_("title"), max_length=200, blank=True)
    occupation = models.ForeignKey(
        Term, models.DO_NOTHING, null=True, related_name="+", db_constraint=False, db_index=False
    )
    sector = models.ForeignKey(
        Term, models.DO_NOTHING, null=True, related_name="+", db_constraint=False, db_index=False
    )
    city = models.CharField(_("city"), max_length=100, blank=True)
    department = models.CharField(max_length=3, blank=True)
    country = models.CharField(max_length=2, blank=True)
    started = models.CharField(_("from"), max_length=10, blank=True)
    ended = models.CharField(_("until"), max_length=10, blank=True)
    is_current = models.BooleanField(default=False)
    record_id = models.BigIntegerField()

    class Meta:
        ordering = ["-is_current", "-started", "id"]
        verbose_name = _("position")
        verbose_name_plural = _("positions")

    def __str__(self) -> str:
        return ", ".join(filter(None, [self.title, str(self.employer or "")]))
