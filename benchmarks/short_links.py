"""A short link among 20 000 that is opened again and again: `python -m benchmarks.short_links`."""

import os
import statistics
import sys
import tempfile
import time

LINKS = 20_000
DAYS = 10
TIMES = 300
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="lierre-links-") as folder:
        os.environ["LIERRE_DATA_DIR"], os.environ["LIERRE_SECRET_KEY"] = folder, "only for benchmarks"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lierre.settings")
        import django

        django.setup()
        from django.conf import settings
        from django.core.management import call_command

        settings.ALLOWED_HOSTS = ["testserver"]
        call_command("migrate", verbosity=0)
        wall, processor, people = measured()
        p95 = sorted(wall)[int(len(wall) * 0.95)]
        sys.stdout.write(
            f"redirect   p50 {statistics.median(wall):5.1f} ms   p95 {p95:5.1f} ms   {processor:4.1f} ms of processor"
            f"   {people} clicks counted of {TIMES} asked\n"
        )


def measured() -> tuple[list[float], float, int]:
    """Milliseconds of each answer, of the processor for one, and how many were counted."""
    from datetime import timedelta

    from django.test import Client
    from django.utils import timezone

    from lierre.publishing.models import Click, Link

    links = Link.objects.bulk_create(
        Link(label=f"Affiche {number}", target="https://ubn.example/", leads_to="https://ubn.example/", fingerprint="-")
        for number in range(LINKS)
    )
    today = timezone.localdate()
    rows = (Click(link=link, day=today - timedelta(days=day), people=3) for link in links for day in range(1, DAYS))
    Click.objects.bulk_create(rows, batch_size=5000)
    client, path = Client(headers={"User-Agent": BROWSER}), f"/l/{links[LINKS // 2].code}"
    client.get(path)
    Click.objects.filter(day=today).delete()
    wall, began = [], time.process_time()
    for _time in range(TIMES):
        start = time.perf_counter()
        client.get(path)
        wall.append((time.perf_counter() - start) * 1000)
    spent = (time.process_time() - began) * 1000 / TIMES
    return wall, spent, Click.objects.get(day=today).people


if __name__ == "__main__":
    main()
