"""What people say to the institution’s accounts is asked of the networks: often while a post is fresh, rarely afterwards."""

import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final, TypeVar

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from lierre.connectors import network as net
from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.publishing.models import Account, Delivery, Heard, Hearing
from lierre.publishing.outbox.speaking import Keys, network_of, receipt_of, speaker

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
# Age of its latest post → how long until an account is listened to again. A network may grant a hundred calls a day.
OFTEN: Final = ((DAY, HOUR / 2), (14 * DAY, 3 * HOUR))
MOST_ACCOUNTS: Final = 50
MOST_TURNS: Final = 4
TOGETHER: Final = 10
MOST_TEXT: Final = 10_000
# What is said in public, in words. Likes are figures; private messages are nobody’s business here.
SPOKEN: Final = frozenset({net.Reaction.ANSWER, net.Reaction.MENTION, net.Reaction.QUOTE})
Answer = TypeVar("Answer")
logger = logging.getLogger(__name__)


def listen(now: datetime | None = None) -> int:
    """Every account of the institution whose turn it is. Answers how much is new. An ambassador’s own is never asked."""
    now = now or timezone.now()
    unknown = Account.objects.connected().filter(hearing=None)
    Hearing.objects.bulk_create([Hearing(account=each, next_at=now) for each in unknown], ignore_conflicts=True)
    free = Account.objects.connected().filter(Q(quiet_until=None) | Q(quiet_until__lte=now), held="")
    due = Hearing.objects.filter(next_at__lte=now, account__in=free).select_related("account").order_by("next_at")
    found = 0
    for each in due[:MOST_ACCOUNTS]:
        found += hear(each, now)
        look_again(each.account, now)
    return found


def hear(hearing: Hearing, now: datetime) -> int:
    found = 0
    for _turn in range(MOST_TURNS):
        cursor = hearing.cursor
        told, later = called(hearing.account, now, lambda network, account: network.fetch_interactions(account, cursor))  # noqa: B023
        if told is None:
            Hearing.objects.filter(pk=hearing.pk).update(next_at=later)
            break
        news = keep(hearing, told, now)
        found += news
        if not news or hearing.cursor == cursor:
            break
    return found


def called(
    account: Account, now: datetime, act: Callable[[net.Network, net.Account], Answer]
) -> tuple[Answer | None, datetime]:
    """What was told; else None, and when to ask again. Whatever fails never holds the account: posts leave first."""
    try:
        network, spoken = network_of(account, to_read=True), speaker(account, to_read=True)
        return net.fresh(network, spoken, Keys(account), lambda each: act(network, each)), now
    except net.NotSupported:
        return None, now + WEEK
    except (net.NetworkError, Refused) as error:
        return None, max(getattr(error, "retry_at", None) or now, now + HOUR)
    except Exception:
        logger.exception("What people answer to the account %s could not be read.", account.pk)
        return None, now + HOUR


def keep(hearing: Hearing, told: net.Interactions, now: datetime) -> int:
    """Each once, however often it is told; what was corrected over there is corrected here."""
    account = hearing.account
    said = {id_of(each): each for each in told.items if each.kind in SPOKEN and not is_ours(each, account)}
    before = {each.network_id: each for each in Heard.objects.filter(account=account, network_id__in=said)}
    under = posts_of(account, {each.about for each in said.values() if each.about})
    fresh = []
    for key, each in said.items():  # the oldest first: what answers one of them stands under the same post
        if key not in before:
            fresh.append(row_of(account, key, each, under, now))
            under[key] = fresh[-1].delivery_id
    with transaction.atomic():
        Heard.objects.bulk_create(fresh, ignore_conflicts=True)
        for key, row in before.items():
            if row.text != plain(said[key].text):
                Heard.objects.filter(pk=row.pk).update(text=plain(said[key].text))
        Hearing.objects.filter(pk=hearing.pk).update(
            cursor=told.cursor[:1000], heard_at=now, next_at=now + wait_for(account, now)
        )
    hearing.refresh_from_db(fields=["cursor", "heard_at", "next_at"])
    return len(fresh)


def id_of(each: net.Interaction) -> str:
    """Of what was said, and not of the notice of it."""
    return (each.after.id if each.after else each.id)[:300]


def is_ours(each: net.Interaction, account: Account) -> bool:
    return bool(each.handle) and each.handle in {account.handle, account.remote_id}


def posts_of(account: Account, about: Iterable[str]) -> dict[str, int | None]:
    """Number over there → our row; an answer to an answer stands under the same post."""
    asked = list(about)
    found: dict[str, int | None] = dict(
        Heard.objects.filter(account=account, network_id__in=asked).values_list("network_id", "delivery")
    )
    return found | dict(Delivery.objects.filter(account=account, network_id__in=asked).values_list("network_id", "pk"))


def row_of(account: Account, key: str, each: net.Interaction, under: dict[str, int | None], now: datetime) -> Heard:
    link = each.permalink if each.permalink.startswith(("https://", "http://")) and len(each.permalink) <= 500 else ""
    return Heard(
        account=account, delivery_id=under.get(each.about), network_id=key, kind=each.kind.value, author=plain(each.author)[:200],
        handle=plain(each.handle)[:200], text=plain(each.text), permalink=link, at=each.at,
        after=net.as_plain(each.after) if each.after else None, look_at=now + DAY if each.after else None,
    )  # fmt: skip


def plain(text: str) -> str:
    """A base refuses the sign that means nothing."""
    return text.replace("\x00", "")[:MOST_TEXT]


def wait_for(account: Account, now: datetime) -> timedelta:
    latest = account.deliveries.filter(state=Delivery.State.CONFIRMED).aggregate(at=Max("confirmed_at"))["at"]
    return next((wait for age, wait in OFTEN if latest and now - latest < age), DAY)


def look_again(account: Account, now: datetime) -> int:
    """
    Whoever took their words back over there has them taken back here. Asked together with a post of ours: a network that
    tells nothing of it either says nothing of theirs.
    """
    rows = list(Heard.objects.filter(account=account, look_at__lte=now).order_by("look_at")[:TOGETHER])
    ours = account.deliveries.filter(state=Delivery.State.CONFIRMED, receipt__isnull=False).order_by("-pk").first()
    witness = receipt_of(ours.receipt) if ours else None
    if not rows or witness is None:
        return 0
    receipts = [witness, *(receipt for row in rows if (receipt := receipt_of(row.after)))]
    told, later = called(account, now, lambda network, each: tuple(network.fetch_metrics(each, receipts)))
    known = {each.about for each in told or ()}
    still = [row for row in rows if row.network_id in known or witness.id not in known]
    Heard.objects.filter(pk__in=[row.pk for row in still]).update(look_at=max(later, now + DAY))
    return forget(account, [row for row in rows if row not in still])


def forget(account: Account, rows: Sequence[Heard]) -> int:
    if not rows:
        return 0
    with transaction.atomic():
        Heard.objects.filter(pk__in=[row.pk for row in rows]).delete()
        record("heard.forgotten", account, by="outbox", count=len(rows))
    return len(rows)


def forget_old(now: datetime | None = None) -> int:
    """A year after they were said."""
    return Heard.objects.old(now or timezone.now()).delete()[0]
