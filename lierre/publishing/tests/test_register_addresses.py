"""Addresses of the register are tried, dead networks go to the archive, and who fell silent is said."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from lierre.publishing import registering
from lierre.publishing.models import Account
from lierre.publishing.outbox.lane import Outbox
from lierre.publishing.outbox.visiting import Found, visit, visit_accounts
from lierre.publishing.register import in_the_register, lines
from lierre.publishing.tests.conftest import approved

pytestmark = pytest.mark.django_db


def alerts() -> dict[str, list[str]]:
    return {line.account.name: line.alerts for line in lines(in_the_register(Account.objects.living()))}


def test_an_address_that_leads_nowhere_is_said_and_one_that_answers_is_not(world):
    Account.objects.create(name="there", network="mastodon", label="Là", address=f"{world.address}/@univ")
    hidden = f"{world.address}/api/v1/hidden"  # 401: it proves nothing
    account = Account.objects.create(name="gone", network="mastodon", label="Plus là", address=hidden)
    first = visit_accounts()
    account.write(address=f"{world.address}/@gone", visited_at=None)

    assert (first, visit_accounts()) == (0, 1)
    assert "its address leads nowhere" in alerts()["gone"]
    assert "its address leads nowhere" not in alerts()["there"]
    assert visit_accounts() == 0  # not before a week


def test_nothing_is_said_of_addresses_when_the_outside_cannot_be_reached(db):
    Account.objects.create(name="x", network="x", label="X", address="https://no-such-host.invalid/ubn")

    assert visit_accounts() == 0
    assert "its address leads nowhere" not in alerts()["x"]


def test_an_address_of_the_inside_is_not_visited(db, settings):
    settings.ALLOW_LOOPBACK = False

    assert visit("http://127.0.0.1:9/") == Found.HIDDEN


def test_an_account_of_a_dead_network_is_kept_in_the_archive_at_once(client, gwenael):
    said = {"network": "viadeo", "label": "UBN sur Viadeo", "address": "https://www.viadeo.com/fr/company/ubn"}
    account = registering.register(said, by=gwenael)
    client.force_login(gwenael)

    register = client.get(reverse("publishing:accounts")).content.decode()
    page = client.get(account.get_absolute_url())

    assert account.archived_at is not None
    assert "1 more is in the archive" in register
    assert "UBN sur Viadeo" in register
    assert (page.status_code, alerts()) == (200, {})


def test_an_account_that_fell_silent_is_said(univ):
    post = approved("Portes ouvertes", univ, due_at=timezone.now())
    Outbox().once()
    silent = "nothing was published for three months"
    before = alerts()["univ"]
    post.deliveries.update(due_at=timezone.now() - timedelta(days=100))

    assert silent not in before
    assert silent in alerts()["univ"]


def test_an_owner_who_does_not_answer_is_said(by_hand, gwenael):
    by_hand.write(owner=gwenael, asked_on=timezone.localdate() - timedelta(days=20))

    assert "its owner was asked to confirm it, and did not answer" in alerts()["linkedin"]


def test_the_addresses_of_the_official_list_are_tried_when_asked(client, gwenael, university, monkeypatch):
    """The outside is not within reach of the tests: what comes of each visit is said here."""
    monkeypatch.setattr(
        "lierre.publishing.views.register.visit_all",
        lambda addresses: {each: Found.GONE if "facebook" in each else Found.HERE for each in addresses},
    )
    client.force_login(gwenael)

    page = client.get(reverse("publishing:seed_accounts"), {"uai": "0753480A", "essayer": "1"}).content.decode()

    assert page.count("this address leads nowhere") == 1
    assert page.count("it answers") >= 3
