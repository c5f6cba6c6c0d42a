"""The register: every account has somebody who answers for it, and says so once a year in one click."""

from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse
from django.utils import timezone

from conftest import someone
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
    forged = client.get(reverse("publishing:confirm", args=["forged"]))
    assert (forged.status_code, "It is too old, or somebody else answers" in forged.content.decode()) == (404, True)


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


def test_every_column_is_taken_away_of_the_accounts_that_were_asked_for(client, by_hand, gwenael, solenn):
    by_hand.write(owner=gwenael, deputy=solenn, purpose="Diplômés", keys_held_by="Coffre de la DSI", status="official")
    Account.objects.create(name="x", network="x", label="UBN sur X", purpose="Presse")
    client.force_login(gwenael)
    address = reverse("publishing:export_accounts", args=["csv"])

    every = b"".join(client.get(address).streaming_content).decode()
    some = b"".join(client.get(address, {"q": "coffre"}).streaming_content).decode()
    sheet = b"".join(client.get(reverse("publishing:export_accounts", args=["xlsx"])).streaming_content)

    for word in ("Gwenaël Riou", "Solenn Kerbrat", "Diplômés", "Coffre de la DSI", "official", by_hand.address):
        assert word in some
    assert ("UBN sur X" in every, "UBN sur X" in some) == (True, False)
    assert ZipFile(BytesIO(sheet)).read("xl/worksheets/sheet1.xml").count(b"<row ") == 3


def test_the_register_is_filtered_and_sorted(client, by_hand, gwenael):
    by_hand.write(owner=gwenael, confirmed_on=timezone.localdate(), keys_held_by="Zoé")
    Account.objects.create(name="x", network="x", label="UBN sur X", keys_held_by="Anne", unit=None)
    client.force_login(gwenael)

    def shown(**asked):
        page = client.get(reverse("publishing:accounts"), asked).context
        return [line.account.name for line in page["lines"]]

    assert shown(tri="cles") == ["x", "linkedin"]
    assert shown(tri="-cles") == ["linkedin", "x"]
    assert (shown(alerte="oui"), shown(reseau="linkedin"), shown(q="nobody")) == (["x"], ["linkedin"], [])
    address = reverse("publishing:accounts")
    none, one = client.get(address, {"q": "nobody"}).text, client.get(address, {"alerte": "oui"}).text
    assert "No account answers this." in none
    assert "None is written down yet." not in none  # there are two: they are only not those
    assert "1 account answers what you look for." in one
    assert "for the institution." not in one


def test_whoever_may_not_change_an_account_reads_every_column_of_it(client, by_hand, gwenael, solenn):
    by_hand.write(owner=gwenael, deputy=solenn, purpose="Diplômés", keys_held_by="Coffre de la DSI", status="official")
    client.force_login(solenn)

    page = client.get(by_hand.get_absolute_url()).text

    for word in ("Gwenaël Riou", "Solenn Kerbrat", "Diplômés", "Coffre de la DSI", "official", by_hand.address):
        assert word in page
    assert "Put it into the archive" not in page


def test_the_communication_of_a_unit_keeps_the_accounts_of_its_unit_alone(client, by_hand, iut, helene):
    """Neither its keys, nor who must approve what it says, nor its end: those of the institution are not theirs."""
    of_iut = Account.objects.create(name="iut", network="x", label="IUT", unit=iut)
    step = by_hand.steps.create(position=1, role="direction")
    client.force_login(someone("Rozenn Abgrall", "rozenn.abgrall@ubn.example", "communication", iut))

    def answered(name, *args, **said):
        return client.post(reverse(f"publishing:{name}", args=args), said).status_code

    elsewhere = [
        answered("account", by_hand.pk), answered("archive_account", by_hand.pk), answered("drop_step", step.pk),
        answered("ask_step", by_hand.pk), answered("connect_account", by_hand.pk), answered("try_account", by_hand.pk),
        answered("account_act", by_hand.pk, "demander"), answered("type_followers", by_hand.pk), answered("seed_accounts"),
    ]  # fmt: skip
    said = {"network": "x", "label": "Un autre", "status": "tolerated"}
    for_all, for_them = answered("new_account", **said), answered("new_account", **said, unit=iut.pk)
    archived = answered("archive_account", of_iut.pk)

    assert set(elsewhere) == {403}
    assert (for_all, for_them, archived) == (422, 303, 303)
    assert by_hand.steps.count() == 1
    page = client.get(reverse("publishing:accounts")).text
    assert ("Write one down" in page, "From the official list" in page) == (True, False)


def test_whoever_answers_confirms_on_the_page_too_and_nobody_else_does(client, by_hand, gwenael, solenn):
    by_hand.write(owner=gwenael)
    address = reverse("publishing:confirm_account", args=[by_hand.pk])
    client.force_login(solenn)
    refused = client.post(address, follow=True).text
    by_hand.refresh_from_db()
    before = by_hand.confirmed_on

    client.force_login(gwenael)
    offered = "Yes, still ours" in client.get(by_hand.get_absolute_url()).text
    client.post(address)

    by_hand.refresh_from_db()
    assert "Only whoever answers for it can confirm it." in refused
    assert (before, offered, by_hand.confirmed_on) == (None, True, timezone.localdate())


def test_its_owner_is_asked_now_and_once_a_day(client, by_hand, gwenael, solenn):
    by_hand.write(owner=solenn)
    client.force_login(gwenael)
    address = reverse("publishing:account_act", args=[by_hand.pk, "demander"])

    first, again = client.post(address, follow=True).text, client.post(address, follow=True).text

    assert "Whoever answers for it is asked by mail." in first
    assert "was asked today already" in again
    assert Notice.objects.get().to == solenn


def test_an_account_comes_back_from_the_archive_and_a_closed_network_does_not(client, world, univ, gwenael):
    said = {"network": "viadeo", "label": "UBN sur Viadeo", "address": "https://www.viadeo.com/fr/company/ubn"}
    dead = registering.register(said, by=gwenael)
    client.force_login(gwenael)
    approved("Demain", univ, due_at=timezone.now() + timedelta(days=1))
    announced = client.get(univ.get_absolute_url()).text
    registering.archive(univ, by=gwenael)

    client.post(reverse("publishing:account_act", args=[univ.pk, "ressortir"]))
    closed = client.post(reverse("publishing:account_act", args=[dead.pk, "ressortir"]), follow=True).text

    univ.refresh_from_db()
    assert "1 planned post does not leave for it." in announced
    assert (univ.archived_at, univ.sealed) == (None, "")
    assert "only its history is left" in closed
    assert "Its network is closed" in closed
    assert "nobody answers for it" not in closed


def test_what_the_institution_sent_is_not_settled_by_a_unit(client, by_hand, iut, gwenael):
    """Neither sent again nor given up: the desk shows it, and its buttons to those whose it is."""
    of_iut = Account.objects.create(name="iut", network="x", label="IUT", unit=iut)
    for account in (by_hand, of_iut):
        approved("Portes ouvertes", account, due_at=timezone.now() - timedelta(hours=5))
    Delivery.objects.update(state="missed", next_at=None)
    top, theirs = Delivery.objects.get(account=by_hand), Delivery.objects.get(account=of_iut)
    client.force_login(someone("Rozenn Abgrall", "rozenn.abgrall@ubn.example", "communication", iut))

    page = client.get(reverse("publishing:desk")).text
    refused = [
        client.post(reverse("publishing:delivery_act", args=[top.pk, "envoyer"])).status_code,
        client.post(top.get_absolute_url(), {"link": "https://x.com/ubn/1"}).status_code,
    ]
    home = client.get("/").text
    client.post(reverse("publishing:delivery_act", args=[theirs.pk, "abandonner"]))

    top.refresh_from_db()
    theirs.refresh_from_db()
    assert page.count("Send it now") == 1
    assert "1 post on its network" in home
    assert (refused, top.state, theirs.state) == ([403, 403], "missed", "cancelled")


def test_orphans_and_silent_ones_wait_on_the_home_page_of_whoever_keeps_the_register(
    client, by_hand, gwenael, iut, solenn
):
    client.force_login(gwenael)
    orphan = client.get("/").text
    by_hand.write(owner=solenn, confirmed_on=timezone.localdate())
    well = client.get("/").text
    by_hand.write(confirmed_on=None, asked_on=timezone.localdate() - timedelta(days=20))
    silent = client.get("/").text
    client.force_login(someone("Rozenn Abgrall", "rozenn.abgrall@ubn.example", "communication", iut))
    elsewhere = client.get("/").text

    told = "1 account of the register"
    assert [told in page for page in (orphan, well, silent, elsewhere)] == [True, False, True, False]
    assert "?alerte=oui" in orphan


def test_an_owner_who_does_not_answer_is_asked_twice_and_no_more(by_hand, gwenael, solenn):
    by_hand.write(owner=gwenael)
    asked = []
    for _month in range(4):
        asked.append(ask_owners())
        by_hand.write(asked_on=timezone.localdate() - timedelta(days=31))

    registering.change(by_hand, said_of(by_hand, owner=solenn), by="the tests")

    assert asked == [1, 1, 0, 0]
    assert (ask_owners(), Notice.objects.filter(to=solenn).count()) == (1, 1)


def test_a_closed_unit_and_a_deputy_who_left_are_told_and_kept_until_somebody_says_otherwise(
    client, by_hand, iut, gwenael, helene
):
    by_hand.write(owner=gwenael, deputy=helene, unit=iut, dead_since=timezone.localdate())
    helene.roles.all().delete()
    iut.close(by="the tests", why="merged")
    client.force_login(gwenael)

    page = client.get(by_hand.get_absolute_url())
    said = {name: "" if value is None else value for name, value in page.context["form"].initial.items()}
    kept = client.post(by_hand.get_absolute_url(), said | {"purpose": "Presse"})

    before = by_hand.address
    by_hand.refresh_from_db()
    assert "whoever stands in has left" in page.text
    assert "its unit is closed" in page.text
    assert kept.status_code == 303
    assert (by_hand.unit, by_hand.deputy, by_hand.owner, by_hand.purpose) == (iut, helene, gwenael, "Presse")
    registering.change(by_hand, said_of(by_hand, address=f"{before}autre"), by="the tests")
    assert by_hand.dead_since is None


def test_the_same_address_spelt_otherwise_is_the_same(by_hand):
    said = {"network": "linkedin", "label": "Encore", "address": "http://linkedin.com/school/UBN"}

    with pytest.raises(Refused):
        registering.register(said, by="the tests")


def said_of(account, **changed):
    names = ("label", "address", "unit", "owner", "deputy", "purpose", "keys_held_by", "status")
    return {name: getattr(account, name) for name in names} | changed


def test_what_is_in_the_archive_is_brought_back_before_it_is_changed(client, by_hand, gwenael):
    registering.archive(by_hand, by=gwenael)
    client.force_login(gwenael)

    answer = client.post(by_hand.get_absolute_url(), {"label": "Autre", "status": "official"}, follow=True)

    by_hand.refresh_from_db()
    assert "bring it back first" in answer.content.decode()
    assert by_hand.label != "Autre"


def test_an_official_list_of_which_nothing_is_ticked_says_that_nothing_was_written(client, gwenael):
    client.force_login(gwenael)

    answer = client.post(reverse("publishing:seed_accounts"), {"uai": "0290346U"}, follow=True)

    assert "nothing was written" in answer.content.decode()
