"""A word of the vocabulary: a degree, a unit, an employer… numbered by what it says."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Term(models.Model):
    """The number is made from the kind and the label (`fold.rows.term_id`), so writers need not agree beforehand."""

    id = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=12, db_index=True)
    label = models.CharField(max_length=300)
    quality = models.SmallIntegerField(default=0)  # of the spelling: the best of those met is shown

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")

    def __str__(self) -> str:
        return self.label
