"""Who answers for a treatment: the school, the association. Two controllers may stand over one base."""

from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from lierre.accounts.models import Unit
from lierre.foundation.models.journal import record


class Controller(models.Model):
    """A controller in the sense of article 4(7) of the GDPR: each with its own purposes, fields, consents."""

    class Kind(models.TextChoices):
        SCHOOL = "school", _("school")
        ASSOCIATION = "association", _("association")
        OTHER = "other", _("other institution")

    key = models.SlugField(_("key"), max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=150)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    address = models.TextField(_("postal address"), max_length=300, blank=True)
    represented_by = models.CharField(_("represented by"), max_length=150, blank=True)  # a function, not a name
    # Whoever works there acts for this controller, and sees of another's data what an agreement lets flow.
    unit = models.ForeignKey(
        Unit, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("unit that acts for it")
    )
    officer = models.CharField(_("how to reach the data protection officer"), max_length=200, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("controller")
        verbose_name_plural = _("controllers")

    def __str__(self) -> str:
        return self.name

    def describe(self, values: dict[str, Any], *, by: Any) -> None:
        """Say who this controller is: the notices and the register show it at once."""
        with transaction.atomic():
            for name, value in values.items():
                setattr(self, name, value)
            self.save()
            record("controller.described", self, by=by, **{name: str(value) for name, value in values.items()})
