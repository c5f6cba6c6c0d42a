"""Takes the pictures of the documentation from a demonstration institution. Run: `bin/screens`.

`python -m tests.screens http://localhost:8000` does it on one that is served already, with the log-ins of the demo.
Each page in light, in dark, and on a screen of 320 pixels, as WebP of at most 100 KB.
"""

import base64
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Page, sync_playwright

from demo.characters import ACCOUNTS, PASSWORD

FOLDER = Path(__file__).parents[1] / "docs" / "screens"
MOST_BYTES = 100_000
QUALITIES = (82, 70, 58, 46, 34)
CHROMIUM = os.environ.get("LIERRE_CHROMIUM", "/usr/bin/chromium")
EMAIL = {account.role: account.email for account in ACCOUNTS}


class Screen(NamedTuple):
    """One page: who looks, where it begins, then the link that leads to it (a selector)."""

    name: str
    role: str
    path: str
    link: str = ""
    further: str = ""


SCREENS = (
    Screen("home", "alumni_office", "/"),
    Screen("directory", "alumni_office", "/annuaire/?q=herve"),
    Screen("map", "alumni_office", "/annuaire/?vue=carte"),
    Screen("person", "alumni_office", "/annuaire/?q=amelie+herve+cariou", "main a[href^='/personnes/']"),
    Screen(
        "history", "alumni_office", "/annuaire/?q=amelie+herve+cariou", "main a[href^='/personnes/']", "historique/"
    ),
    Screen("imports", "alumni_office", "/imports/"),
    Screen("rehearsal", "alumni_office", "/imports/", "main a:has-text('association')"),
    Screen(
        "quarantine",
        "alumni_office",
        "/quarantaine/?code=impossible_date&imported=2",
        "main a[href^='/quarantaine/']:not([href*='.csv'])",
    ),
    Screen("journal", "data_protection", "/journal/"),
    Screen("rights", "data_protection", "/droits/"),
    Screen("duplicates", "alumni_office", "/doublons/suivante/"),
    Screen("own-record", "graduate", "/ma-fiche/"),
    Screen("calendar", "communication", "/publications/"),
    Screen("post", "communication", "/publications/", "main a.slot.waiting"),
    Screen("accounts", "communication", "/publications/comptes/"),
    Screen("composer", "communication", "/publications/nouvelle/"),
    Screen("library", "communication", "/publications/mediatheque/"),
    Screen("mailing", "communication", "/publications/lettres/", "main a:has-text('octobre')"),
    Screen("approval", "direction", "/publications/", "main a.slot.waiting"),
    Screen("week", "ambassador", "/ambassadeurs/"),
    Screen("groups", "graduate", "/groupes/"),
    Screen("group", "graduate", "/groupes/", "main a[href^='/groupes/']:has-text('Chiffres')"),
    Screen("lost", "graduate", "/perdus-de-vue/"),
    Screen("ceremony", "alumni_office", "/ceremonies/", "main tbody a"),
    Screen("asking", "alumni_office", "/nouvelles/", "main a[href^='/nouvelles/']:has-text('2004')"),
    Screen("graduate-home", "graduate", "/"),
)
LOOKS = (("light", 1280, 900, 1), ("dark", 1280, 900, 1), ("320", 320, 700, 2))


def take_all(address: str, only: list[str]) -> Iterator[str]:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--lang=fr"],
            env={**os.environ, "LANGUAGE": "fr"},
        )
        for look, width, height, density in LOOKS:
            for role in dict.fromkeys(screen.role for screen in SCREENS):
                page = entered(browser, address, role, look, width, height, density)
                for screen in SCREENS:
                    if screen.role == role and (not only or screen.name in only):
                        open_screen(page, address, screen)
                        yield keep(page, FOLDER / f"{screen.name}-{look}.webp", density)
                page.context.close()
        browser.close()


def entered(browser: Browser, address: str, role: str, look: str, width: int, height: int, density: int) -> Page:
    context = browser.new_context(
        locale="fr-FR", viewport={"width": width, "height": height}, device_scale_factor=density,
        color_scheme="dark" if look == "dark" else "light", reduced_motion="reduce",
    )  # fmt: skip
    page = context.new_page()
    page.goto(f"{address}/compte/login/")
    page.locator("input[name=login]").fill(EMAIL[role])
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form:has(input[name=password]) button[type=submit]").click()
    page.wait_for_selector(".monogram")
    return page


def open_screen(page: Page, address: str, screen: Screen) -> None:
    page.goto(address + screen.path)
    if screen.link:
        page.goto(address + str(page.locator(screen.link).first.get_attribute("href")))
    if screen.further:
        page.goto(page.url + screen.further)
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready.then(() => null)")
    page.wait_for_timeout(300)


def keep(page: Page, file: Path, density: int) -> str:
    """At the best quality that weighs little enough."""
    session = page.context.new_cdp_session(page)
    for quality in QUALITIES:
        asked = {"format": "webp", "quality": quality}
        taken = base64.b64decode(session.send("Page.captureScreenshot", asked)["data"])
        if len(taken) <= MOST_BYTES:
            break
    session.detach()
    file.write_bytes(taken)
    return f"{file.name}: {len(taken) // 1000} KB"


def main(arguments: list[str]) -> int:
    if not arguments:
        sys.stderr.write("usage: python -m tests.screens ADDRESS [NAME…]\n")
        return 2
    for told in take_all(arguments[0].rstrip("/"), arguments[1:]):
        print(told, flush=True)  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
