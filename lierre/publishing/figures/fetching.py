"""The figures of what is online are asked of the networks, less and less often as posts grow old."""

import logging
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from lierre.connectors import network as net
from lierre.foundation.errors import Refused
from lierre.publishing.models import Account, Measurement, Watch
from lierre.publishing.models.measurement import NAMES
from lierre.publishing.models.measurement_watch import WEEK
from lierre.publishing.outbox.speaking import Keys, network_of, receipt_of, speaker

# Some networks are asked several questions about each post.
TOGETHER: Final = 25
MOST_TURNS: Final = 4
LATER: Final = timedelta(hours=1)
logger = logging.getLogger(__name__)


def fetch_due(now: datetime | None = None) -> int:
    """Every account that has something due. Answers how many figures were news."""
    now = now or timezone.now()
    Watch.objects.begin(now)
    due = Exists(Watch.objects.due(now).filter(account=OuterRef("pk")))
    found = 0
    for account in Account.objects.connected().filter(due, held=""):
        for _turn in range(MOST_TURNS):
            watches = due_of(account, now)
            if not watches:
                break
            found += fetch(account, watches, now)
    return found


def due_of(account: Account, now: datetime) -> list[Watch]:
    rows = Watch.objects.due(now).filter(account=account).select_related("delivery").order_by("next_at", "pk")
    return list(rows[:TOGETHER])


def fetch(account: Account, watches: list[Watch], now: datetime) -> int:
    """One call, and what came of it. Whatever fails is asked again later: no figure is worth an account that is held."""
    receipts = [receipt for watch in watches if (receipt := receipt_for(watch))]
    try:
        network, spoken = network_of(account, to_read=True), speaker(account, to_read=True)
        told = net.fresh(network, spoken, Keys(account), lambda each: tuple(network.fetch_metrics(each, receipts)))
    except net.NotSupported:
        return put_off(watches, None)
    except net.Refusal:
        return apart(account, watches, now)
    except (net.NetworkError, Refused) as error:
        return put_off(watches, getattr(error, "retry_at", None) or now + LATER)
    except Exception:
        logger.exception("The figures of the account %s could not be read.", account.pk)
        return put_off(watches, now + LATER)
    return keep(account, watches, told, now)


def apart(account: Account, watches: list[Watch], now: datetime) -> int:
    """One of them is refused: the others must not pay for it."""
    if len(watches) == 1:
        return put_off(watches, now + WEEK)
    half = len(watches) // 2
    return fetch(account, watches[:half], now) + fetch(account, watches[half:], now)


def receipt_for(watch: Watch) -> net.Receipt | None:
    """None for the account itself."""
    delivery = watch.delivery
    if delivery is None:
        return None
    return receipt_of(delivery.receipt) or net.Receipt(delivery.network_id, delivery.permalink)


def put_off(watches: list[Watch], until: datetime | None) -> int:
    Watch.objects.filter(pk__in=[watch.pk for watch in watches]).update(next_at=until)
    return 0


def keep(account: Account, watches: list[Watch], told: tuple[net.Metric, ...], now: datetime) -> int:
    """What is not communicated is kept as unknown, never as zero."""
    known = Measurement.objects.known_of([watch.delivery for watch in watches if watch.delivery])
    found = 0
    with transaction.atomic():
        for watch in watches:
            receipt = receipt_for(watch)
            about = receipt.id if receipt else ""
            values = {
                each.name: (each.value, each.said_by) for each in told if each.about == about and each.name in NAMES
            }
            before = known.get(watch.delivery_id, {}) if watch.delivery_id else {}
            found += Measurement.objects.write(account, watch.delivery, values, now, before)
            watch.looked(now)
    return found
