"""
What the view of the whole network tells: reactions and figures. It takes a database, a cache and half a gigabyte, so it is
not started at each run: LIERRE_TEST_ATPROTO is the address of a server of Bluesky behind which there is one (`@atproto/dev-env`).
"""

import os
import time
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from lierre.connectors.network import Key, Message, Reaction, network
from tests.networks.bluesky import Bluesky

ADDRESS = os.environ.get("LIERRE_TEST_ATPROTO", "")
pytestmark = pytest.mark.skipif(not ADDRESS, reason="LIERRE_TEST_ATPROTO gives no server with a view of the network")
bluesky = network("bluesky")


@pytest.fixture
def whole(settings) -> Bluesky:
    settings.ALLOW_LOOPBACK = True
    return Bluesky(ADDRESS)


def connected(whole):
    handle, password = whole.account()
    return bluesky.authorise(Key(password, handle, whole.url))[0]


def publish(account, text, **besides):
    return bluesky.publish(
        account, bluesky.prepare(account, Message(text, str(uuid4()), language="fr", **besides), datetime.now(UTC))
    )


def reacts(whole, account, collection, subject):
    moment = datetime.now(UTC).isoformat().replace("+00:00", "Z")
    record = {"$type": collection, "createdAt": moment, "subject": subject}
    sent = {"repo": account.id, "collection": collection, "record": record}
    assert whole.asks("com.atproto.repo.createRecord", account.credentials.token, json=sent).is_success


def test_what_others_do_is_heard_once_and_counted(whole):
    ubn, amelie = connected(whole), connected(whole)
    receipt = publish(ubn, "Journée portes ouvertes #JPO")
    ours = {"uri": receipt.id, "cid": receipt.also["cid"]}
    for collection, subject in (
        ("app.bsky.feed.like", ours),
        ("app.bsky.feed.repost", ours),
        ("app.bsky.graph.follow", ubn.id),
    ):
        reacts(whole, amelie, collection, subject)
    publish(amelie, "Bravo !", part=2, parts=2, after=receipt, first=receipt)
    publish(amelie, f"Merci @{ubn.handle} pour le diplôme")

    for _time in range(60):
        heard = bluesky.fetch_interactions(ubn)
        if len(heard.items) == 5:
            break
        time.sleep(0.5)
    figures = {metric.name: metric.value for metric in bluesky.fetch_metrics(ubn, [receipt])}

    assert {each.kind for each in heard.items} == {*Reaction} - {Reaction.QUOTE, Reaction.MESSAGE}
    answer = next(each for each in heard.items if each.kind == Reaction.ANSWER)
    assert (answer.text, answer.about, answer.handle) == ("Bravo !", receipt.id, amelie.handle)
    assert bluesky.fetch_interactions(ubn, heard.cursor).items == ()
    assert (figures["likes"], figures["reposts"], figures["answers"], figures["followers"]) == (1, 1, 1, 1)
    assert figures["impressions"] is None
