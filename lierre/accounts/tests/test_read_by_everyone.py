"""Pages about one unit, one user, one invitation, and those of the door: read by everyone, on any screen."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from django.urls import reverse

from lierre.accounts.models import Invitation

pytestmark = [
    pytest.mark.browser, pytest.mark.django_db(transaction=True),
    pytest.mark.one_engine("what a page looks like once it is written"),
]  # fmt: skip

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
ABOUT_ONE = ["unit", "change_unit", "move_unit", "close_unit", "user", "give_role", "withdraw_role", "user_act", "join"]
DOOR = [
    "account_email", "account_change_password", "account_logout", "mfa_index", "mfa_activate_totp",
    "mfa_list_webauthn", "mfa_add_webauthn", "usersessions_list",
]  # fmt: skip


@pytest.fixture
def address(malo, yann, solenn, iut):
    """The address of a page by its name, with something to show on it."""
    invitation = Invitation.invite("nolwenn@courriel.example", "graduate", iut, by=solenn)
    given = {"join": [invitation.token], "user_act": [yann.pk, "desactiver"]}
    given["withdraw_role"] = [yann.pk, yann.roles.get().pk]
    given["user"] = given["give_role"] = [yann.pk]

    def of(name):
        if name in DOOR:
            return reverse(name)
        return reverse(f"accounts:{name}", args=given.get(name, [iut.pk]))

    return of


def faults(page):
    found = [
        f"{each['id']}: {[node['target'] for node in each['nodes']][:3]}"
        for each in Axe().run(page, options=RULES).response["violations"]
    ]
    page.set_viewport_size({"width": 320, "height": 700})
    if page.evaluate("document.documentElement.scrollWidth") > 320:
        found.append("wider than 320 pixels")
    return found


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_page_about_one_thing_breaks_no_rule(enter, page, live_server, malo, address, theme):
    page.emulate_media(color_scheme=theme)
    enter(malo, address("unit"))

    found = {}
    for name in ABOUT_ONE:
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(live_server.url + address(name))
        found[name] = faults(page)

    assert found == {name: [] for name in ABOUT_ONE}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_page_of_the_door_breaks_no_rule(enter, page, live_server, malo, address, theme):
    cache.clear()
    page.emulate_media(color_scheme=theme)
    enter(malo, reverse("account_reauthenticate"))
    found = {"reauthenticate": faults(page)}
    page.get_by_label("Password", exact=True).fill("ivy on the old wall")
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url(lambda url: "reauthenticate" not in url)

    for name in DOOR:
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(live_server.url + address(name))
        found[name] = faults(page)

    assert found == {name: [] for name in ("reauthenticate", *DOOR)}
