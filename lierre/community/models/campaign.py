"""A campaign: some people are asked one question each, at the same time."""

from typing import Any, Self

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def latest_first(self) -> Self:
        return self.order_by("-id")


class Campaign(models.Model):
    """Prepared, then sent by somebody. Until then nothing leaves."""

    class State(models.TextChoices):
        PREPARED = "prepared", _("to be read, then sent")
        SENDING = "sending", _("sent, or leaving")
        STOPPED = "stopped", _("stopped by the office")
        ABANDONED = "abandoned", _("abandoned by the office")

    state = models.CharField(_("state"), max_length=9, choices=State, default=State.PREPARED)
    scope = models.JSONField(default=dict)  # first_class, last_class, unit: what was chosen
    scope_in_words = models.CharField(max_length=300)
    wanted = models.PositiveIntegerField(_("how many"))
    word = models.TextField(_("word of the office"), max_length=600, blank=True)
    # How so many became so few: [number, why] in the order in which it was asked.
    living = models.PositiveIntegerField(default=0)
    out_of_reach = models.JSONField(default=list)
    considered = models.PositiveIntegerField(default=0)
    set_aside = models.JSONField(default=list)
    by_name = models.CharField(_("prepared by"), max_length=200)
    prepared_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")

    def __str__(self) -> str:
        return self.scope_in_words

    def get_absolute_url(self) -> str:
        return reverse("community:campaign", args=[self.pk])

    def send(self, *, by: Any) -> None:
        """Let it leave, from the next minute on, some messages at a time."""
        with transaction.atomic():
            self.move(self.State.PREPARED, self.State.SENDING, sent_at=timezone.now())
            asked = self.asks.waiting().update(send_at=timezone.now())
            if not asked:
                raise Refused(gettext("Nobody is left to be asked: prepare another campaign."))
            record("campaign.sent", self, by=by, asked=asked)

    def abandon(self, *, by: Any) -> None:
        """Nothing has left: the names go, the row says that it was prepared."""
        with transaction.atomic():
            self.move(self.State.PREPARED, self.State.ABANDONED)
            self.asks.all().delete()
            record("campaign.abandoned", self, by=by)

    def stop(self, *, by: Any) -> None:
        """What has not left does not leave. The links that left still answer."""
        with transaction.atomic():
            self.move(self.State.SENDING, self.State.STOPPED)
            held, _by_model = self.asks.waiting().delete()
            record("campaign.stopped", self, by=by, held=held)

    def move(self, before: "Campaign.State", after: "Campaign.State", **fields: Any) -> None:
        """Two people who press at once: one is refused."""
        if not Campaign.objects.filter(pk=self.pk, state=before).update(state=after, **fields):
            self.refresh_from_db()
            raise Refused(
                gettext("This campaign is “%(state)s”: that cannot be done now.") % {"state": self.get_state_display()}
            )
        self.refresh_from_db()
