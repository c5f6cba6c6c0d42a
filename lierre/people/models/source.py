"""Who speaks: the information system, an association, a survey, staff, the person."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lierre.people.facts import SOURCE_KINDS


class Source(models.Model):
    """A witness. Its kind tells the policy how much it is trusted."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=list(SOURCE_KINDS.items()))
    siglum = models.CharField(_("mark"), max_length=2, help_text=_("One or two letters, shown beside each value."))
    applies_alone = models.BooleanField(
        _("applies alone what is dropped in the watched folder"),
        default=False,
        help_text=_("Otherwise a person reads the rehearsal first."),
    )

    class Meta:
        ordering = ["name"]
        verbose_name = _("source")
        verbose_name_plural = _("sources")

    def __str__(self) -> str:
        return self.name

    @property
    def speaks_for_itself(self) -> bool:
        """Whether the witness is the person: drawn round instead of square."""
        return self.kind in {"member", "archive"}
