"""Someone at a browser, who reads French: the journeys name buttons as the code does, and press them in French."""

import re
from pathlib import Path
from urllib.parse import urlsplit

from django.utils.translation import gettext, override
from playwright.sync_api import Browser, Locator, expect

from tests.house import PASSWORD
from tests.served import Served

PATIENCE = 60_000  # milliseconds; the worker and the tests share two processors


def french(text: str) -> str:
    """The sentence as the reader sees it. A sentence that has no French would make every journey lie."""
    with override("fr"):
        said = gettext(text)
    assert said != text, f"no French for {text!r}"
    return said


class Visitor:
    def __init__(self, browser: Browser, served: Served, *, script: bool = True, width: int = 1280) -> None:
        size = {"width": width, "height": 800}
        self.context = browser.new_context(java_script_enabled=script, locale="fr-FR", viewport=size)  # type: ignore[arg-type]
        self.context.set_default_timeout(PATIENCE)
        self.served, self.script = served, script
        self.page = self.context.new_page()

    def sign_in(self, email: str) -> "Visitor":
        self.go("/compte/login/")
        self.page.locator("input[name=login]").fill(email)
        self.page.locator("input[name=password]").fill(PASSWORD)
        self.page.locator("form:has(input[name=password]) button[type=submit]").click()
        expect(self.page.locator(".monogram")).to_be_visible()
        return self

    def go(self, path: str) -> None:
        self.page.goto(self.served.address + path)

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path

    @property
    def main(self) -> Locator:
        return self.page.locator("main")

    def press(self, text: str) -> None:
        """A button."""
        self.main.get_by_role("button", name=french(text)).first.click()

    def follow(self, text: str) -> None:
        """A link."""
        self.main.get_by_role("link", name=french(text), exact=True).first.click()

    def bring(self, file: Path) -> None:
        self.page.locator("main input[type=file]").set_input_files(file)

    def sees(self, *texts: str) -> None:
        for text in texts:
            expect(self.main).to_contain_text(text)

    def sees_not(self, *texts: str) -> None:
        for text in texts:
            expect(self.main).not_to_contain_text(text)

    def wait_for_the_worker(self) -> None:
        """On the page of a long work, until it is over; then to what it was about. The page refreshes itself with JavaScript."""
        self.page.wait_for_url(re.compile(r"/travaux/\d+/$"))
        unfinished = self.page.locator("#progress form")
        if self.script:
            expect(unfinished).to_have_count(0, timeout=PATIENCE)
        else:
            for _turn in range(200):
                if not unfinished.count():
                    break
                self.follow("Refresh")
                self.page.wait_for_timeout(200)
        assert not unfinished.count()
        self.page.locator(".dek a").click()
        self.page.wait_for_url(lambda url: "/travaux/" not in url)

    def find(self, name: str) -> None:
        """In the directory."""
        self.go("/annuaire/")
        box = self.page.locator("main input[type=search]").first
        box.fill(name)
        box.press("Enter")
        self.page.wait_for_url("**q=**")

    def fits(self) -> None:
        """Nothing is cut on the side."""
        width = self.page.evaluate("document.documentElement.scrollWidth") if self.script else 0
        assert width <= self.page.viewport_size["width"], self.page.url  # type: ignore[index]
