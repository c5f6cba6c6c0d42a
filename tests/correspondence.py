"""Mailings of the small house: one that was cut off while it left, one that waits for an approval."""

from typing import Any

from django.utils import timezone

from lierre.people.models import Person
from lierre.publishing.mailing.approving import submit
from lierre.publishing.mailing.audience import reckon
from lierre.publishing.models import Mailing, Recipient
from lierre.publishing.tests.mailings import written

NOW = {"began_at", "frozen_at", "approved_at"}


def correspondence(person: Person, by: Any, approver: Any) -> None:
    left, waiting = written(by, name="Lettre d’octobre"), written(by, name="Lettre de mars")
    reckon(left), reckon(waiting)
    submit(waiting, by=by)
    Mailing.objects.filter(pk=left.pk).update(
        state="sending", approved_by=approver, approved_digest=left.digest, **dict.fromkeys(NOW, timezone.now())
    )
    address = "amelie.herve@courriel.example"
    Recipient.objects.create(
        mailing=left,
        person=person,
        address=address,
        domain="courriel.example",
        state="uncertain",
        left_at=timezone.now(),
    )


def letter() -> Mailing:
    """The one that has begun to leave."""
    return Mailing.objects.get(name="Lettre d’octobre")


def letters() -> list[dict[str, Any]]:
    return [{"mailing_id": pk} for pk in Mailing.objects.order_by("pk").values_list("pk", flat=True)]


def receiver() -> Recipient:
    return letter().recipients.get()
