"""Every page can be read with a screen reader, in both themes, and fits a screen of 320 pixels.

The pages are those of the table of access, which holds every address: a new one is visited without being named here.
"""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.access import written
from tests.test_every_page import FRAGMENTS

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
# What a theme may change; the rest of a page is the same in both.
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast", "target-size", "link-in-text-block"]}}
# Answers that are no page: files, what machines read, parts of a page, what leads out of the house.
NO_PAGE = FRAGMENTS | {
    "foundation:alive", "foundation:ready", "mfa_download_recovery_codes", "people:own_copy",
    "people:own_linkedin_consent", "people:own_linkedin_back", "community:code", "privacy:breach_notification",
    "publishing:followed", "publishing:write_there", "publishing:medium_shown", "publishing:medium_file",
    "publishing:delivery_file", "publishing:follow", "publishing:open_network", "publishing:mailing_message",
    "publishing:link_square",
}  # fmt: skip
# Of whoever brought it, or began it in this very session: it does not exist for others.
OF_ONE_PERSON = {"publishing:opening", "publishing:posts_file", "publishing:refused_lines"}
FOR_MACHINES = ("api:", "scim:")
PAGES = [
    name
    for name, verb in written()
    if verb == "see"
    and name not in NO_PAGE | OF_ONE_PERSON
    and not name.startswith(FOR_MACHINES)
    and "export" not in name
]
# Colours pass from one theme to the other: what goes on for ever, as a skeleton does, is not waited for.
SETTLED = """Promise.allSettled(document.getAnimations()
    .filter((each) => each.effect.getComputedTiming().activeDuration !== Infinity)
    .map((each) => each.finished)).then(() => null)"""
BEFORE_SIGNING_IN = {"account_login", "account_reset_password", "account_signup", "accounts:join", "account_inactive",
                     "account_reset_password_done", "account_reset_password_from_key"}  # fmt: skip

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("name", PAGES)
def test_a_page_can_be_read_by_everyone(page, served, name):
    page.set_viewport_size({"width": 1280, "height": 900})
    if name not in BEFORE_SIGNING_IN:
        page.context.add_cookies([{"name": "sessionid", "value": served.everybody, "url": served.address}])
    for path in served.paths[name]:
        answer = page.goto(served.address + path)
        assert answer.status == 200, path
        open_all(page)
        faults = {"light": broken(page, "light", RULES), "dark": broken(page, "dark", CONTRAST)}
        page.set_viewport_size({"width": 320, "height": 700})
        width = page.evaluate("document.documentElement.scrollWidth")
        page.set_viewport_size({"width": 1280, "height": 900})
        assert (faults, width) == ({"light": [], "dark": []}, 320), path


def open_all(page) -> None:
    """What is folded away must be readable too."""
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true })")


def broken(page, theme: str, rules: dict) -> list[str]:
    """The rules that a page breaks, each with the first nodes that break it."""
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    page.evaluate(SETTLED)
    found = Axe().run(page, options=rules).response["violations"]
    return [f"{each['id']}: {[node['html'][:160] for node in each['nodes']][:3]}" for each in found]
