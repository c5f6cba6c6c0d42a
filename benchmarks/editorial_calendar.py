"""A month of the editorial calendar that holds 500 posts: `python -m benchmarks.editorial_calendar`."""

import os
import statistics
import sys
import tempfile
import time
from datetime import timedelta
from functools import partial
from typing import Any

POSTS = 500
TIMES = 60


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="lierre-calendar-") as folder:
        os.environ["LIERRE_DATA_DIR"], os.environ["LIERRE_SECRET_KEY"] = folder, "only for benchmarks"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lierre.settings")
        import django

        django.setup()
        from django.conf import settings
        from django.core.management import call_command

        settings.ALLOWED_HOSTS = ["testserver"]
        # Names of static files are not looked up: nothing was collected here.
        settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        for view, spent, questions in measured():
            p50, p95 = statistics.median(spent), sorted(spent)[int(len(spent) * 0.95)]
            sys.stdout.write(
                f"{view:<10} p50 {p50:6.1f} ms   p95 {p95:6.1f} ms   of processor; {questions} questions to the base\n"
            )


def measured() -> list[tuple[str, list[float], int]]:
    """Processor time of the whole request, which a busy machine does not change."""
    from django.db import connection
    from django.test import Client
    from django.urls import reverse

    client = Client()
    client.force_login(filled())
    found = []
    for name in ("calendar", "week", "agenda", "board"):
        address = reverse(f"publishing:{name}")
        for _warm in range(3):
            client.get(address)
        asked: list[str] = []
        with connection.execute_wrapper(partial(counted, asked)):
            client.get(address)
        spent = []
        for _time in range(TIMES):
            began = time.process_time()
            client.get(address)
            spent.append((time.process_time() - began) * 1000)
        found.append((name, spent, len(asked)))
    return found


def counted(asked: list[str], execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    asked.append(sql)
    return execute(sql, params, many, context)


def filled() -> Any:
    """Five hundred posts in this month, on six accounts; and somebody who may see them."""
    from django.utils import timezone

    from lierre.accounts.models import Role, Unit, User
    from lierre.publishing.models import Account, Delivery, Post, Variant

    top = Unit.objects.create(code="UBN", name="Université de Bretagne-Nord", kind="institution", path="/UBN/")
    user = User.objects.create_user("gwenael.riou@ubn.example", "ivy on the old wall", name="Gwenaël Riou")
    Role.objects.create(user=user, unit=top, kind="communication")
    networks = ("linkedin", "facebook", "mastodon", "bluesky", "instagram", "x")
    accounts = [Account.objects.create(name=network, network=network, label=network) for network in networks]
    first = timezone.localtime().replace(day=1, hour=8, minute=0)
    posts = Post.objects.bulk_create(
        Post(title=f"Publication {n}", parts=["…"], state="approved", due_at=first + timedelta(minutes=83 * n))
        for n in range(POSTS)
    )
    pairs = [(post, accounts[(n + k) % 6]) for n, post in enumerate(posts) for k in range(2)]
    Variant.objects.bulk_create(Variant(post=post, account=account) for post, account in pairs)
    Delivery.objects.bulk_create(
        Delivery(post=post, account=account, state="waiting", due_at=post.due_at, next_at=post.due_at)
        for post, account in pairs
    )
    return user


if __name__ == "__main__":
    main()
