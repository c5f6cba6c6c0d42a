"""What the directory reads: one narrow row per person."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lierre.people.models.person import Person


class DirectoryEntry(models.Model):
    """
    Facets as numbers of terms, and the mask that says who sees what (`fold.visibility`).

    Names are searched in memory (`directory/bearers.py`): by the words of `sort`, and for staff by `hidden_names` too.
    """

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="entry")
    sort = models.CharField(max_length=210, db_index=True)
    mask = models.BigIntegerField()
    year = models.SmallIntegerField(null=True)
    degree_id = models.BigIntegerField(null=True)
    level = models.CharField(max_length=12, blank=True)
    discipline_id = models.BigIntegerField(null=True)
    unit_id = models.BigIntegerField(null=True)
    employer_id = models.BigIntegerField(null=True)
    occupation_id = models.BigIntegerField(null=True)
    sector_id = models.BigIntegerField(null=True)
    department_id = models.BigIntegerField(null=True)
    country_id = models.BigIntegerField(null=True)
    heard = models.IntegerField(default=0)
    hidden_names = models.TextField(blank=True, default="")

    class Meta:
        verbose_name = _("directory entry")
        verbose_name_plural = _("directory entries")

    def __str__(self) -> str:
        return self.sort


class DirectoryChange(models.Model):
    """Appended with every change of an entry: what a snapshot in memory must read again."""

    seq = models.BigAutoField(primary_key=True)
    person_id = models.BigIntegerField()

    class Meta:
        verbose_name = _("directory change")
        verbose_name_plural = _("directory changes")

    def __str__(self) -> str:
        return f"{self.seq}: {self.person_id}"
