"""Passkeys and codes, in a real browser: what a telephone or a key would do is done by a virtual one."""

import re

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.urls import reverse

from lierre.accounts.models import Invitation, User
from lierre.foundation.models import Entry

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "ivy on the old wall"
TELEPHONE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(autouse=True)
def nobody_tried_before():
    cache.clear()


@pytest.fixture
def complaints(page):
    """What the browser refused: a script or a style that the policy does not allow."""
    found = []
    page.on("console", lambda message: found.append(message.text) if "Content Security" in message.text else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


@pytest.fixture
def knock(page, live_server):
    def sign_in(user):
        page.goto(live_server.url + reverse("account_login"))
        page.get_by_label("E-mail").fill(user.email)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_url(re.compile(r"/(compte/2fa/authenticate/)?$"))

    return sign_in


def prove_it_again(page):
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()


def leave(page):
    page.get_by_role("contentinfo").get_by_role("button", name="Sign out").click()
    page.wait_for_url(lambda address: "/compte/login/" in address)


def test_solenn_adds_a_passkey_then_signs_in_with_it_alone(page, live_server, knock, solenn, complaints):
    telephone = page.context.new_cdp_session(page)
    telephone.send("WebAuthn.enable")
    telephone.send("WebAuthn.addVirtualAuthenticator", {"options": TELEPHONE})
    knock(solenn)
    page.goto(live_server.url + reverse("accounts:my_account"))
    page.get_by_role("link", name="Add one (passkeys)").click()
    prove_it_again(page)

    page.get_by_label("What you call it").fill("My telephone")
    page.get_by_role("button", name="Add this passkey").click()
    page.get_by_role("heading", name="Recovery codes").wait_for()
    leave(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(live_server.url + "/")
    page.goto(live_server.url + reverse("mfa_list_webauthn"))

    assert page.get_by_text("My telephone").first.is_visible()
    assert page.get_by_text("signs in alone").is_visible()
    assert complaints == []
    assert Entry.objects.of_verb("user.second_factor_changed").filter(details__kind="webauthn").count() == 1


def test_a_passkey_that_does_not_answer_is_told_and_the_password_still_works(page, knock, live_server, solenn):
    telephone = page.context.new_cdp_session(page)
    telephone.send("WebAuthn.enable")
    telephone.send("WebAuthn.addVirtualAuthenticator", {"options": {**TELEPHONE, "isUserVerified": False}})
    page.goto(live_server.url + reverse("account_login"))

    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_text("No passkey answered.").wait_for()
    knock(solenn)

    assert page.get_by_role("contentinfo").get_by_role("button", name="Sign out").is_visible()


def test_solenn_asks_for_a_code_then_comes_in_with_a_recovery_code(page, live_server, knock, solenn, complaints):
    knock(solenn)
    page.goto(live_server.url + reverse("mfa_activate_totp"))
    prove_it_again(page)
    secret = page.locator("code").inner_text()
    assert page.locator("img.square").evaluate("image => image.naturalWidth") > 0
    page.get_by_label("Code of six digits").fill(
        format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
    )
    page.get_by_role("button", name="Ask for a code from now on").click()
    page.get_by_role("heading", name="Recovery codes").wait_for()
    code = page.locator(".codes li").first.inner_text()
    leave(page)

    knock(solenn)
    page.get_by_label("Code of the application, or a recovery code").fill(code)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(live_server.url + "/")

    assert complaints == []


def test_nolwenn_opens_the_link_of_her_invitation(page, live_server, solenn, university):
    invitation = Invitation.invite("nolwenn@courriel.example", "graduate", university, by=solenn)

    page.goto(live_server.url + reverse("accounts:join", args=[invitation.token]))
    page.get_by_label("Your first and last name").fill("Nolwenn Abgrall")
    page.get_by_label("A password").fill("un bateau sur la rade")
    page.get_by_role("button", name="Accept the invitation").click()
    page.wait_for_url(live_server.url + "/")

    assert User.objects.get(email="nolwenn@courriel.example").holds("graduate")


@pytest.fixture
def without_scripts(browser):
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_the_door_opens_without_a_script(without_scripts, live_server, solenn):
    page = without_scripts
    page.goto(live_server.url + reverse("account_login"))
    offered = page.get_by_role("button", name="Sign in with a passkey").count()
    page.get_by_label("E-mail").fill(solenn.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()

    page.wait_for_url(live_server.url + "/")
    assert offered == 0
