"""What a network answers is kept as JSON and comes back the same; credentials are renewed by one at a time."""

import json
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from lierre.connectors.http import NotReached, Reply, Server
from lierre.connectors.network import (
    Account,
    AuthorisationExpired,
    Confirmation,
    Credentials,
    Held,
    Limits,
    NotSent,
    Prepared,
    RateLimited,
    Receipt,
    UnknownOutcome,
    Verdict,
    as_plain,
    fresh,
    from_plain,
    refusals,
)
from lierre.connectors.network.line import Line, throttled
from lierre.connectors.network.servers import address_of, server

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
RECEIPT = Receipt("7", "https://a.example/7", NOON, {"cid": "bafy"}, adopted=True)


@pytest.mark.parametrize(
    "kept",
    [
        RECEIPT,
        Prepared("bluesky", "key", {"record": {"text": "é", "facets": [1, 2]}}, "é", NOON, NOON),
        Limits(text=300, types=("image/png", "image/jpeg"), fetched_at=NOON),
        Credentials("token", "again", NOON, None, frozenset({"read", "write"}), {"password": "secret"}),
        Confirmation(Verdict.PERSON, None, NOON, (RECEIPT, replace(RECEIPT, id="8")), "two"),
        Account("mastodon", "1", "ubn@a.example", Credentials("token", scopes=frozenset({"read"})), "UBN"),
    ],
)  # fmt: skip
def test_what_is_kept_comes_back_the_same(kept):
    assert from_plain(type(kept), json.loads(json.dumps(as_plain(kept)))) == kept


def test_secrets_are_not_printed():
    held = Credentials("a token", "another one", kept={"password": "a password"})

    assert not [word for word in ("a token", "another one", "a password") if word in repr(held)]


class Drawer:
    def __init__(self, credentials):
        self.credentials = credentials

    def read(self):
        return self.credentials

    def write(self, credentials):
        self.credentials = credentials

    @contextmanager
    def alone(self):
        yield


class Renews:
    def __init__(self, made):
        self.made, self.asked = made, 0

    def refresh(self, account):
        self.asked += 1
        return self.made


def account(credentials):
    return Account("bluesky", "did:plc:a", "ubn.test", credentials)


def dead_unless(token):
    def act(account):
        if account.credentials.token != token:
            raise AuthorisationExpired("dead")
        return "done"

    return act


def test_somebody_renewed_it_meanwhile_and_it_is_not_renewed_again():
    drawer, network = Drawer(Credentials("old", "again")), Renews(Credentials("another"))

    def act(account):
        if account.credentials.token == "old":
            drawer.write(Credentials("new", "again"))  # another process, while this one waited for its turn
            raise AuthorisationExpired("dead")
        return account.credentials.token

    assert fresh(network, account(drawer.read()), drawer, act) == "new"
    assert network.asked == 0


def test_an_empty_token_never_takes_the_place_of_one_that_renews():
    drawer, network = Drawer(Credentials("old", "again")), Renews(Credentials("new", ""))

    assert fresh(network, account(drawer.read()), drawer, dead_unless("new")) == "done"
    assert (drawer.credentials.token, drawer.credentials.refresh) == ("new", "again")


def test_what_cannot_be_renewed_is_said_so():
    drawer, network = Drawer(Credentials("old")), Renews(Credentials("new"))

    with pytest.raises(AuthorisationExpired):
        fresh(network, account(drawer.read()), drawer, dead_unless("new"))
    assert network.asked == 0


def test_what_ends_soon_is_renewed_before_it_is_used():
    ending = Credentials("old", "again", datetime.now(UTC) + timedelta(seconds=20))
    drawer, network = Drawer(ending), Renews(Credentials("new", "again"))

    assert fresh(network, account(ending), drawer, dead_unless("new")) == "done"
    assert network.asked == 1


def line(reply_or_failure):
    class Stub(Server):
        def call(self, method, path, **sent):
            if isinstance(reply_or_failure, Exception):
                raise reply_or_failure
            return reply_or_failure

    return Line(Stub("https://a.example"), {}, lambda reply: None if reply.is_taken else throttled(reply))


@pytest.mark.parametrize(
    ("happened", "asked", "written"),
    [
        (NotReached("unreachable"), NotSent, NotSent),
        (NotReached("timeout", heard=True), NotSent, UnknownOutcome),
        (NotReached("cut", heard=True), NotSent, UnknownOutcome),
        (NotReached("inside"), Held, Held),
        (Reply(500), NotSent, UnknownOutcome),
        (Reply(503, {"retry-after": "60"}), NotSent, UnknownOutcome),
        (Reply(429), RateLimited, RateLimited),
    ],
)
def test_what_goes_wrong_is_worse_for_what_becomes_visible(happened, asked, written):
    with pytest.raises(NotSent if asked is NotSent else asked):
        line(happened).ask("GET", "/")
    with pytest.raises(written):
        line(happened).write("POST", "/")


def test_cut_after_it_said_yes_it_is_yes():
    told = NotReached("cut", heard=True, reply=Reply(201, {"x-restli-id": "urn:li:share:1"}))

    assert line(told).write("POST", "/").headers == {"x-restli-id": "urn:li:share:1"}


def test_every_refusal_has_a_sentence_and_a_family():
    kinds = [
        each for each in vars(refusals).values() if isinstance(each, type) and issubclass(each, refusals.NetworkError)
    ]

    assert len(kinds) > 15
    for kind in kinds:
        assert kind("code", "what it said").sentence.endswith((".", "%"))
        assert kind.outcome in refusals.Outcome


def test_an_instance_that_is_sent_elsewhere_speaks_to_nobody_else(settings):
    settings.MASTODON_BASE_URL = "https://rehearsal.example"

    assert address_of("mastodon", "https://mastodon.example") == "https://rehearsal.example"
    # A server of this very machine is a rehearsal already.
    assert address_of("mastodon", "http://localhost:8080/") == "http://localhost:8080"
    settings.MASTODON_BASE_URL = ""
    assert address_of("mastodon", "https://mastodon.example/") == "https://mastodon.example"
    assert address_of("bluesky", "", "https://bsky.social") == "https://bsky.social"


def test_this_machine_is_called_only_when_it_is_allowed(settings):
    settings.ALLOW_LOOPBACK = False
    with pytest.raises(NotReached, match="inside"):
        server("mastodon", "https://localhost:9").call("GET", "/")
    with pytest.raises(NotReached, match="inside"):
        server("mastodon", "https://169.254.169.254").call("GET", "/")
    settings.ALLOW_LOOPBACK = True
    with pytest.raises(NotReached, match="unreachable"):
        server("mastodon", "http://localhost:9").call("GET", "/")
    with pytest.raises(NotReached, match="inside"):
        server("mastodon", "https://10.0.0.1").call("GET", "/")
