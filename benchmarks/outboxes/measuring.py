"""How many leave in a second, and how late they leave when many wait."""

import os
import random
import sqlite3
import statistics
import time
from argparse import Namespace
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.outboxes.house import House, stop

MANY = 100_000
Figures = Iterator[tuple[str, str]]


def count(house: House, state: str) -> int:
    """Read beside the product, so that looking costs nothing to whoever sends."""
    base = sqlite3.connect(f"file:{house.folder / 'lierre.sqlite3'}?mode=ro", uri=True, timeout=20)
    try:
        return int(base.execute("SELECT count(*) FROM publishing_delivery WHERE state = ?", [state]).fetchone()[0])
    finally:
        base.close()


def rate(house: House, asked: Namespace) -> Figures:
    """One account, then ten: one request in flight for each."""
    names = [f"univ{number}.test" if asked.network == "bluesky" else f"univ{number}" for number in range(10)]
    house.connect(*names)
    for said, used in (("one account", names[:1]), ("ten accounts", names)):
        before, posts = count(house, "confirmed"), 500
        house.publish(
            [{"account": used[number % len(used)], "text": f"Message {said} {number}"} for number in range(posts)]
        )
        worker, began = house.worker(), None
        house.until(lambda before=before: count(house, "confirmed") > before)
        began, first, used_before = time.monotonic(), count(house, "confirmed"), computed(worker.pid)
        house.until(lambda before=before, posts=posts: count(house, "confirmed") >= before + posts)
        took, sent = time.monotonic() - began, count(house, "confirmed") - first
        yield f"deliveries a second, one worker, {said}", f"{sent / took:.0f}"
        yield f"milliseconds of processor for each, {said}", f"{(computed(worker.pid) - used_before) / sent * 1000:.1f}"
        yield f"worker stops on SIGTERM, {said}", f"status {stop(worker)}"
    online = [each["text"] for each in house.state()["bluesky" if asked.network == "bluesky" else "mastodon"]]
    yield "online, once each", f"{len(set(online))} of {len(online)}"


def computed(pid: int) -> float:
    """Seconds of processor that a process has taken: what a busy machine does not change."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def punctual(house: House, asked: Namespace) -> Figures:
    """Posts that fall due while the worker runs, among many that wait for later."""
    name = "univ.test" if asked.network == "bluesky" else "univ"
    house.connect(name)
    fill(house, name, MANY)
    yield "rows that wait for later", f"{count(house, 'waiting'):,}".replace(",", " ")
    starts, worker = house.starts(), house.worker()
    house.until(lambda: house.starts() > starts)
    luck, soon = random.Random(asked.seed), datetime.now(UTC) + timedelta(seconds=60)
    due = [soon + timedelta(seconds=luck.uniform(0, 30)) for _number in range(100)]
    house.publish([{"account": name, "text": f"À l’heure {n}", "at": at.isoformat()} for n, at in enumerate(due)])
    if datetime.now(UTC) > soon:
        raise SystemExit("this machine is too busy: the posts were written after their time")
    house.until(lambda: count(house, "confirmed") >= len(due))
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
