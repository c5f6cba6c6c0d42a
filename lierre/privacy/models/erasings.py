"""How much of the list of erasings this base knows. The list itself stands out of the base: see `ledger`."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ErasingsKnown(models.Model):
    """One row. A base that was put back from a copy knows less than the list: what follows is done again."""

    upto = models.PositiveBigIntegerField(default=0)  # bytes of the list

    class Meta:
        verbose_name = _("erasings that are known")
        verbose_name_plural = _("erasings that are known")

    def __str__(self) -> str:
        return str(self.upto)

    @classmethod
    def upto_now(cls) -> int:
        return cls.objects.values_list("upto", flat=True).filter(pk=1).first() or 0
