"""
Whatever happens to the line and to the process, a message is online once, or somebody is asked: never twice, never lost.

Messages leave one after another, each struck by a fault drawn at random, or by the death of the process between what the
network took and what we wrote down. Real servers where there are some. LIERRE_TEST_RUNS asks for more of them.
"""

import os
import random
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from lierre.connectors.network import (
    Account,
    Attempts,
    Key,
    Message,
    NotSent,
    Receipt,
    UnknownOutcome,
    Verdict,
    network,
)
from simulators.between import Between
from simulators.facebook import Facebook
from simulators.faults import Fault, Faults
from simulators.linkedin import PAGE, PERSON, LinkedIn
from simulators.linkedin_texts import as_read
from simulators.mastodon import Mastodon
from simulators.serving import living

RUNS = int(os.environ.get("LIERRE_TEST_RUNS", "20"))
STRIKES = [
    Fault.COMMIT_THEN_DROP, Fault.COMMIT_THEN_500, Fault.COMMIT_THEN_502, Fault.DROP_BEFORE, Fault.TOO_MANY, Fault.TOO_MANY_UNTIL,
]  # fmt: skip
SOMEBODY = "somebody is asked"


@dataclass
class Place:
    """An account, what strikes it, and what is really online: text → ids. `guarded`: nobody needs to be asked, ever."""

    account: Account
    faults: Faults
    online: Callable[[], dict[str, list[str]]]
    guarded: bool


class Died(Exception):  # noqa: N818
    """The process, after the network took the message."""


def by_text(rows: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for text, identity in rows:
        found.setdefault(text, []).append(identity)
    return found


@pytest.fixture
def open_at(request, settings):
    settings.ALLOW_LOOPBACK = True
    with ExitStack() as stack:
        yield lambda name: PLACES[name](request, settings, stack)


def mastodon_that_keeps_keys(request, settings, stack):
    server = Mastodon()
    stack.enter_context(living(server))
    account = network("mastodon").authorise(Key(server.token, address=server.address))[0]
    plain = lambda row: row["content"].removeprefix("<p>").removesuffix("</p>").replace("</p><p>", "\n\n")  # noqa: E731
    return Place(
        account, server.faults, lambda: by_text((plain(row), row["id"]) for row in server.posts.values()), True
    )


def real_mastodon(request, settings, stack):
    """It keeps no key: its own list alone can tell."""
    server = request.getfixturevalue("mastodon_server")
    account = network("mastodon").authorise(Key(server.token("ubn"), address=server.url))[0]
    between = Between(server.url, "/api/v1/statuses")
    stack.enter_context(living(between))

    def online():
        rows = server.asks("ubn", "GET", f"/api/v1/accounts/{account.id}/statuses", params={"limit": 2 * RUNS + 20})
        return by_text((row["text"], row["id"]) for row in rows)

    return Place(replace(account, address=between.address), between.faults, online, False)


def real_bluesky(request, settings, stack):
    server, account = request.getfixturevalue("bluesky_server"), request.getfixturevalue("bluesky_account")
    between = Between(server.url, "/xrpc/com.atproto.repo.putRecord")
    stack.enter_context(living(between))
    online = lambda: by_text((row["value"]["text"], row["uri"]) for row in server.posts(account.id))  # noqa: E731
    return Place(replace(account, address=between.address), between.faults, online, True)


def linkedin(who):
    def opened(request, settings, stack):
        server = LinkedIn()
        settings.LINKEDIN_BASE_URL = stack.enter_context(living(server))
        account = network("linkedin").authorise(Key(server.token, who))[0]
        online = lambda: by_text((as_read(row["commentary"]), row["id"]) for row in server.posts.values())  # noqa: E731
        return Place(account, server.faults, online, False)

    return opened


def facebook_page(request, settings, stack):
    server = Facebook()
    settings.FACEBOOK_BASE_URL = stack.enter_context(living(server))
    account = network("facebook").authorise(Key(server.token))[0]
    return Place(
        account, server.faults, lambda: by_text((row["message"], row["id"]) for row in server.posts.values()), False
    )


PLACES = {
    "mastodon that keeps keys": mastodon_that_keeps_keys,
    "mastodon, a real server that keeps none": real_mastodon,
    "bluesky, a real server": real_bluesky,
    "linkedin, a page": linkedin(PAGE),
    "linkedin, a person": linkedin(PERSON),
    "facebook, a page": facebook_page,
}


def leave(place: Place, message: Message, drawn: random.Random) -> Receipt | str:
    """As an outbox does: prepared, published, and confirmed as long as nobody knows."""
    spoken, attempts = network(place.account.network), None
    prepared = spoken.prepare(place.account, message, datetime.now(UTC))
    for _time in range(12):
        if drawn.random() < 0.6:
            place.faults.strike(drawn.choice(STRIKES))
        now = datetime.now(UTC)
        tried = Attempts(attempts.times + 1 if attempts else 1, attempts.first_at if attempts else now, now)
        try:
            receipt = spoken.publish(place.account, prepared, attempts)
            if drawn.random() < 0.2:
                raise Died
            return receipt
        except NotSent:
            continue  # nothing was taken: it is no attempt
        except (UnknownOutcome, Died):
            attempts = tried
        found = settled(place, prepared, attempts)
        if not isinstance(found, Attempts):
            return found
        attempts = found
    return SOMEBODY


def settled(place: Place, prepared: Any, attempts: Attempts) -> Receipt | str | Attempts:
    """What is known; or the attempts, when it may be sent again. Waiting is made short by moving the past back."""
    for _time in range(3):
        found = network(place.account.network).confirm(place.account, prepared, attempts)
        match found.verdict:
            case Verdict.CONFIRMED:
                assert found.receipt is not None
                return found.receipt
            case Verdict.AGAIN | Verdict.ABSENT:
                return attempts
            case Verdict.PERSON:
                return SOMEBODY
        earlier = timedelta(seconds=60)
        attempts = replace(attempts, first_at=attempts.first_at - earlier, last_at=attempts.last_at - earlier)
    raise AssertionError("it waits for ever")


@pytest.mark.parametrize("name", [*PLACES])
def test_never_twice_and_never_lost(open_at, name):
    place, drawn = open_at(name), random.Random(name)
    texts = [f"Message {number} (essai) #JPO — {uuid4()}\n\nÀ bientôt 👩‍👩‍👧‍👦 !" for number in range(RUNS)]

    known = {text: leave(place, Message(text, str(uuid4()), language="fr"), drawn) for text in texts}

    online = place.online()
    twice = [text for text in texts if len(online.get(text, [])) > 1]
    altered = [text for text in online if text.startswith("Message") and text not in texts]
    false = [text for text, told in known.items() if isinstance(told, Receipt) and online.get(text) != [told.id]]
    asked = [text for text, told in known.items() if told == SOMEBODY]
    assert (twice, altered, false) == ([], [], [])
    if place.guarded:
        assert asked == []
    # Nobody is asked about what can be read: only about what was not taken, as far as anybody can tell.
    assert [text for text in asked if text in online] == [] or name == "linkedin, a person"
