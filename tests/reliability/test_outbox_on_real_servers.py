"""Between the outbox and real servers stands somebody who cuts, delays and lies: each text is online once all the same."""

import random
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from benchmarks.outboxes.crashing import judged, lines
from benchmarks.outboxes.dying import is_done, let_pass
from lierre.connectors.http import visiting
from lierre.connectors.network import networks
from lierre.publishing.models import Account, Delivery
from lierre.publishing.outbox.connecting import connect
from lierre.publishing.outbox.health import check_held
from lierre.publishing.outbox.lane import Outbox
from lierre.publishing.outbox.telling import told
from lierre.publishing.tests.conftest import approved
from simulators.between import Between
from simulators.faults import Drawn
from simulators.serving import living
from tests.networks import Bluesky, Mastodon

pytestmark = [pytest.mark.crash, pytest.mark.django_db]

POSTS = 24
MOST_LIVES = 200
PATIENCE, SLOW = 1.5, 2.2  # seconds: of whoever calls, and of an answer that comes too late
NONE = ("duplicates", "silent losses", "false confirmed", "false refused", "texts altered")


class Died(BaseException):
    """The process, before a call or after it."""


@dataclass
class There:
    account: Account
    between: Between
    faults: Drawn
    # What only a person can tell there: what was not taken, where nothing guards against a second one.
    asks: bool

    def state(self) -> dict[str, Any]:
        return {"online": self.between.online()}


@pytest.fixture
def mastodon(mastodon_server: Mastodon, settings: Any, db: None) -> Iterator[There]:
    """A real server that keeps no key, and whose list is late by twenty seconds."""
    settings.ALLOW_LOOPBACK = True
    networks.cache_clear()
    faults = Drawn(slow=SLOW)
    between = Between(mastodon_server.url, "/api/v1/statuses", faults, lag=20.0)
    with living(between) as address:
        account = connect("mastodon", "ubn", mastodon_server.token("ubn"), address=address, by="the tests")
        path = f"/api/v1/accounts/{account.remote_id}/statuses"
        before = {row["id"] for row in written(mastodon_server, path)}
        between.shown = lambda: [
            {"id": row["id"], "text": row["text"]} for row in written(mastodon_server, path) if row["id"] not in before
        ]
        yield There(account, between, faults, asks=True)


def written(server: Mastodon, path: str) -> list[dict[str, Any]]:
    return list(server.asks("ubn", "GET", path, params={"limit": 500}))


@pytest.fixture
def bluesky(bluesky_server: Bluesky, settings: Any, db: None) -> Iterator[There]:
    settings.ALLOW_LOOPBACK = True
    networks.cache_clear()
    handle, password = bluesky_server.account()
    faults = Drawn(slow=SLOW)
    between = Between(bluesky_server.url, "/xrpc/com.atproto.repo.putRecord", faults)
    with living(between) as address:
        account = connect("bluesky", handle, password, address=address, by="the tests")
        between.shown = lambda: [
            {"id": row["uri"], "text": row["value"]["text"]} for row in bluesky_server.posts(account.remote_id)
        ]
        yield There(account, between, faults, asks=False)


def grow_mortal(monkeypatch: pytest.MonkeyPatch, luck: random.Random) -> None:
    """Whoever calls from now on is impatient, and dies now and then."""
    call = visiting.one_call

    def called(method: str, url: str, host: str, sent: Any, bounds: visiting.Bounds) -> Any:
        if luck.random() < 0.04:
            raise Died
        reply = call(method, url, host, sent, replace(bounds, seconds=min(bounds.seconds, PATIENCE)))
        if luck.random() < 0.04:
            raise Died
        return reply

    monkeypatch.setattr(visiting, "one_call", called)


def lives(luck: random.Random, there: There) -> None:
    """One after another, some moments later each, until nothing is in doubt but for a person."""
    for _life in range(MOST_LIVES):
        seconds = luck.uniform(21, 75)
        there.between.let_pass(seconds)
        let_pass(timedelta(seconds=seconds))
        with suppress(Died):
            check_held()
            Outbox().once()
        if is_done():
            return


@pytest.mark.parametrize("name", ["mastodon", "bluesky"])
def test_whatever_happens_on_the_way_to_a_real_server_each_text_is_online_once(
    name: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    there: There = request.getfixturevalue(name)
    luck = random.Random(7)
    for line in lines(POSTS, ["ubn"], luck):
        approved(line.get("parts") or line["text"], there.account)
    meant = {row.pk: told(row) for row in rows()}

    with monkeypatch.context() as patch:
        grow_mortal(patch, luck)
        lives(luck, there)
    asked = [row for row in rows() if row.state == "to_check"]
    first = dict(judged(there, [told(row) for row in rows()], meant))
    for row in asked:  # somebody looks: it is not there
        row.it_is_not(by="the tests")
    there.faults.share = 0.0  # and nobody dies any more
    lives(luck, there)

    last = dict(judged(there, [told(row) for row in rows()], meant))
    assert there.faults.struck > 4
    assert [{name: each[name] for name in NONE} for each in (first, last)] == [dict.fromkeys(NONE, "0")] * 2
    assert first["to check: online / not"] == f"0 / {len(asked) if there.asks else 0}"
    assert {row.state for row in rows()} == {"confirmed"}


def rows() -> list[Delivery]:
    return list(Delivery.objects.select_related("account", "post").order_by("pk"))
