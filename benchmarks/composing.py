"""What a key costs in the composer, in a browser, until all it changes is laid out: `python -m benchmarks.composing`."""

import os
import statistics
import sys
import tempfile
from typing import Any, Final

KEYS: Final = 300
NETWORKS: Final = ("linkedin", "facebook", "mastodon", "bluesky", "website", "x", "instagram", "threads")
SENTENCE: Final = "Une phrase de la vie d’une université, son adresse https://ubn.example/page, un mot #Recherche. "
# The field, its counters and its previews, as the browser must lay them out before it can show them.
PRESS: Final = """keys => {
    const field = document.querySelector("[name=text]"), took = [];
    for (let key = 0; key < keys; key++) {
        field.value += "é";
        const began = performance.now();
        field.dispatchEvent(new Event("input", { bubbles: true }));
        document.body.getBoundingClientRect();
        took.push(performance.now() - began);
    }
    return took;
}"""


def main() -> None:
    # Playwright turns a loop in this thread, which Django would take for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "yes"
    with tempfile.TemporaryDirectory(prefix="lierre-composing-") as folder:
        os.environ["LIERRE_DATA_DIR"], os.environ["LIERRE_SECRET_KEY"] = folder, "only for benchmarks"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lierre.settings")
        import django

        django.setup()
        from django.conf import settings
        from django.core.management import call_command

        settings.ALLOWED_HOSTS = ["localhost"]
        settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
        settings.SESSION_COOKIE_SECURE = False
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        for length in (300, 3_000):
            took, processor = measured(length)
            p95 = sorted(took)[int(len(took) * 0.95)]
            sys.stdout.write(
                f"a key, {length:>5} signs on {len(NETWORKS)} accounts   {processor:5.1f} ms of processor   on the clock: least"
                f" {min(took):5.1f}, p50 {statistics.median(took):5.1f}, p95 {p95:5.1f} ms\n"
            )


def measured(length: int) -> tuple[list[float], float]:
    """Milliseconds of each key on the clock; of processor for one, which a busy machine does not change."""
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.test.testcases import LiveServerThread
    from playwright.sync_api import sync_playwright

    server = LiveServerThread("localhost", StaticFilesHandler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    home = f"http://localhost:{server.port}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("LIERRE_CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox", "--disable-gpu"],
        )
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        path, session = filled(length)
        context.add_cookies([{"name": "sessionid", "value": session, "url": home}])
        page = context.new_page()
        page.goto(home + path)
        told = context.new_cdp_session(page)
        told.send("Performance.enable", {"timeDomain": "threadTicks"})
        before = spent(told)
        took: list[float] = page.evaluate(PRESS, KEYS)
        processor = (spent(told) - before) * 1000 / KEYS
        browser.close()
    server.terminate()
    return took, processor


def spent(told: Any) -> float:
    return next(
        float(each["value"])
        for each in told.send("Performance.getMetrics")["metrics"]
        if each["name"] == "TaskDuration"
    )


def filled(length: int) -> tuple[str, str]:
    """A post of so many signs on every network; its page, and the session of somebody who writes it."""
    from django.test import Client

    from lierre.accounts.models import Role, Unit, User
    from lierre.publishing.composing import Draft, write
    from lierre.publishing.models import Account

    top, _made = Unit.objects.get_or_create(
        code="UBN", defaults={"name": "Université de Bretagne-Nord", "kind": "institution", "path": "/UBN/"}
    )
    user: Any = User.objects.filter(email="gwenael.riou@ubn.example").first()
    if user is None:
        user = User.objects.create_user("gwenael.riou@ubn.example", "ivy on the old wall", name="Gwenaël Riou")
        Role.objects.create(user=user, unit=top, kind="communication")
        for code in NETWORKS:
            Account.objects.create(name=code, network=code, label=f"UBN {code}", unit=top)
    text = (SENTENCE * (length // len(SENTENCE) + 1))[:length]
    post = write(Draft([text], list(Account.objects.all())), by=user)
    client = Client()
    client.force_login(user)
    return post.get_absolute_url(), client.cookies["sessionid"].value


if __name__ == "__main__":
    main()
