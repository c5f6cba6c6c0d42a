"""Whatever a server answers, a network says it in its own words: no other exception leaves it, and no receipt is made up."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from lierre.connectors.network import (
    Account,
    Application,
    Attempts,
    Code,
    Credentials,
    Key,
    Link,
    Media,
    Message,
    NetworkError,
    Prepared,
    Receipt,
    Verdict,
    network,
    networks,
)
from simulators.faults import Fault, Faults
from simulators.serving import Request, Response, living
from tests.networks.pictures import picture

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
BODIES = [
    b"", b"{}", b"[]", b"null", b"3", b"<html>", b'"text"', b'{"id": null}', b'{"value": 3}', b'{"value": {}}', b'{"data": 3}',
    b'{"data": [3, null, {}]}', b'{"elements": [3, {}]}', b'{"elements": 3}', b'{"error": "x"}', b'{"error": {"code": "x"}}',
    b'{"error": 3}', b'[3, null, {}]', b'{"posts": [{}], "notifications": [{}]}', b'{"uri": 3, "cid": 3, "value": 3}',
    b'{"configuration": 3, "version": 3}', b'{"upload_session_id": 1}', b'{"blob": 3}', b'{"did": 3}', b"\xff\xfe",
]  # fmt: skip
STATUSES = [200, 201, 204, 302, 400, 401, 403, 404, 409, 413, 418, 422, 426, 429, 500, 503]
IDS = {"linkedin": "urn:li:organization:7", "bluesky": "did:plc:a"}
FROZEN = {
    "mastodon": {"form": {"status": "Bonjour"}, "media": [{"id": "1", "ready": True}], "guarded": True},
    "bluesky": {"place": "3kabcdefghijk", "record": {"text": "Bonjour", "createdAt": "2026-11-26T12:00:00.000Z"}},
    "linkedin": {"body": {"author": "urn:li:organization:7", "commentary": "Bonjour"}, "media": [], "thumbnail": []},
    "facebook": {"path": "/7/feed", "form": {"message": "Bonjour"}, "photos": []},
    "website": {"type": "post.published", "data": {}},
}


@dataclass
class Anything:
    """Answers the same to everybody."""

    status: int = 200
    body: bytes = b""
    faults: Faults = field(default_factory=Faults)
    address: str = ""

    def publishes(self, request: Request) -> bool:
        return False

    def refusal(self, fault: Fault) -> Response:
        return Response(self.status)

    def answer(self, request: Request) -> Response:
        return Response(self.status, None, {}, self.body)


@pytest.fixture
def server(settings) -> Iterator[Anything]:
    settings.ALLOW_LOOPBACK = True
    settings.LINKEDIN_PAGES = settings.FACEBOOK_PAGES = ("us", "the secret")
    simulator = Anything()
    with living(simulator):
        yield simulator


def calls(each, server, media):
    """Everything that may be asked of a network."""
    kept = {"client_id": "us", "client_secret": "the secret", "password": "secret"}
    held = Credentials("whsec_bGllcnJl", "again", kept=kept)
    account = Account(each.code, IDS.get(each.code, "7"), "ubn", held, address=server.address)
    receipt = Receipt("at://did:plc:a/app.bsky.feed.post/3k" if each.code == "bluesky" else "7")
    frozen = Prepared(each.code, "a-key", FROZEN[each.code], "Bonjour", NOW)
    attempts = Attempts(1, NOW, NOW)
    message = Message("Bonjour @ubn.example", "a-key", media=(media,))
    linked = Message("Bonjour", "a-key", link=Link("https://ubn.example/jpo", "JPO", image=media))
    ours = Application("us", "the secret", server.address)
    yield lambda: each.limits(account)
    yield lambda: each.application(server.address, "https://ubn.example/retour/")
    yield lambda: each.authorise(Key("whsec_bGllcnJl", "ubn.test", server.address))
    yield lambda: each.authorise(Code("code", "https://ubn.example/retour/", ours))
    yield lambda: each.refresh(account)
    yield lambda: each.revoke(account)
    yield lambda: each.check(account)
    yield lambda: each.prepare(account, message, NOW)
    yield lambda: each.prepare(account, linked, NOW)
    yield lambda: each.publish(account, frozen)
    yield lambda: each.publish(account, frozen, attempts)
    yield lambda: each.confirm(account, frozen, attempts)
    yield lambda: each.adopt(account, f"{server.address}/profile/did:plc:a/post/7")
    yield lambda: each.delete(account, receipt)
    yield lambda: each.fetch_interactions(account)
    yield lambda: each.fetch_metrics(account, [receipt])


@pytest.mark.parametrize("code", [code for code in networks() if code in FROZEN])
def test_nothing_but_its_own_words_leaves_a_network(server, code, tmp_path):
    each, media = network(code), Media(picture(tmp_path), "image/png", "Une affiche")
    wrong = []
    for status, body in itertools.chain(
        itertools.product([200, 201], BODIES), itertools.product(STATUSES[2:], [b"", b'{"error": {"code": 190}}'])
    ):
        server.status, server.body = status, body
        if code == "mastodon":
            each.servers.clear()
        for place, call in enumerate(calls(each, server, media)):
            try:
                call()
            except NetworkError:
                continue
            except Exception as error:
                wrong.append((status, body, place, repr(error)[:120]))

    assert wrong == []


@pytest.mark.parametrize("code", ["mastodon", "bluesky", "linkedin", "facebook"])
@pytest.mark.parametrize("body", [body for body in BODIES if body != b'{"uri": 3, "cid": 3, "value": 3}'])
def test_an_answer_that_names_nothing_is_no_receipt(server, code, body):
    """« All went well », without saying where: nobody knows whether it is online."""
    server.body = body
    account = Account(code, IDS.get(code, "7"), "ubn", Credentials("token"), address=server.address)

    with pytest.raises(NetworkError):
        network(code).publish(account, Prepared(code, "a-key", FROZEN[code], "Bonjour", NOW))


@pytest.mark.parametrize("code", ["mastodon", "linkedin", "facebook"])
@pytest.mark.parametrize("body", BODIES)
def test_a_list_that_says_nothing_confirms_nothing(server, code, body):
    server.body = body
    account = Account(code, IDS.get(code, "7"), "ubn", Credentials("token"), address=server.address)

    try:
        found = network(code).confirm(
            account, Prepared(code, "a-key", FROZEN[code], "Bonjour", NOW), Attempts(3, NOW, NOW)
        )
    except NetworkError:
        return
    assert found.verdict == Verdict.PERSON
