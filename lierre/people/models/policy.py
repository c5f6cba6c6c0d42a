"""The policy in force, and those before it."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lierre.people.fold import DEFAULT_POLICY, Policy


class PolicyVersion(models.Model):
    """Which source wins for which group of fields. A new version is written; none is ever changed."""

    orders = models.JSONField()  # group → kinds of sources, from the most trusted
    reason = models.CharField(_("why"), max_length=500)
    by_name = models.CharField(_("decided by"), max_length=200)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("policy")
        verbose_name_plural = _("policies")

    def __str__(self) -> str:
        return f"{self.pk}: {self.reason}"

    @property
    def policy(self) -> Policy:
        return Policy({**DEFAULT_POLICY.orders, **{group: tuple(order) for group, order in self.orders.items()}})


def policy_in_force() -> Policy:
    """The latest version, or the usual policy before anybody decided."""
    latest = PolicyVersion.objects.first()
    return latest.policy if latest else DEFAULT_POLICY
