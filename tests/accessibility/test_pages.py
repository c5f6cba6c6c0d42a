"""Every page can be read with a screen reader, in both themes, and fits a screen of 320 pixels.

The pages are those of the table of access, which holds every address: a new one is visited without being named here.
"""

import pytest

from tests.access import written
from tests.axe import RULES, faults
from tests.test_access import OF_ONE_PERSON
from tests.test_every_page import FRAGMENTS

# What a theme may change; the rest of a page is the same in both.
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
# Answers that are no page: files, what machines read, parts of a page, what leads out of the house.
NO_PAGE = FRAGMENTS | {
    "foundation:alive", "foundation:ready", "mfa_download_recovery_codes", "people:own_copy",
    "people:own_linkedin_consent", "people:own_linkedin_back", "community:code", "privacy:breach_notification",
    "publishing:followed", "publishing:write_there", "publishing:medium_shown", "publishing:medium_file",
    "publishing:delivery_file", "publishing:follow", "publishing:open_network", "publishing:mailing_message",
    "publishing:link_square", "publishing:known_to_bluesky", "publishing:keys_for_bluesky", "publishing:come_back_by_number",
    "publishing:topic_visual", "publishing:atom", "publishing:rss", "publishing:review_file",
}  # fmt: skip
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

pytestmark = [pytest.mark.browser, pytest.mark.one_engine("what a page looks like once it is written")]


@pytest.fixture(scope="module")
def readers(browser, served):
    """Somebody who has signed in, and somebody who has not: what their browsers keep of the house is not asked again."""
    size = {"width": 1280, "height": 900}
    contexts = {signed_in: browser.new_context(viewport=size, reduced_motion="reduce") for signed_in in (True, False)}
    contexts[True].add_cookies([{"name": "sessionid", "value": served.everybody, "url": served.address}])
    yield {signed_in: context.new_page() for signed_in, context in contexts.items()}
    for context in contexts.values():
        context.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_can_be_read_by_everyone(readers, served, name):
    page = readers[name not in BEFORE_SIGNING_IN]
    for path in served.paths[name]:
        answer = page.goto(served.address + path)
        assert answer.status == 200, path
        open_all(page)
        found = {"light": broken(page, "light", RULES), "dark": broken(page, "dark", CONTRAST)}
        page.set_viewport_size({"width": 320, "height": 700})
        width = page.evaluate("document.documentElement.scrollWidth")
        page.set_viewport_size({"width": 1280, "height": 900})
        assert (found, width) == ({"light": [], "dark": []}, 320), path


def open_all(page) -> None:
    """What is folded away must be readable too."""
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true })")


def broken(page, theme: str, rules: dict) -> list[str]:
    page.emulate_media(color_scheme=theme)
    page.evaluate(SETTLED)
    return faults(page, rules=rules)
