"""Somebody read figures on a network that tells us nothing, and types them."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.publishing.models import Account, Delivery, Measurement


def type_of_post(delivery: Delivery, values: Mapping[str, int | None], *, by: Any) -> None:
    """What was left empty stays unknown: nothing is written of it."""
    if delivery.account.writes:
        raise Refused(_("The network tells these figures itself: they are asked by themselves."))
    if delivery.state != Delivery.State.CONFIRMED:
        raise Refused(_("It is not known to be online yet: give its address first."))
    known = Measurement.objects.known_of([delivery]).get(delivery.pk, {})
    write(delivery.account, delivery, values, known, on=delivery, by=by)


def type_of_account(account: Account, values: Mapping[str, int | None], *, by: Any) -> None:
    if account.is_connected:
        raise Refused(_("The network tells these figures itself: they are asked by themselves."))
    write(account, None, values, {}, on=account, by=by)


def write(
    account: Account, delivery: Delivery | None, values: Mapping[str, int | None], known: Mapping[str, Measurement],
    *, on: Any, by: Any,
) -> None:  # fmt: skip
    said = {name: (value, "") for name, value in values.items() if value is not None}
    if not said:
        raise Refused(_("Type one figure at least."))
    with transaction.atomic():
        Measurement.objects.write(account, delivery, said, timezone.now(), known, by_hand=True)
        record("figures.typed", on, by=by, figures={name: value for name, (value, _theirs) in said.items()})
