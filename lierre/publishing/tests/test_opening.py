"""An account is opened from the interface: by going to its network and coming back once, or with a key that is tried first."""

import re
from datetime import timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone

from lierre.connectors.http import LOOPBACK, Server
from lierre.connectors.network import networks
from lierre.connectors.website.tests.test_telling import SECRET, Site
from lierre.foundation.models import Entry
from lierre.publishing.models import Account, Opening
from simulators.facebook import Facebook
from simulators.linkedin import LinkedIn
from simulators.serving import living

pytestmark = pytest.mark.django_db


@pytest.fixture
def register_entry(world):
    """An account that is written down, and not connected."""

    def written(network: str, **said: str) -> Account:
        return Account.objects.create(name=network, network=network, label="UBN", **said)

    return written


def way_there(client, account: Account, **said: str) -> str:
    """The address over there, that the button of the page leads to."""
    page = client.post(reverse("publishing:connect_account", args=[account.pk]), {"way": "code", **said}, follow=True)
    button = re.search(r'class="button primary" href="(/[^"]+/partir/)"', page.content.decode())
    return client.get(button.group(1))["Location"]  # type: ignore[union-attr]


def answered(way: str, word: str = "Authorise") -> str:
    """What somebody brings back, having pressed a button over there."""
    page = Server(way, LOOPBACK).call("GET", way).content.decode()
    return urlsplit(unescape(re.search(rf'href="([^"]+)">{word}', page).group(1))).query  # type: ignore[union-attr]


def come_back(client, query: str):
    return client.get(f"{reverse('publishing:come_back_from_network')}?{query}", follow=True)


def test_somebody_says_yes_over_there_and_the_account_is_connected(client, gwenael, world, register_entry):
    account = register_entry("mastodon")
    client.force_login(gwenael)

    page = come_back(client, answered(way_there(client, account, server=world.address)))

    account.refresh_from_db()
    assert "UBN is connected." in page.content.decode()
    assert (account.is_connected, account.authorised_by, account.remote_id) == (True, gwenael, str(sum(b"univ")))
    assert "token-univ" not in account.sealed
    assert Opening.objects.get().sealed == ""


def test_no_over_there_changes_nothing(client, gwenael, world, register_entry):
    account = register_entry("mastodon")
    client.force_login(gwenael)

    page = come_back(client, answered(way_there(client, account, server=world.address), "Deny"))

    assert "you said no over there" in page.content.decode()
    assert not Account.objects.get().is_connected


def test_an_answer_serves_once(client, gwenael, world, register_entry):
    account = register_entry("mastodon")
    client.force_login(gwenael)
    query = answered(way_there(client, account, server=world.address))
    come_back(client, query)
    Account.objects.update(sealed="")

    page = come_back(client, query)

    assert "took too long: begin again" in page.content.decode()
    assert not Account.objects.get().is_connected


def test_an_answer_that_comes_back_to_another_session_is_refused(client, gwenael, solenn, world, register_entry):
    """Somebody who makes another person follow their own answer would have them speak in an account that is not theirs."""
    account = register_entry("mastodon")
    client.force_login(gwenael)
    query = answered(way_there(client, account, server=world.address))
    client.logout()
    client.force_login(gwenael)

    page = come_back(client, query)

    assert "begun in another session" in page.content.decode()
    assert not Account.objects.get().is_connected


def test_a_forged_answer_and_a_late_one_are_refused(client, gwenael, world, register_entry):
    account = register_entry("mastodon")
    client.force_login(gwenael)
    query = answered(way_there(client, account, server=world.address))
    Opening.objects.update(made_at=timezone.now() - timedelta(minutes=30))

    forged, late = come_back(client, "state=forged&code=1"), come_back(client, query)

    assert "not one that was asked for" in forged.content.decode()
    assert "took too long" in late.content.decode()
    assert not Account.objects.get().is_connected


def test_a_code_that_somebody_else_obtained_opens_nothing(client, gwenael, world, register_entry):
    """The proof of who began (PKCE) stays here: their code without it is worth nothing."""
    account = register_entry("mastodon")
    client.force_login(gwenael)
    state = parse_qs(urlsplit(way_there(client, account, server=world.address)).query)["state"][0]
    stolen = world.consents.given(
        {
            "redirect_uri": "http://localhost:8000/publications/comptes/retour/",
            "code_challenge": "another",
            "scope": "read",
        }
    )

    page = come_back(client, f"state={state}&code={stolen}")

    assert "The network opens nothing" in page.content.decode()


def test_a_server_of_the_inside_is_not_asked(client, gwenael, world, register_entry, settings):
    settings.ALLOW_LOOPBACK = False
    client.force_login(gwenael)

    page = client.post(
        reverse("publishing:connect_account", args=[register_entry("mastodon").pk]),
        {"way": "code", "server": world.address},
    )

    assert page.status_code == 422
    assert "This server cannot be asked" in page.content.decode()


def test_at_bluesky_an_app_password_opens_the_account(client, gwenael, world, register_entry):
    account = register_entry("bluesky")
    client.force_login(gwenael)
    address = reverse("publishing:connect_account", args=[account.pk])
    said = {"way": "key", "whose": "univ.test", "server": world.address}

    refused = client.post(address, said | {"secret": "wrong"})
    client.post(address, said | {"secret": "abcd-efgh"})

    account.refresh_from_db()
    assert refused.status_code == 422
    assert 'value="wrong"' not in refused.content.decode()
    assert (account.is_connected, account.handle) == (True, "univ.test")


def test_the_site_is_connected_by_its_address_and_the_secret_of_its_signature(client, gwenael, settings):
    """From the page of the register, with words of its own: there is no server to sign in to."""
    settings.ALLOW_LOOPBACK = True
    account = Account.objects.create(
        name="site", network="website", label="Le site", address="https://www.ubn.example/"
    )
    client.force_login(gwenael)
    address, site = reverse("publishing:connect_account", args=[account.pk]), Site()
    with living(site):
        said = {"way": "key", "server": f"{site.address}/crochet/"}
        page = client.get(address).text
        wrong = client.post(address, said | {"secret": "whsec_YXV0cmU="})
        client.post(address, said | {"secret": SECRET})

    account.refresh_from_db()
    assert "Address that is told of each post" in page
    assert "Secret of the signature" in page
    assert (wrong.status_code, account.is_connected, account.base_url) == (422, True, said["server"])
    assert set(site.paths) == {"/crochet/"}


def test_keys_of_another_account_do_not_take_its_place(client, gwenael, world, univ):
    client.force_login(gwenael)

    page = client.post(
        reverse("publishing:connect_account", args=[univ.pk]),
        {"way": "key", "secret": "token-other", "server": world.address},
    )

    assert "open another account" in page.content.decode()
    assert Account.objects.get().remote_id == univ.remote_id


def test_at_linkedin_one_of_the_accounts_that_were_opened_is_chosen(client, gwenael, register_entry, settings):
    settings.LINKEDIN_PAGES = ("identity", "the secret")
    account, simulator = register_entry("linkedin"), LinkedIn()
    simulator.codes["AQT"] = "openid profile w_member_social w_organization_social rw_organization_admin"
    client.force_login(gwenael)
    with living(simulator) as address:
        settings.LINKEDIN_BASE_URL = address
        networks.cache_clear()
        state = parse_qs(urlsplit(way_there(client, account)).query)["state"][0]

        choice = come_back(client, f"state={state}&code=AQT")
        found = re.findall(r'name="account" value="([^"]+)"', choice.content.decode())
        page = client.post(choice.request["PATH_INFO"], {"account": found[0]}, follow=True)

    account.refresh_from_db()
    assert len(found) > 1
    assert "UBN is connected." in page.content.decode()
    assert (account.remote_id, account.is_connected) == (found[0], True)


def test_at_facebook_the_only_page_on_which_one_writes_is_taken(client, gwenael, register_entry, settings):
    settings.FACEBOOK_PAGES = ("identity", "secret")
    account = register_entry("facebook")
    client.force_login(gwenael)
    with living(Facebook()) as address:
        settings.FACEBOOK_BASE_URL = address
        networks.cache_clear()
        state = parse_qs(urlsplit(way_there(client, account)).query)["state"][0]
        page = come_back(client, f"state={state}&code=AQT")

    account.refresh_from_db()
    assert "UBN is connected." in page.content.decode()
    assert account.handle


def test_without_a_declared_application_the_page_says_what_is_missing(client, gwenael, register_entry):
    client.force_login(gwenael)

    page = client.get(reverse("publishing:connect_account", args=[register_entry("linkedin").pk])).content.decode()

    assert "LIERRE_LINKEDIN_PAGES_CLIENT_ID" in page
    assert "/publications/comptes/retour/" in page
    assert "Prepare the way there" not in page


def test_an_account_that_is_archived_gives_its_keys_back(client, gwenael, world, register_entry):
    account = register_entry("mastodon")
    client.force_login(gwenael)
    come_back(client, answered(way_there(client, account, server=world.address)))

    client.post(reverse("publishing:archive_account", args=[account.pk]))

    account.refresh_from_db()
    assert world.revoked == {"token-univ"}
    assert (account.sealed, account.authorised_by) == ("", None)


def test_anybody_reads_who_lierre_is_and_nobody_its_key(client, db, settings):
    """A server of Bluesky knows nobody beforehand: it reads our page at our own address."""
    settings.ADDRESS = "https://lierre.ubn.example"

    page, keys = client.get("/comptes-officiels/bluesky.json"), client.get("/comptes-officiels/bluesky-cles.json")

    assert page.json()["client_id"] == "https://lierre.ubn.example/comptes-officiels/bluesky.json"
    assert page.json()["redirect_uris"] == ["https://lierre.ubn.example/publications/comptes/retour/"]
    assert page.json()["scope"] == "atproto transition:generic"
    assert "max-age=600" in page["Cache-Control"]
    (key,) = keys.json()["keys"]
    assert (key["alg"], "d" in key) == ("ES256", False)
    assert client.get("/comptes-officiels/bluesky-cles.json").json() == keys.json()
    assert Entry.objects.of_verb("client_key.made").count() == 1


def test_a_key_that_cannot_be_read_any_more_is_followed_by_another(client, db, settings):
    (lost,) = client.get("/comptes-officiels/bluesky-cles.json").json()["keys"]
    settings.SECRET_KEY = "another secret"

    (found,) = client.get("/comptes-officiels/bluesky-cles.json").json()["keys"]
    settings.SECRET_KEY_FALLBACKS = ["only for tests"]

    told = client.get("/comptes-officiels/bluesky-cles.json").json()["keys"]
    assert found != lost
    assert told == [found, lost]


def test_at_bluesky_both_ways_are_offered_and_consent_comes_first(client, gwenael, world, register_entry, settings):
    account = register_entry("bluesky")
    client.force_login(gwenael)
    address = reverse("publishing:connect_account", args=[account.pk])

    page = client.get(address).content.decode()
    refused = client.post(address, {"way": "code", "whose": "univ.test", "server": world.address})
    settings.ADDRESS = "http://lierre.ubn.example"
    in_plain = client.get(address).content.decode()

    assert page.index("Say yes over there") < page.index("With a key made over there")
    assert "use an app password" in refused.content.decode()
    assert "LIERRE_ADDRESS" in in_plain
    assert "Prepare the way there" not in in_plain


def test_whoever_develops_comes_back_to_where_they_are_signed_in(client, settings):
    page = client.get("/publications/comptes/retour/ici/?state=a&code=b", headers={"host": "127.0.0.1:8000"})
    settings.ADDRESS = "https://lierre.ubn.example"

    assert page["Location"] == "http://localhost:8000/publications/comptes/retour/?state=a&code=b"
    assert client.get("/publications/comptes/retour/ici/?state=a&code=b").status_code == 404
