"""The simulators that the demonstration carries ask for consent on a page of theirs: an account is connected by going there."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from lierre.connectors.http import LOOPBACK, Server
from lierre.connectors.network import networks
from lierre.publishing.models import Account
from simulators.facebook import Facebook
from simulators.linkedin import LinkedIn
from simulators.serving import living

pytestmark = pytest.mark.django_db

NETWORKS = {"linkedin": LinkedIn, "facebook": Facebook}
HTML = {"Accept": "text/html"}


@pytest.fixture(params=[*NETWORKS])
def account(request, settings):
    settings.ALLOW_LOOPBACK = True
    settings.LINKEDIN_PAGES = settings.FACEBOOK_PAGES = ("Université", "the secret")
    networks.cache_clear()
    with living(NETWORKS[request.param]()) as address:
        setattr(settings, f"{request.param.upper()}_BASE_URL", address)
        yield Account.objects.create(name="univ", network=request.param, label="UBN", base_url=address)


def way_there(client, account: Account) -> str:
    """The address over there, that the button of the page leads to."""
    asked = {"way": "code", "server": account.base_url}
    page = client.post(reverse("publishing:connect_account", args=[account.pk]), asked, follow=True).content.decode()
    return client.get(re.search(r'class="button primary" href="(/[^"]+/partir/)"', page).group(1))["Location"]  # type: ignore[union-attr]


def answered(way: str, word: str) -> str:
    """What somebody brings back, having pressed a button over there."""
    page = Server(way, LOOPBACK).call("GET", way, headers=HTML).content.decode()
    return urlsplit(unescape(re.search(rf"href='([^']+)'>{word}", page).group(1))).query  # type: ignore[union-attr]


def come_back(client, query: str):
    return client.get(f"{reverse('publishing:come_back_from_network')}?{query}", follow=True)


def test_yes_connects_the_account(client, gwenael, account):
    client.force_login(gwenael)

    page = come_back(client, answered(way_there(client, account), "Accepter"))
    choices = re.findall(r'name="account" value="([^"]+)"', page.content.decode())
    if choices:  # a person and their page
        page = client.post(page.request["PATH_INFO"], {"account": choices[0]}, follow=True)

    account.refresh_from_db()
    assert "UBN is connected." in page.content.decode()
    assert (account.is_connected, account.authorised_by) == (True, gwenael)


def test_no_changes_nothing(client, gwenael, account):
    client.force_login(gwenael)

    page = come_back(client, answered(way_there(client, account), "Refuser"))

    assert "you said no over there" in page.content.decode()
    assert not Account.objects.get().is_connected


def test_a_code_opens_once_over_there(client, gwenael, account):
    client.force_login(gwenael)
    first = answered(way_there(client, account), "Accepter")
    come_back(client, first)

    state = parse_qs(urlsplit(way_there(client, account)).query)["state"][0]
    page = come_back(client, f"state={state}&code={parse_qs(first)['code'][0]}")

    assert "The network opens nothing:" in page.content.decode()
