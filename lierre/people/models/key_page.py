"""Where to look for whom a line may speak of: the keys of every person, packed in pages."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class KeyShelf(models.Model):
    """The pages as they were written whole, and how far changes were followed since."""

    pages = models.IntegerField()
    entries = models.IntegerField()
    persons = models.IntegerField()
    seen_change = models.BigIntegerField()  # of the directory
    keys = models.CharField(max_length=60)  # which columns and which version of the keys
    built_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("shelf of keys")
        verbose_name_plural = _("shelves of keys")

    def __str__(self) -> str:
        return str(self.built_at)


class KeyPage(models.Model):
    """
    The keys that fall on one page: pairs of a key of 64 bits and a person, 0 for a key that too many bear. Under 0, the
    sheets: of each person, what their keys were made of.
    """

    number = models.BigAutoField(primary_key=True)  # of the shelf, then of the page on it; or of the person, below 0
    entries = models.BinaryField()

    class Meta:
        verbose_name = _("page of keys")
        verbose_name_plural = _("pages of keys")

    def __str__(self) -> str:
        return str(self.number)
