"""The networks of the demonstration: simulators on this machine. The real outbox speaks to them, and its rows are kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from lierre.publishing.models import Account, Attempt, Delivery, Post
from lierre.publishing.outbox.connecting import connect
from lierre.publishing.outbox.lane import Outbox
from simulators.faults import Fault
from simulators.together import together

# Where the server of an account would be: LIERRE_…_BASE_URL sends to the simulator instead.
SERVERS: Final = {
    "linkedin": "",
    "facebook": "",
    "mastodon": "https://social.ubn.example",
    "bluesky": "https://pds.ubn.example",
}
PATIENCE: Final = 5
NEVER_SEEN: Final = 10 * 365 * 86_400.0
# So long after, a network that did not answer is taken for deaf, and a person is asked.
ENOUGH: Final = timedelta(seconds=60)
Simulators = dict[str, Any]


def ports() -> dict[str, int]:
    """Those that `bin/demo` gave to the simulators; none when this is loaded otherwise."""
    found = {code: getattr(settings, f"{code.upper()}_BASE_URL", "") for code in SERVERS}
    return {code: urlsplit(address).port or 0 for code, address in found.items() if address}


@contextmanager
def bundled(accounts: dict[str, Account], *, by: Any) -> Iterator[Simulators]:
    """Empty when there is none: everything is then published by hand."""
    if len(ports()) < len(SERVERS) or not settings.ALLOW_LOOPBACK:
        yield {}
        return
    with together(ports(), settings.DATA_DIR / "demo" / "simulators.kept") as simulators:
        for code, simulator in simulators.items():
            account = accounts[code]
            told = connect(code, account.name, simulator.token, by=by)
            told.write(base_url=SERVERS[code], address=account.address, label=account.label)
            account.refresh_from_db()
        yield simulators


def all_leaves(posts: list[Post]) -> None:
    """The past, sent now by the real outbox, then dated as it was planned: nobody can send yesterday."""
    now = timezone.now()
    rows = Delivery.objects.filter(post__in=posts)
    rows.filter(state="waiting").update(due_at=now, next_at=now)
    for _time in range(PATIENCE):
        Outbox().once()
        # A file that a network is still reading: it is asked again at once.
        rows.filter(state="claimed").update(next_at=timezone.now())
    for row in Delivery.objects.filter(post__in=posts, state="confirmed", sent_at__gte=now).select_related("post"):
        at = row.post.due_at
        Delivery.objects.filter(pk=row.pk).update(due_at=at, sent_at=at, last_sent_at=at, confirmed_at=at)
        Attempt.objects.filter(delivery=row).update(began_at=at, ended_at=at)


def put_off(post: Post) -> None:
    """Its turn comes after the others."""
    Delivery.objects.filter(post=post, state="waiting").update(next_at=timezone.now() + timedelta(hours=1))


def nobody_answers(post: Post, simulator: Any) -> None:
    """It is online, the network did not say so and does not list it: a person is asked."""
    lag, simulator.lag = simulator.lag, NEVER_SEEN
    simulator.faults.strike(Fault.COMMIT_THEN_DROP)
    now = timezone.now()
    rows = Delivery.objects.filter(post=post)
    rows.filter(state="waiting").update(due_at=now, next_at=now)
    Outbox().once()
    simulator.lag = lag
    rows.filter(state="in_flight").update(sent_at=now - ENOUGH, last_sent_at=now - ENOUGH, next_at=now)
    Outbox().once()
    rows.update(due_at=post.due_at)
