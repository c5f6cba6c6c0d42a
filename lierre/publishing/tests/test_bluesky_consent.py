"""From the page of an account to a real server of Bluesky and back, in a browser: somebody signs in there and says yes."""

from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from lierre.publishing.models import Account, ClientKey, Opening, Post
from lierre.publishing.outbox.closing import close_over_there
from lierre.publishing.outbox.health import check
from lierre.publishing.outbox.lane import Outbox
from lierre.publishing.outbox.sending import Sender
from lierre.publishing.outbox.speaking import Keys
from tests.networks.bluesky import say_yes

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def named(live_server, settings):
    """Lierre at an address in https, as a server of Bluesky reads it: see tests/networks/bluesky.cjs."""
    settings.ALLOW_LOOPBACK = True
    settings.ADDRESS = f"https://port-{urlsplit(live_server.url).port}.lierre.internal"
    return settings.ADDRESS


def test_somebody_says_yes_on_a_real_server_and_a_thread_leaves(bluesky_server, enter, live_server, named, gwenael):
    handle, _password = bluesky_server.account()
    account = Account.objects.create(name="bluesky", network="bluesky", label="UBN")

    # That server lets nobody in from a site of its own domain, and every port of localhost is one: we are at the number.
    ours = live_server.url.replace("localhost", "127.0.0.1")
    page = enter(gwenael, reverse("publishing:accounts"))
    (session,) = [each for each in page.context.cookies() if each["name"] == "sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": session["value"], "url": ours}])
    page.goto(ours + reverse("publishing:connect_account", args=[account.pk]))
    page = say_yes(page, bluesky_server, handle, named, ours)

    account.refresh_from_db()
    assert "UBN is connected." in page.content()
    assert (account.handle, account.base_url, account.authorised_by) == (handle, bluesky_server.url, gwenael)
    assert Opening.objects.get().sealed == ""
    assert "PRIVATE" not in ClientKey.objects.get().sealed

    post = Post.write(["Un fil", "La suite"], [account], by=gwenael)
    post.approve(by=gwenael)
    sender = Sender(account, "")
    sender.turn(sender.next())
    Keys(account).write(dead(Keys(account).read()))
    Outbox().once()

    told = sorted(row["value"]["text"] for row in bluesky_server.posts(account.remote_id))
    assert told == ["La suite", "Un fil"]
    assert check(account, by="the tests") is not None
    assert close_over_there(account)
    assert check(account, by="the tests") is None


def dead(credentials):
    return replace(credentials, token=credentials.token[:-6] + "AAAAAA")
