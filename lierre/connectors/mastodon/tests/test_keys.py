"""Mastodon keeps the key of a message for an hour: sent again with it, it is there once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Thread
from uuid import uuid4

import pytest

from lierre.connectors.network import (
    Attempts,
    AuthorisationLost,
    Gone,
    Guard,
    Invalid,
    Key,
    Media,
    MediaNotReady,
    Message,
    NotSent,
    RateLimited,
    ScopeMissing,
    UnknownOutcome,
    Verdict,
    network,
)
from simulators.faults import Fault
from simulators.mastodon import Mastodon
from simulators.serving import living
from tests.networks.pictures import picture

mastodon = network("mastodon")


@pytest.fixture
def server(settings) -> Iterator[Mastodon]:
    settings.ALLOW_LOOPBACK = True
    simulator = Mastodon()
    with living(simulator):
        yield simulator


@pytest.fixture
def account(server):
    return mastodon.authorise(Key(server.token, address=server.address))[0]


def prepared(account, text="Bonjour à tous", **besides):
    return mastodon.prepare(account, Message(text, str(uuid4()), **besides), datetime.now(UTC))


def tried(minutes):
    moment = datetime.now(UTC) - timedelta(minutes=minutes)
    return Attempts(1, moment, moment)


def test_it_says_its_version_and_is_known_to_keep_keys(server, account):
    server.characters = 5_000
    limits = mastodon.limits(account)

    assert (limits.server, limits.text, limits.url_counts_for) == ("4.5.2", 5_000, 23)
    assert mastodon.capabilities(limits).guard == Guard.KEY


@pytest.mark.parametrize("fault", [Fault.COMMIT_THEN_DROP, Fault.COMMIT_THEN_500, Fault.COMMIT_THEN_502])
def test_sent_again_with_its_key_it_is_there_once(server, account, fault):
    message = prepared(account)
    server.faults.strike(fault)
    with pytest.raises(UnknownOutcome):
        mastodon.publish(account, message)

    again = mastodon.publish(account, message, tried(0))

    assert [*server.posts] == [again.id]


def test_a_list_that_is_late_does_not_deny_what_is_online(server, account):
    server.lag = 20.0
    message = prepared(account)
    server.faults.strike(Fault.COMMIT_THEN_DROP)
    with pytest.raises(UnknownOutcome):
        mastodon.publish(account, message)

    assert mastodon.confirm(account, message, tried(0)).verdict == Verdict.WAIT
    # The list is believed no more later on: the key is.
    assert mastodon.confirm(account, message, tried(2)).verdict == Verdict.AGAIN
    mastodon.publish(account, message, tried(2))
    assert len(server.posts) == 1


def test_when_the_key_is_old_somebody_looks(server, account):
    message = prepared(account)

    assert mastodon.confirm(account, message, tried(49)).verdict == Verdict.AGAIN
    assert mastodon.confirm(account, message, tried(51)).verdict == Verdict.PERSON


def test_what_did_not_leave_is_said_so(server, account):
    message = prepared(account)
    server.faults.strike(Fault.DROP_BEFORE)
    # Whether a request that was cut had been read, nobody can tell.
    with pytest.raises(UnknownOutcome):
        mastodon.publish(account, message)
    with pytest.raises(NotSent):
        mastodon.publish(replace(account, address="http://127.0.0.1:9"), message)

    assert server.posts == {}


def test_asked_too_often_it_waits_as_long_as_it_is_told(server, account):
    message = prepared(account)
    server.faults.retry_after = 120
    server.faults.strike(Fault.TOO_MANY_UNTIL, Fault.TOO_MANY)

    with pytest.raises(RateLimited) as told:
        mastodon.publish(account, message)
    with pytest.raises(RateLimited) as untold:
        mastodon.publish(account, message)

    now = datetime.now(UTC)
    assert timedelta(seconds=100) < told.value.retry_at - now <= timedelta(seconds=120)
    assert untold.value.retry_at > now


def test_a_file_that_is_still_read_is_waited_for(server, account, tmp_path):
    server.slow_media = 2
    media = Media(picture(tmp_path), "image/png", "Une affiche")
    message = Message("Avec une image", str(uuid4()), media=(media,))

    first = mastodon.prepare(account, message, datetime.now(UTC))
    with pytest.raises(MediaNotReady):
        mastodon.publish(account, first)
    second = mastodon.prepare(account, message, datetime.now(UTC), first)
    while second.look_again_at:
        second = mastodon.prepare(account, message, datetime.now(UTC), second)
    mastodon.publish(account, second)

    assert first.look_again_at is not None
    assert second.look_again_at is None
    assert len(server.media) == len(server.posts) == 1
    assert (first.key, first.payload["media"][0]["id"]) == (second.key, second.payload["media"][0]["id"])


def test_each_refusal_is_told_apart(server, account):
    with pytest.raises(Invalid):
        mastodon.publish(account, prepared(account, ""))
    gone = replace(
        prepared(account), payload={**prepared(account).payload, "form": {"status": "a", "in_reply_to_id": "404"}}
    )
    with pytest.raises(Gone):
        mastodon.publish(account, gone)
    # Said to be closed once, and open when it is looked at again: nobody is asked to connect it.
    server.faults.strike(Fault.UNAUTHORISED_ONCE)
    with pytest.raises(NotSent):
        mastodon.publish(account, prepared(account))
    held, server.token = prepared(account), "another"
    with pytest.raises(AuthorisationLost):
        mastodon.publish(account, held)
    server.token = account.credentials.token
    server.scopes_missing = {"write:statuses", "read:statuses"}
    with pytest.raises(ScopeMissing):
        mastodon.publish(account, prepared(account))
    assert mastodon.check(account).missing == ("read:statuses",)


def test_ten_that_leave_at_once_are_ten(server, account):
    messages = [prepared(account, f"Message {number}") for number in range(10)]
    threads = [Thread(target=mastodon.publish, args=(account, each)) for each in messages]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(server.posts) == 10
