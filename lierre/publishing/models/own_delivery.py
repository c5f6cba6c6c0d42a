"""What an ambassador asked to publish on their own account: the same road to a proof, and nobody else on it."""

from typing import Any, ClassVar, Final

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.publishing.models.ambassador import Ambassador
from lierre.publishing.models.attempt import Call
from lierre.publishing.models.departure import Departure, proofs
from lierre.publishing.models.own_account import OwnAccount, write_to
from lierre.publishing.models.own_text import OwnText
from lierre.publishing.models.queue import DepartureQuerySet

LONGEST_LINK: Final = 300  # of an own text
# What nobody can prove, what was refused, what missed its time.
NEWS: Final = frozenset({"delivery.to_check", "delivery.refused", "delivery.missed"})


class OwnDeliveryQuerySet(DepartureQuerySet["OwnDelivery"]):
    def of(self, who: Ambassador) -> "OwnDeliveryQuerySet":
        return self.filter(account__ambassador=who).select_related("account", "post__material")


class OwnDelivery(Departure):
    """`text`: what they said when they pressed the button. What they write afterwards changes nothing that was asked."""

    post = models.ForeignKey(OwnText, models.CASCADE, related_name="deliveries")
    account = models.ForeignKey(OwnAccount, models.CASCADE, related_name="deliveries")

    objects = OwnDeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = gettext_lazy("delivery of somebody’s own text")
        verbose_name_plural = gettext_lazy("deliveries of own texts")
        constraints = [
            models.UniqueConstraint(fields=["post", "account", "part"], name="one_row_for_each_own_part"),
            *proofs("own_"),
        ]
        indexes = [
            models.Index(fields=["account", "next_at"], name="publishing_own_due"),
            models.Index(fields=["state", "due_at"], name="publishing_own_state"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("publishing:own_accounts") + f"#d{self.pk}"

    def tell(self, verb: str, *, by: Any, why: str = "", **details: Any) -> None:
        """Nothing in the journal: it forgets nothing, and this goes with its person. They are told themselves."""
        del why, details
        user = self.account.ambassador.user
        if verb in NEWS and by != user:
            with translation.override(user.language or settings.LANGUAGE_CODE):
                write_to(
                    user, _("Something you asked to publish waits for you"), _("Nothing is sent again without you.")
                )

    def confirm(self, network_id: str, permalink: str, receipt: dict[str, Any] | None = None, *, by: Any) -> None:
        """The first message of a thread says where the text is: it counts as published, as if they had said so."""
        with transaction.atomic():
            super().confirm(network_id, permalink, receipt, by=by)
            if not self.part and self.state == self.State.CONFIRMED:
                mine = OwnText.objects.filter(pk=self.post_id)
                mine.filter(published_at=None).update(published_at=self.confirmed_at or timezone.now())
                if len(self.permalink) <= LONGEST_LINK:
                    mine.filter(link="").update(link=self.permalink)


class OwnAttempt(Call):
    delivery = models.ForeignKey(OwnDelivery, models.CASCADE, related_name="log")

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        verbose_name = gettext_lazy("attempt for somebody’s own text")
        verbose_name_plural = gettext_lazy("attempts for own texts")
