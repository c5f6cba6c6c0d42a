"""The website is told what is published, signed, and takes what comes twice for the same."""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest

from lierre.connectors.http.signing import headers, is_signed
from lierre.connectors.network import (
    Attempts,
    AuthorisationLost,
    Credentials,
    Forged,
    Held,
    Invalid,
    Key,
    Link,
    Media,
    Message,
    RateLimited,
    UnknownOutcome,
    Verdict,
    network,
)
from simulators.faults import Fault, Faults
from simulators.serving import Request, Response, living
from tests.networks.pictures import picture

website = network("website")
SECRET = "whsec_bGllcnJl"
NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)


@dataclass
class Site:
    """A website that follows the specification: it looks at the signature, and knows an identifier again."""

    posts: dict[str, dict] = field(default_factory=dict)
    paths: list[str] = field(default_factory=list)
    status: int = 0
    faults: Faults = field(default_factory=Faults)
    address: str = ""

    def publishes(self, request: Request) -> bool:
        return b"post.published" in request.body

    def refusal(self, fault: Fault) -> Response:
        return Response(429, None, {"Retry-After": "1"})

    def answer(self, request: Request) -> Response:
        self.paths.append(request.path)
        if not is_signed(SECRET, request.headers, request.body.decode(), int(time.time())):
            return Response(401, {"error": "signature"})
        if self.status:
            return Response(self.status, {"error": "no"})
        told = request.json
        if told["type"] == "post.published":
            self.posts.setdefault(request.headers["webhook-id"], told["data"])
            return Response(201, {"url": "https://ubn.example/actualites/1"})
        if told["type"] == "post.deleted":
            self.posts.pop(told["data"]["id"], None)
        return Response(204)


@pytest.fixture
def site(settings) -> Iterator[Site]:
    settings.ALLOW_LOOPBACK = True
    simulator = Site()
    with living(simulator):
        yield simulator


@pytest.fixture
def account(site):
    return website.authorise(Key(SECRET, "Actualités", f"{site.address}/crochet"))[0]


def prepared(account, text="Portes ouvertes", **besides):
    return website.prepare(account, Message(text, "a-key", language="fr", **besides), NOON)


def test_it_is_told_whole_and_tells_its_page(site, account, tmp_path):
    media = Media(picture(tmp_path), "image/png", "Une affiche")

    receipt = website.publish(account, prepared(account, link=Link("https://ubn.example/jpo", "JPO"), media=(media,)))

    told = site.posts["a-key"]
    assert (told["text"], told["language"], told["link"]["title"]) == ("Portes ouvertes", "fr", "JPO")
    assert told["media"][0]["alt"] == "Une affiche"
    assert (receipt.id, receipt.permalink) == ("a-key", "https://ubn.example/actualites/1")
    website.delete(account, receipt)
    assert site.posts == {}


def test_that_the_file_itself_does_not_leave_is_said_before(tmp_path):
    message = Message("Portes ouvertes", "a-key", media=(Media(picture(tmp_path), "image/png", "Une affiche"),))

    (remark,) = website.measure(message, website.usual_limits()).lost

    assert remark.sentence == "The file jpo.png itself will not be sent: the site is told its name and what it shows."


def test_it_is_called_at_its_address_to_the_letter(site):
    """Many sites know no other than the one that ends with a bar."""
    website.authorise(Key(SECRET, "", f"{site.address}/crochet/"))

    assert site.paths == ["/crochet/"]


@pytest.mark.parametrize("fault", [Fault.COMMIT_THEN_DROP, Fault.COMMIT_THEN_500, Fault.DROP_BEFORE])
def test_nobody_answered_and_it_is_told_again_as_the_same(site, account, fault):
    message = prepared(account)
    site.faults.strike(fault)
    with pytest.raises(UnknownOutcome):
        website.publish(account, message)

    attempts = Attempts(1, datetime.now(UTC), datetime.now(UTC))
    assert website.confirm(account, message, attempts).verdict == Verdict.AGAIN
    website.publish(account, message, attempts)
    assert [*site.posts] == ["a-key"]


def test_who_does_not_hold_the_same_secret_is_not_connected(site, account):
    for secret in ("whsec_YW5vdGhlcg==", "not written so"):
        with pytest.raises(AuthorisationLost):
            website.authorise(Key(secret, "", site.address))
    with pytest.raises(AuthorisationLost):
        website.publish(replace(account, credentials=Credentials("whsec_YW5vdGhlcg==")), prepared(account))


@pytest.mark.parametrize(("status", "kind"), [(422, Invalid), (410, Held), (302, Held), (503, UnknownOutcome)])
def test_its_refusals_are_told_apart(site, account, status, kind):
    site.status = status

    with pytest.raises(kind):
        website.publish(account, prepared(account))


def test_asked_too_often_it_waits(site, account):
    site.faults.strike(Fault.TOO_MANY)

    with pytest.raises(RateLimited):
        website.publish(account, prepared(account))


def test_what_the_site_tells_is_believed_when_it_is_signed():
    body = json.dumps({"type": "comment.made", "data": {"id": "a-key", "text": "Bravo"}})
    sent = headers(SECRET, "msg_1", int(time.time()), body)

    (event,) = website.verify_webhook(sent, body.encode(), SECRET)

    assert (event.id, event.kind, event.about) == ("msg_1", "comment.made", "a-key")
    old = headers(SECRET, "msg_1", int(time.time()) - 3_600, body)
    for told, secret in ((old, SECRET), (sent, "whsec_YW5vdGhlcg=="), ({}, SECRET)):
        with pytest.raises(Forged):
            website.verify_webhook(told, body.encode(), secret)
