"""How many leave in a second, and how late they leave when many wait."""

import os
import random
import statistics
import time
from argparse import Namespace
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx

from benchmarks.outboxes.house import House, stop

MANY = 100_000
Figures = Iterator[tuple[str, str]]


def rate(house: House, asked: Namespace) -> Figures:
    """One account, then eight: one request in flight for each. Beside it, what the server takes of whoever only posts."""
    names = house.names
    house.connect(*names)
    yield "load of this machine", f"{os.getloadavg()[0]:.1f}"
    if asked.network == "mastodon":
        yield "posts a second, bare httpx to the same server", f"{floor(house):.0f}"
    for said, used in (("one account", names[:1]), (f"{len(names)} accounts", names)):
        if said == "1 accounts":
            continue
        before, posts = house.count("confirmed"), 500
        house.publish(
            [{"account": used[number % len(used)], "text": f"Message {said} {number}"} for number in range(posts)]
        )
        worker, began = house.worker(), None
        house.until(lambda before=before: house.count("confirmed") > before)
        began, first, used_before = time.monotonic(), house.count("confirmed"), computed(worker.pid)
        house.until(lambda before=before, posts=posts: house.count("confirmed") >= before + posts)
        took, sent = time.monotonic() - began, house.count("confirmed") - first
        yield f"deliveries a second, one worker, {said}", f"{sent / took:.0f}"
        yield f"milliseconds of processor for each, {said}", f"{(computed(worker.pid) - used_before) / sent * 1000:.1f}"
        yield f"worker stops on SIGTERM, {said}", f"status {stop(worker)}"
    online = [each["text"] for each in house.state()["online"]]
    yield "online, once each", f"{len(set(online))} of {len(online)}"


def floor(house: House, posts: int = 300) -> float:
    """As many as a program posts that keeps nothing: one after another, a connection for each, as the outbox does."""
    began = time.monotonic()
    with httpx.Client(limits=httpx.Limits(max_keepalive_connections=0), trust_env=False) as client:
        for number in range(posts):
            key = {"Authorization": "Bearer token-floor", "Idempotency-Key": f"floor-{number}"}
            client.post(
                f"{house.address}/api/v1/statuses", data={"status": f"Bare {number}"}, headers=key
            ).raise_for_status()
    return posts / (time.monotonic() - began)


def computed(pid: int) -> float:
    """Seconds of processor that a process has taken: what a busy machine does not change."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def punctual(house: House, asked: Namespace) -> Figures:
    """Posts that fall due while the worker runs, among many that wait for later."""
    name = house.names[0]
    house.connect(name)
    fill(house, name, MANY)
    yield "load of this machine", f"{os.getloadavg()[0]:.1f}"
    yield "rows that wait for later", f"{house.count('waiting'):,}".replace(",", " ")
    starts, worker = house.starts(), house.worker()
    house.until(lambda: house.starts() > starts)
    luck, soon = random.Random(asked.seed), datetime.now(UTC) + timedelta(seconds=60)
    due = [soon + timedelta(seconds=luck.uniform(0, 30)) for _number in range(100)]
    house.publish([{"account": name, "text": f"À l’heure {n}", "at": at.isoformat()} for n, at in enumerate(due)])
    if datetime.now(UTC) > soon:
        raise SystemExit("this machine is too busy: the posts were written after their time")
    house.until(lambda: house.count("confirmed") >= len(due))
    late = [lateness(row) for row in house.told("outbox", "--json", "--state", "confirmed")]
    yield "posts that fell due", str(len(late))
    yield (
        "seconds late, half of them / 95 % / the latest",
        " / ".join(
            f"{value:.2f}" for value in (statistics.median(late), sorted(late)[int(len(late) * 0.95)], max(late))
        ),
    )
    yield "worker stops on SIGTERM", f"status {stop(worker)}"


def lateness(row: dict[str, str]) -> float:
    """From its time to the instant when the request left."""
    return (datetime.fromisoformat(row["sent_at"]) - datetime.fromisoformat(row["due_at"])).total_seconds()


def fill(house: House, name: str, rows: int) -> None:
    """Posts of the coming months, by the product’s own models."""
    code = f"""
from datetime import timedelta
from django.utils import timezone
from lierre.publishing.models import Account, Delivery, Post, Variant
from lierre.publishing.models.delivery import hash_of
account, now = Account.objects.named({name!r}), timezone.now()
posts = Post.objects.bulk_create([Post(title=f"Plus tard {{n}}", parts=[f"Plus tard {{n}}"], state="approved",
    due_at=now + timedelta(hours=1, seconds=60 * n)) for n in range({rows})], batch_size=2000)
Variant.objects.bulk_create([Variant(post=post, account=account) for post in posts], batch_size=2000)
Delivery.objects.bulk_create([Delivery(post=post, account=account, state="waiting", due_at=post.due_at, next_at=post.due_at,
    text=post.parts[0], text_hash=hash_of(post.parts[0])) for post in posts], batch_size=1000)
"""
    process = house.lierre("shell", "--verbosity", "0", "-c", code)
    out, said = process.communicate()
    if process.returncode:
        raise SystemExit(out + said)
