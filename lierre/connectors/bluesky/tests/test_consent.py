"""Somebody says yes on a real server of Bluesky: the account is open to us, by a session bound to a key that we alone hold."""

import json
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest

from lierre.connectors.bluesky import client, proofs, video
from lierre.connectors.bluesky.consent import NotKnown, NotTheirs, SomebodyElse
from lierre.connectors.bluesky.identity import NoConsent, NoSuchAccount
from lierre.connectors.bluesky.line import line_of
from lierre.connectors.bluesky.proven import NONCES
from lierre.connectors.bluesky.tests import consents
from lierre.connectors.bluesky.tests.test_real_server import Drawer
from lierre.connectors.network import (
    AuthorisationExpired,
    AuthorisationLost,
    Credentials,
    Held,
    Link,
    Media,
    Message,
    NotSent,
    Verdict,
    fresh,
    network,
)
from simulators.bluesky import Bluesky as Simulator
from simulators.serving import living
from tests.networks.pictures import picture

bluesky = network("bluesky")
NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
OURS = (proofs.new_key(), proofs.new_key())


@pytest.fixture
def us(bluesky_server, settings, monkeypatch):
    settings.ALLOW_LOOPBACK = True
    monkeypatch.setattr(client.KEYRING, "kept", lambda: OURS)
    with consents.known(settings) as known:
        yield known


@pytest.fixture
def account(bluesky_server, us):
    return consents.opened(bluesky_server, us)


def says(text, **besides):
    return Message(text, str(uuid4()), language="fr", **besides)


def publish(account, message):
    return bluesky.publish(account, bluesky.prepare(account, message, NOON))


def test_somebody_says_yes_and_the_account_publishes(bluesky_server, us, account, tmp_path):
    """Known by its page and its key alone: nobody registered anything over there."""
    image = Media(picture(tmp_path), "image/png", "Une affiche verte", width=64, height=48)

    receipt = publish(account, says("Rentrée à l’université", media=(image,)))

    (row,) = bluesky_server.posts(account.id)
    assert row["uri"] == receipt.id
    assert row["value"]["embed"]["images"][0]["alt"] == "Une affiche verte"
    assert {client.PAGE, client.KEYS} <= set(us.asked)
    assert account.credentials.scopes >= {"atproto", "transition:generic"}
    assert bluesky.check(account).handle == account.handle


def test_a_card_a_thread_a_proof_and_a_removal_go_by_consent_too(bluesky_server, account):
    first = publish(account, says("Un fil", parts=2, link=Link("https://ubn.example/jpo", "Portes ouvertes")))
    answer = says("La suite", part=2, parts=2, after=first, first=first)
    prepared = bluesky.prepare(account, answer, NOON)
    second = bluesky.publish(account, prepared)

    assert bluesky.confirm(account, prepared, None).verdict == Verdict.CONFIRMED
    assert bluesky.adopt(account, second.permalink).id == second.id
    bluesky.delete(account, second)
    assert [row["value"]["text"] for row in bluesky_server.posts(account.id)] == ["Un fil"]


def test_a_word_to_say_again_that_changes_on_the_way_costs_nothing(bluesky_server, account, tmp_path):
    """The server refuses before doing anything: the call is made again, and counts once. A heavy file leaves once."""
    heavy = picture(tmp_path)
    heavy.write_bytes(heavy.read_bytes() + b"\0" * 300_000)
    NONCES.heard.clear()
    prepared = bluesky.prepare(account, says("Une affiche", media=(Media(heavy, "image/png", "Une affiche"),)), NOON)
    NONCES.heard[bluesky_server.url] = (0.0, "a word of another day")

    bluesky.publish(account, prepared)

    assert NONCES.of(bluesky_server.url) != "a word of another day"
    assert len(bluesky_server.posts(account.id)) == 1


def test_keys_that_end_between_two_parts_of_a_thread_are_renewed(bluesky_server, account):
    keeper = Drawer(account.credentials)
    first = fresh(bluesky, account, keeper, lambda open_one: publish(open_one, says("Un fil", parts=2)))
    keeper.credentials = replace(keeper.credentials, token=keeper.credentials.token[:-6] + "AAAAAA")

    answer = says("La suite", part=2, parts=2, after=first, first=first)
    fresh(bluesky, account, keeper, lambda open_one: publish(open_one, answer))

    assert keeper.written == 1
    assert len(bluesky_server.posts(account.id)) == 2
    assert keeper.credentials.expires_at > datetime.now(UTC) + timedelta(minutes=30)


def test_five_that_find_the_session_dead_renew_it_once(bluesky_server, account):
    """The token that renews serves once: shown a second time, the server would close the session."""
    dead = replace(account.credentials, token=account.credentials.token[:-6] + "AAAAAA")
    keeper, messages = Drawer(dead), [bluesky.prepare(account, says(f"Message {number}"), NOON) for number in range(5)]

    def leave(prepared):
        fresh(bluesky, account, keeper, lambda open_one: bluesky.publish(open_one, prepared))

    threads = [threading.Thread(target=leave, args=(each,)) for each in messages]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert keeper.written == 1
    assert len(bluesky_server.posts(account.id)) == 5


def test_figures_and_the_letter_for_a_film_are_asked_by_consent_too(account):
    """A server without a view of the network counts nothing: it says so, and does not say that the keys are false."""
    with pytest.raises(NotSent):
        bluesky.fetch_metrics(account, [publish(account, says("Combien ?"))])
    with pytest.raises(NotSent):
        bluesky.fetch_interactions(account)
    assert video.letter_for(line_of(account)).count(".") == 2


def test_the_token_that_renews_serves_once(account):
    renewed = bluesky.refresh(account)

    assert bluesky.check(replace(account, credentials=renewed)).handle == account.handle
    with pytest.raises(AuthorisationLost):
        bluesky.refresh(account)


def test_a_stolen_token_opens_nothing_without_the_key_of_its_session(account):
    stolen = replace(account.credentials, kept={**account.credentials.kept, "key": proofs.new_key()})

    with pytest.raises(AuthorisationExpired):
        bluesky.check(replace(account, credentials=stolen))
    with pytest.raises(AuthorisationExpired):
        bluesky.check(replace(account, credentials=Credentials(account.credentials.token)))


def test_a_session_goes_on_with_the_key_that_it_was_opened_with(account, monkeypatch):
    """A newer key of ours changes nothing for it; without the former one, somebody says yes again."""
    newer = proofs.new_key()
    monkeypatch.setattr(client.KEYRING, "kept", lambda: (newer, *OURS))
    again = replace(account, credentials=bluesky.refresh(account))
    monkeypatch.setattr(client.KEYRING, "kept", lambda: (newer,))

    with pytest.raises(AuthorisationLost):
        bluesky.refresh(again)


def test_given_back_the_keys_open_nothing_there_either(account):
    bluesky.revoke(account)
    bluesky.revoke(account)

    with pytest.raises(AuthorisationLost):
        bluesky.check(account)
    with pytest.raises(AuthorisationLost):
        bluesky.refresh(account)


def test_who_says_yes_in_the_name_of_another_account_opens_nothing(bluesky_server, us):
    (asked, _one), (other, _two) = bluesky_server.account(), bluesky_server.account()
    application, page = consents.asked(bluesky_server, asked, us)
    brought = consents.brought(application, us, bluesky_server.says(page, other))

    with pytest.raises(SomebodyElse) as told:
        bluesky.authorise(brought)

    assert asked in told.value.sentence


def test_an_answer_of_another_server_is_not_believed(bluesky_server, us):
    handle, _password = bluesky_server.account()
    application, page = consents.asked(bluesky_server, handle, us)
    query = bluesky_server.says(page, handle)

    for issuer in ("https://elsewhere.example", ""):
        with pytest.raises(NotTheirs):
            bluesky.authorise(consents.brought(application, us, query, iss=issuer))
    assert bluesky.authorise(consents.brought(application, us, query))[0].handle == handle


def test_a_code_serves_once_and_only_to_whoever_asked(bluesky_server, us):
    handle, _password = bluesky_server.account()
    application, page = consents.asked(bluesky_server, handle, us)
    brought = consents.brought(application, us, bluesky_server.says(page, handle))

    with pytest.raises(AuthorisationLost):
        bluesky.authorise(replace(brought, verifier="another-verifier-that-is-long-enough-to-be-one-of-43-signs"))
    with pytest.raises(AuthorisationLost):
        bluesky.authorise(brought)


def test_no_brings_no_code_back(bluesky_server, us):
    handle, _password = bluesky_server.account()
    _application, page = consents.asked(bluesky_server, handle, us)

    told = parse_qs(bluesky_server.says(page, handle, "reject"))

    assert (told["error"], "code" in told) == (["access_denied"], False)


def test_the_page_of_consents_tells_nothing_of_what_is_asked(bluesky_server, us):
    """It was said beforehand, by us: nobody on the way can change it."""
    handle, _password = bluesky_server.account()

    application, page = consents.asked(bluesky_server, handle, us)

    assert set(parse_qs(urlsplit(page).query)) == {"client_id", "request_uri"}
    assert "key" in json.loads(application.secret)
    assert application.secret not in repr(application)


def test_an_address_that_the_server_cannot_read_is_told(bluesky_server, us, settings):
    handle, _password = bluesky_server.account()
    settings.ADDRESS = "https://port-9.lierre.internal"  # nobody answers there

    with pytest.raises(NotKnown) as told:
        consents.asked(bluesky_server, handle, us)

    assert "must open from the internet" in told.value.sentence


def test_on_the_machine_of_whoever_develops_no_key_is_needed(bluesky_server, us, settings):
    settings.ADDRESS = "http://localhost:8000"
    us.back = "http://localhost:8000/publications/comptes/retour/"

    account = consents.opened(bluesky_server, us)

    assert account.credentials.kept["signs"] == ""
    assert publish(account, says("Bonjour")).id
    assert bluesky.refresh(account).token


def test_a_handle_that_nobody_has_and_a_server_without_consents_are_told(bluesky_server, us):
    with pytest.raises(NoSuchAccount):
        bluesky.application(f"nobody-{uuid4().hex[:6]}.test@{bluesky_server.url}", us.back)
    with living(Simulator()) as address, pytest.raises(NoConsent):
        bluesky.application(f"ubn.example@{address}", us.back)


def test_a_server_of_the_inside_is_not_asked(bluesky_server, us, settings):
    settings.ALLOW_LOOPBACK = False

    with pytest.raises(Held) as told:
        bluesky.application(f"u1.test@{bluesky_server.url}", us.back)

    assert told.value.code == "inside"
