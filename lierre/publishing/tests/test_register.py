"""The register: every account has somebody who answers for it, and says so once a year in one click."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from lierre.foundation.errors import Refused
from lierre.publishing import registering
from lierre.publishing.confirming import ask_owners, token_of
from lierre.publishing.models import Account, Delivery, Notice
from lierre.publishing.models.voice import TOKENS
from lierre.publishing.outbox.connecting import connect
from lierre.publishing.tests.conftest import approved

pytestmark = pytest.mark.django_db


def test_an_account_without_anybody_is_told(client, by_hand, gwenael):
    client.force_login(gwenael)

    page = client.get(reverse("publishing:accounts")).content.decode()

    assert "nobody answers for it" in page
    assert "never confirmed" in page


def test_whoever_answers_confirms_in_one_click_for_a_year(client, by_hand, gwenael):
    by_hand.write(owner=gwenael)
    asked = [ask_owners(), ask_owners()]
    address = reverse("publishing:confirm", args=[token_of(by_hand)])

    client.get(address)
    by_hand.refresh_from_db()
    opened = by_hand.confirmed_on
    client.post(address)

    by_hand.refresh_from_db()
    assert asked == [1, 0]
    assert Notice.objects.get().to == gwenael
    assert (opened, by_hand.confirmed_on) == (None, timezone.localdate())
    assert ask_owners() == 0


def test_a_link_of_somebody_who_no_longer_answers_opens_nothing(client, by_hand, gwenael, solenn):
    by_hand.write(owner=gwenael)
    address = reverse("publishing:confirm", args=[token_of(by_hand)])

    by_hand.write(owner=solenn)

    assert client.get(address).status_code == 404
    assert client.get(reverse("publishing:confirm", args=["forged"])).status_code == 404


def test_a_year_later_the_owner_is_asked_again(by_hand, gwenael):
    by_hand.write(owner=gwenael, confirmed_on=timezone.localdate() - timedelta(days=366))

    assert ask_owners() == 1


def test_anybody_sees_the_official_accounts_and_no_other(client, by_hand):
    Account.objects.create(
        name="other", network="x", label="Une autre", address="https://x.com/ubn", status="tolerated"
    )
    by_hand.write(status="official")

    page = client.get(reverse("publishing:official")).content.decode()

    assert '<a href="https://www.linkedin.com/school/ubn/" rel="me">' in page
    assert "Une autre" not in page


def test_the_official_list_shows_its_errors_before_anything_is_written(client, gwenael, university):
    client.force_login(gwenael)
    uai = "0753480A"

    page = client.get(reverse("publishing:seed_accounts"), {"uai": uai}).content.decode()
    client.post(reverse("publishing:seed_accounts"), {"uai": uai, "account": ["facebook-0", "linkedin-0"]})
    client.post(reverse("publishing:seed_accounts"), {"uai": uai, "account": ["facebook-0"]})

    assert "this address does not look whole" in page
    assert sorted(Account.objects.values_list("network", "status", "doubt")) == [
        ("facebook", "tolerated", ""), ("linkedin", "tolerated", "odd"),
    ]  # fmt: skip


def test_an_account_in_the_archive_keeps_its_history_and_forgets_its_keys(world, univ):
    approved("Demain", univ, due_at=timezone.now() + timedelta(days=1))

    registering.archive(univ, by="the tests")

    univ.refresh_from_db()
    assert (univ.sealed, Delivery.objects.get().state) == ("", "cancelled")


def test_keys_are_kept_sealed(univ):
    assert "token-univ" not in univ.sealed
    assert "token-univ" in TOKENS.unseal(univ.sealed)


def test_a_false_key_connects_nothing(world, db):
    with pytest.raises(Refused):
        connect("mastodon", "univ", "false", address=world.address, by="the tests")

    assert Account.objects.count() == 0


def test_one_account_of_a_network_is_connected_once(world, univ):
    with pytest.raises(Refused):
        connect("mastodon", "other", "token-univ", address=world.address, by="the tests")


def test_the_same_address_is_not_written_down_twice(by_hand):
    said = {"network": "linkedin", "label": "Encore", "address": by_hand.address}

    with pytest.raises(Refused):
        registering.register(said, by="the tests")
