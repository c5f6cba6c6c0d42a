"""What is added to the addresses that leave, by the institution and by each unit: where a reader comes from."""

from typing import Any, Final

from django.db import models, transaction
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from lierre.accounts.models import Unit
from lierre.foundation.models.journal import record
from lierre.publishing.links.tagging import PARTS, filled

USUAL: Final = {"source": "{network}", "medium": "social", "campaign": "{campaign}"}


class LinkTemplateManager(models.Manager["LinkTemplate"]):
    def for_unit(self, unit: Unit | None) -> "LinkTemplate":
        """The one of the nearest unit above that has one; else that of the institution; else the usual one, not kept."""
        asked = models.Q(unit=None)
        if unit is not None:
            asked |= models.Q(unit__path__in=unit.lineage)
        known = list(self.filter(asked).select_related("unit"))
        return max(known, key=lambda each: len(each.unit.path) if each.unit else 0, default=LinkTemplate(**USUAL))

    def keep(self, unit: Unit | None, said: dict[str, str], *, by: Any) -> "LinkTemplate":
        """For links that are made from now on: those that exist lead where they led."""
        with transaction.atomic():
            made, _is_new = self.update_or_create(unit=unit, defaults={name: said[name] for name in PARTS})
            record("link.template_kept", made, by=by, **{name: said[name] for name in PARTS})
        return made

    def drop(self, template: "LinkTemplate", *, by: Any) -> None:
        """The unit follows the one above again."""
        with transaction.atomic():
            record("link.template_dropped", template, by=by)
            template.delete()


class LinkTemplate(models.Model):
    """Each part may hold {network}, {account}, {campaign}, {unit} and {post}; an empty one is not added."""

    unit = models.ForeignKey(Unit, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("unit"))
    source = models.CharField(_("source"), max_length=100, blank=True)
    medium = models.CharField(_("kind of channel"), max_length=100, blank=True)
    campaign = models.CharField(_("campaign"), max_length=100, blank=True)

    objects = LinkTemplateManager()

    class Meta:
        verbose_name = _("template of links")
        verbose_name_plural = _("templates of links")
        constraints = [
            # Two rows without a unit would both be that of the institution.
            models.UniqueConstraint(Coalesce("unit", 0), name="one_link_template_of_each_unit")
        ]

    def __str__(self) -> str:
        return str(self.unit or _("the institution"))

    def said(self, values: dict[str, object]) -> dict[str, str]:
        """The three parts, filled."""
        return {name: filled(getattr(self, name), values) for name in PARTS}
