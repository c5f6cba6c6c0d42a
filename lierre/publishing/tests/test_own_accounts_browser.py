"""An ambassador connects an account of their own in a browser, sends one text by one gesture, and disconnects it again."""

import re
from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from lierre.connectors.network import networks
from lierre.publishing.models import Account, OwnAccount, OwnDelivery, OwnOpening
from lierre.publishing.outbox.lane import Outbox
from lierre.publishing.tests.speakers import speaker, topic
from simulators.linkedin import PERSON, LinkedIn
from simulators.serving import living
from tests.networks.bluesky import say_yes

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OWN = "Ma première bouée, je l’ai posée sous la neige."


@pytest.fixture
def material(university, yann, gwenael):
    """Yann takes part, and speaks on LinkedIn and Bluesky."""
    speaker(yann, university, networks=["linkedin", "bluesky"])
    return topic(gwenael)


def writes_and_sends(page, address, material, network):
    page.goto(address + reverse("publishing:own_text", args=[material.pk]))
    page.get_by_label("My text").fill(OWN)
    page.get_by_role("button", name=f"Publish now on {network}").click()
    page.get_by_text("It leaves within some seconds.").wait_for()
    Outbox().once()


def disconnects(page, address, network):
    page.goto(address + reverse("publishing:own_accounts"))
    page.get_by_role("link", name=re.compile(f"^Disconnect.*{network}")).click()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="Disconnect it").click()
    page.get_by_text("is disconnected: its keys open nothing any more.").wait_for()
    assert not OwnAccount.objects.exists()


def test_on_linkedin_by_saying_yes_over_there(enter, page, live_server, settings, yann, material):
    """On a telephone. The page of the university, that the same person keeps, is not offered."""
    page.set_viewport_size({"width": 360, "height": 800})
    settings.ALLOW_LOOPBACK, settings.ADDRESS = True, live_server.url
    settings.LINKEDIN_PAGES = ("Lierre", "the secret")
    simulator = LinkedIn()
    with living(simulator) as address:
        settings.LINKEDIN_BASE_URL = address
        networks.cache_clear()

        enter(yann, reverse("publishing:this_week"))
        page.get_by_role("link", name="My accounts").click()
        page.get_by_role("link", name=re.compile("^Connect.*LinkedIn")).click()
        page.get_by_text("to publish a text and an image in your name").wait_for()
        page.get_by_role("button", name="Prepare the way there").click()
        page.get_by_role("link", name="Go to 127.0.0.1").click()
        rights = page.locator("code").all_inner_texts()
        page.get_by_role("link", name="Refuser").click()
        page.get_by_text("you said no over there").wait_for()
        page.get_by_role("button", name="Prepare the way there").click()
        page.get_by_role("link", name="Go to 127.0.0.1").click()
        page.get_by_role("link", name="Accepter").click()
        page.get_by_text("Yann Le Goff is connected.").wait_for()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        own = OwnAccount.objects.get()
        writes_and_sends(page, live_server.url, material, "LinkedIn")
        page.goto(live_server.url + reverse("publishing:own_accounts"))
        page.get_by_text("What is online").wait_for()
        disconnects(page, live_server.url, "LinkedIn")

    assert set(rights) == {"openid", "profile", "w_member_social"}
    assert (own.remote_id, own.expires_at is not None) == (PERSON, True)
    assert [(each["author"], "sous la neige" in each["commentary"]) for each in simulator.posts.values()] == [
        (PERSON, True)
    ]
    assert not Account.objects.exists()


def test_on_bluesky_by_saying_yes_on_a_real_server_then_with_an_app_password(
    bluesky_server, enter, page, live_server, settings, yann, material
):
    settings.ALLOW_LOOPBACK = True
    # Lierre at an address in https, as a server of Bluesky reads it: see tests/networks/bluesky.cjs.
    # Another name than that of other tests: the server remembers for a while the keys of whoever it knows by a name.
    settings.ADDRESS = named = f"https://port-{urlsplit(live_server.url).port}-own.lierre.internal"
    ours = live_server.url.replace("localhost", "127.0.0.1")
    handle, password = bluesky_server.account()

    enter(yann, reverse("publishing:own_accounts"))
    (session,) = [each for each in page.context.cookies() if each["name"] == "sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": session["value"], "url": ours}])
    page.goto(ours + reverse("publishing:own_accounts"))
    page.get_by_role("link", name=re.compile("^Connect.*Bluesky")).click()
    page = say_yes(page, bluesky_server, handle, named, ours)
    page.get_by_text("is connected.").wait_for()
    own = OwnAccount.objects.get()
    assert (own.handle, OwnOpening.objects.get().sealed) == (handle, "")
    writes_and_sends(page, ours, material, "Bluesky")
    assert OwnDelivery.objects.get().state == "confirmed"
    disconnects(page, ours, "Bluesky")

    page.goto(ours + reverse("publishing:connect_own", args=["bluesky"]))
    page.fill("#id_whose", handle)
    page.fill("#id_server", bluesky_server.url)
    page.get_by_label("App password").fill("not-this-one")
    page.get_by_role("button", name="Try it and keep it").click()
    page.get_by_role("alert").wait_for()
    wrong = page.get_by_label("App password").input_value()
    page.get_by_label("App password").fill(password)
    page.get_by_role("button", name="Try it and keep it").click()
    page.get_by_text("is connected.").wait_for()

    assert (wrong, OwnAccount.objects.get().handle) == ("", handle)
    assert [row["value"]["text"] for row in bluesky_server.posts(own.remote_id)] == [OWN]
