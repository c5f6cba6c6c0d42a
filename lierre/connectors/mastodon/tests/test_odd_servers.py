"""Servers that resemble Mastodon: shorter pages, what is pinned first, addresses cut, another clock, answers pressed."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any
from uuid import uuid4

import pytest

from lierre.connectors.http import Reply
from lierre.connectors.mastodon.line import refusal
from lierre.connectors.mastodon.statuses import is_the_same, own
from lierre.connectors.network import Attempts, Key, Message, Verdict, network
from lierre.connectors.network.line import Line
from simulators.mastodon import Mastodon
from simulators.serving import Request, Response, living

mastodon = network("mastodon")


@dataclass
class Odd(Mastodon):
    """`without`: addresses that it has not, and the status that says so. What is pinned stands first."""

    short: int = 5
    without: tuple[str, ...] = ()
    says_so: int = 404
    pressed: bool = False

    def answer(self, request: Request) -> Response:
        if request.path in self.without:
            return Response(self.says_so, {"error": "Not found"})
        response = super().answer(request)
        if self.pressed and response.status == 200:
            packed = gzip.compress(json.dumps(response.json).encode())
            return Response(200, None, {"Content-Encoding": "gzip"}, packed)
        return response

    def listed(self, request: Request, number: str) -> Response:
        asked = replace(request, query=request.query | {"limit": [str(self.short)]})
        response = super().listed(asked, number)
        first = {"id": "0", "created_at": "2019-01-01T00:00:00Z", "content": "<p>À lire d’abord</p>"}
        if response.status != 200 or request.first("max_id"):
            return response
        return Response(200, [first, *response.json])


@pytest.fixture
def odd(settings: Any) -> Iterator[Odd]:
    settings.ALLOW_LOOPBACK = True
    server = Odd()
    with living(server):
        mastodon.servers.clear()
        yield server


def opened(server: Odd) -> Any:
    return mastodon.authorise(Key(server.token, address=server.address))[0]


def prepared(account: Any, text: str) -> Any:
    return mastodon.prepare(account, Message(text, str(uuid4())), datetime.now(UTC))


def tried(minutes: float = 0) -> Attempts:
    moment = datetime.now(UTC) - timedelta(minutes=minutes)
    return Attempts(1, moment, moment)


def test_what_was_said_since_hides_nothing_however_short_the_pages_are(odd):
    account = opened(odd)
    ours, before = prepared(account, "Portes ouvertes"), tried(1)
    receipt = mastodon.publish(account, ours)
    for number in range(12):
        mastodon.publish(account, prepared(account, f"Autre chose {number}"))

    found = mastodon.confirm(account, ours, before)

    assert (found.verdict, found.receipt.id) == (Verdict.CONFIRMED, receipt.id)


def test_an_answer_that_is_pressed_all_the_same_is_read(odd):
    odd.pressed = True
    account = opened(odd)

    receipt = mastodon.publish(account, prepared(account, "Portes ouvertes"))

    assert [receipt.id] == [*odd.posts]


@pytest.mark.parametrize("status", [401, 403, 404, 501])
def test_a_server_that_says_nothing_of_itself_is_spoken_to_nevertheless(odd, status):
    odd.without, odd.says_so = ("/api/v1/instance", "/api/v2/instance"), status
    account = opened(odd)

    message = prepared(account, "Portes ouvertes")
    mastodon.publish(account, message)

    assert (message.payload["guarded"], len(odd.posts)) == (False, 1)
    assert mastodon.check(account).server == ""


LONG = "Voir https://ubn.example/une/adresse/bien/longue?utm_source=mastodon#ici"
CUT = (
    '<p>Voir <a href="https://ubn.example/une/adresse/bien/longue?utm_source=mastodon#ici">ubn.example/une/adr…</a></p>'
)
NAMED = '<p><a href="https://m.example/@solenn" class="u-url mention">@<span>solenn</span></a> arrive</p>'


@pytest.mark.parametrize(("text", "shown"), [(LONG, CUT), ("@solenn@m.example arrive", NAMED)])
def test_an_address_that_is_cut_where_it_is_shown_is_the_same(odd, text, shown):
    message = prepared(opened(odd), text)

    assert is_the_same({"id": "7", "content": shown}, message)
    assert not is_the_same({"id": "7", "content": shown.replace("longue", "courte").replace("solenn", "yann")}, message)


class Late:
    """A server whose clock is three hours late, and says so."""

    def call(self, *_words: object, **_sent: object) -> Reply:
        there = datetime.now(UTC) - timedelta(hours=3)
        row = {"id": "7", "created_at": there.isoformat(), "content": "<p>Portes ouvertes</p>"}
        return Reply(200, {"date": format_datetime(there, usegmt=True)}, json.dumps([row]).encode())


def test_what_it_dates_is_read_on_its_own_clock():
    line = Line(Late(), {}, refusal)

    assert [row["id"] for row in own(line, "1", datetime.now(UTC) - timedelta(minutes=2))] == ["7"]


@pytest.mark.parametrize("right", ["read:statuses", ""])
def test_where_our_own_list_cannot_be_read_the_key_alone_tells(odd, right):
    """The right was not given, or there is no such list."""
    account = opened(odd)
    odd.scopes_missing = {right} - {""}
    odd.without = () if right else (f"/api/v1/accounts/{account.id}/statuses",)
    ours = prepared(account, "Portes ouvertes")
    alone = replace(ours, payload={**ours.payload, "guarded": False})

    found = [mastodon.confirm(account, each, tried(2)).verdict for each in (ours, alone)]

    assert found == [Verdict.AGAIN, Verdict.PERSON]
    assert mastodon.check(account).missing == ("read:statuses",)
