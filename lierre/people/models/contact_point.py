"""A way to reach a person."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lierre.people.models.person import Person


class ContactPoint(models.Model):
    """Folded from records: an e-mail, a phone number, a postal address."""

    class Kind(models.TextChoices):
        EMAIL = "email", _("e-mail")
        PHONE = "phone", _("phone")
        ADDRESS = "address", _("postal address")

    person = models.ForeignKey(Person, models.CASCADE, related_name="contact_points")
    kind = models.CharField(max_length=7, choices=Kind)
    value = models.CharField(max_length=400)
    use = models.CharField(max_length=8, blank=True)
    confirmed = models.BooleanField(null=True)
    refused = models.BooleanField(default=False)
    record_id = models.BigIntegerField()

    class Meta:
        ordering = ["kind", "id"]
        verbose_name = _("contact point")
        verbose_name_plural = _("contact points")

    def __str__(self) -> str:
        return self.value
