"""What an ambassador writes in their own words: theirs alone. Nobody else reads it, and the journal says nothing of it."""

from datetime import timedelta
from typing import Final, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy

from lierre.publishing.models.ambassador import Ambassador
from lierre.publishing.models.material import Material
from lierre.publishing.models.medium import Medium

KEPT: Final = timedelta(days=365)


class OwnTextQuerySet(models.QuerySet["OwnText"]):
    def of(self, who: Ambassador) -> Self:
        return self.filter(ambassador=who)

    def old(self) -> Self:
        return self.filter(kept_at__lt=timezone.now() - KEPT)


class OwnText(models.Model):
    """`published_at`: when they said they had published it, or did from here; `link`: for themselves; `medium`: shown with it."""

    ambassador = models.ForeignKey(Ambassador, models.CASCADE, related_name="texts")
    material = models.ForeignKey(Material, models.CASCADE, related_name="+")
    text = models.TextField(gettext_lazy("text"), blank=True)
    kept_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True, blank=True)
    link = models.URLField(gettext_lazy("address"), max_length=300, blank=True)
    medium = models.ForeignKey(Medium, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = OwnTextQuerySet.as_manager()

    class Meta:
        ordering = ["-kept_at"]
        verbose_name = gettext_lazy("text of an ambassador")
        verbose_name_plural = gettext_lazy("texts of ambassadors")
        constraints = [models.UniqueConstraint(fields=["ambassador", "material"], name="one_text_for_each_topic")]

    def __str__(self) -> str:
        return str(self.material)

    @property
    def title(self) -> str:
        """Of the topic, for who looks for a name: networks do not show it."""
        return str(self.material)

    @property
    def language(self) -> str:
        return self.material.language
