"""
What an institution says is seen by everybody as it was meant, what others do with it comes back, and is answered.

On a whole network of this machine: see tests/networks/bluesky_network.py. All that needs it on this side stands in this file,
so that one process starts it.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from lierre.connectors.bluesky import hearing
from lierre.connectors.network import (
    Account,
    Attempts,
    Interaction,
    Key,
    Link,
    Media,
    Mention,
    Message,
    Reaction,
    Receipt,
    Verdict,
    network,
)
from tests.networks import Bluesky, Person, eventually
from tests.networks.pictures import picture

bluesky = network("bluesky")
ONCE = Attempts(1, datetime.now(UTC), datetime.now(UTC))


@pytest.fixture
def ubn(bluesky_network: Bluesky, settings: Any) -> Account:
    settings.ALLOW_LOOPBACK = True
    handle, password = bluesky_network.account()
    return bluesky.authorise(Key(password, handle, bluesky_network.url))[0]


@pytest.fixture
def solenn(bluesky_network: Bluesky) -> Person:
    return Person.new(bluesky_network)


def says(account: Account, text: str, **besides: Any) -> Receipt:
    """Published, and proved."""
    prepared = bluesky.prepare(account, Message(text, str(uuid4()), language="fr", **besides), datetime.now(UTC))
    receipt = bluesky.publish(account, prepared)
    confirmed = bluesky.confirm(account, prepared, ONCE)
    assert (confirmed.verdict, confirmed.receipt and confirmed.receipt.id) == (Verdict.CONFIRMED, receipt.id)
    return receipt


def thread(reader: Person, receipt: Receipt, is_there: Callable[[Any], object] = bool) -> Any:
    """A post as the view of the network shows it, with what was said to it."""

    def look() -> Any:
        return reader.reads("app.bsky.feed.getPostThread", uri=receipt.id, depth="10").get("thread", {})

    return eventually(look, lambda shown: shown.get("post") and is_there(shown))


def heard(account: Account, count: int, cursor: str = "") -> tuple[tuple[Interaction, ...], str]:
    told = eventually(lambda: bluesky.fetch_interactions(account, cursor), lambda told: len(told.items) >= count)
    return told.items, told.cursor


def named(receipt: Receipt) -> dict[str, str]:
    return {"uri": receipt.id, "cid": receipt.also["cid"]}


def test_a_post_is_seen_as_it_was_meant(ubn, solenn, tmp_path):
    """With its card and its image, its language, and whoever is named in it knows."""
    text = f"Rentrée 🎓 avec @{solenn.handle} et Solenn : https://ubn.example/rentree #Étudiants"
    card = Link("https://ubn.example/jpo", "Portes ouvertes", "Le 12 mars", Media(picture(tmp_path), "image/png"))

    receipt = says(ubn, text, link=card, mentions=(Mention("Solenn", solenn.handle),))

    post = thread(solenn, receipt)["post"]
    raw, card = post["record"]["text"].encode(), post["embed"]["external"]
    pieces = [
        (raw[each["index"]["byteStart"] : each["index"]["byteEnd"]].decode(), each["features"][0])
        for each in post["record"]["facets"]
    ]
    told = [(piece, feature["$type"].partition("#")[2]) for piece, feature in pieces]
    assert (post["record"]["text"], post["record"]["langs"], post["author"]["handle"]) == (text, ["fr"], ubn.handle)
    assert told == [
        (f"@{solenn.handle}", "mention"), ("Solenn", "mention"), ("https://ubn.example/rentree", "link"), ("#Étudiants", "tag"),
    ]  # fmt: skip
    assert {feature["did"] for _piece, feature in pieces[:2]} == {solenn.did}
    assert (post["embed"]["$type"], card["uri"], card["title"]) == (
        "app.bsky.embed.external#view", "https://ubn.example/jpo", "Portes ouvertes",
    )  # fmt: skip
    assert card["thumb"].startswith("http")
    notified = eventually(
        lambda: solenn.reads("app.bsky.notification.listNotifications").get("notifications", []), bool
    )
    assert [(each["reason"], each["uri"]) for each in notified] == [("mention", receipt.id)]
    found = eventually(lambda: solenn.reads("app.bsky.feed.searchPosts", q="#Étudiants").get("posts", []), bool)
    assert receipt.id in [each["uri"] for each in found]


def test_images_are_seen_with_what_is_said_of_them(ubn, solenn, tmp_path):
    images = tuple(
        Media(picture(tmp_path, f"{number}.png"), "image/png", alt, width=64, height=48)
        for number, alt in enumerate(("Une affiche verte", "Le hall, à midi"))
    )

    receipt = says(ubn, "Deux images", media=images)

    embed = thread(solenn, receipt)["post"]["embed"]
    assert embed["$type"] == "app.bsky.embed.images#view"
    assert [each["alt"] for each in embed["images"]] == ["Une affiche verte", "Le hall, à midi"]
    assert {tuple(each["aspectRatio"].values()) for each in embed["images"]} == {(64, 48)}


def test_a_thread_is_read_in_its_order(ubn, solenn):
    first = says(ubn, "Un fil", parts=3)
    second = says(ubn, "La suite", part=2, parts=3, after=first, first=first)
    says(ubn, "La fin", part=3, parts=3, after=second, first=first)

    shown = thread(solenn, first, lambda shown: shown.get("replies") and shown["replies"][0].get("replies"))

    (following,) = shown["replies"]
    (last,) = following["replies"]
    assert [each["post"]["record"]["text"] for each in (shown, following, last)] == ["Un fil", "La suite", "La fin"]


def test_what_others_do_is_counted_heard_and_answered_until_it_is_taken_down(ubn, solenn):
    receipt = says(ubn, "Journée portes ouvertes #JPO")
    post = named(receipt)
    thread(solenn, receipt)
    solenn.likes(post)
    solenn.reposts(post)
    solenn.follows(ubn.id)
    question = solenn.answers(post, "À quelle heure ?")
    solenn.quotes(post, "J’y serai")
    solenn.does("app.bsky.feed.post", text="Merci @ubn", facets=[
        {"index": {"byteStart": 6, "byteEnd": 10}, "features": [{"$type": "app.bsky.richtext.facet#mention", "did": ubn.id}]}
    ])  # fmt: skip

    items, cursor = heard(ubn, 6)
    by_kind = {each.kind: each for each in items}
    assert by_kind.keys() == {*Reaction} - {Reaction.MESSAGE}
    assert len(items) == 6
    assert {each.handle for each in items} == {solenn.handle}
    assert {by_kind[kind].about for kind in (Reaction.LIKE, Reaction.REPOST, Reaction.ANSWER, Reaction.QUOTE)} == {
        receipt.id
    }
    said = {kind: by_kind[kind].text for kind in (Reaction.ANSWER, Reaction.QUOTE, Reaction.MENTION, Reaction.LIKE)}
    assert [*said.values()] == ["À quelle heure ?", "J’y serai", "Merci @ubn", ""]
    figures = eventually(lambda: counted(ubn, receipt), lambda told: told["quotes"] and told["answers"])
    assert figures == {"likes": 1, "reposts": 1, "answers": 1, "quotes": 1, "impressions": None, "followers": 1}

    # The question is answered, and a question under the answer too: in one conversation.
    asked = by_kind[Reaction.ANSWER]
    assert (asked.id, asked.first and asked.first.id) == (question["uri"], receipt.id)
    answer = says(ubn, "De 9 heures à 17 heures", after=asked.after, first=asked.first)
    shown = thread(solenn, receipt, lambda shown: shown.get("replies") and shown["replies"][0].get("replies"))
    assert shown["replies"][0]["replies"][0]["post"]["uri"] == answer.id
    assert answer.id in eventually(
        lambda: [
            each["uri"] for each in solenn.reads("app.bsky.notification.listNotifications").get("notifications", [])
        ],
        lambda told: answer.id in told,
    )
    assert {each.id for each in bluesky.fetch_interactions(ubn, cursor).items} <= {each.id for each in items}

    bluesky.delete(ubn, receipt)

    assert (
        eventually(lambda: solenn.reads("app.bsky.feed.getPosts", uris=receipt.id).get("posts"), lambda told: not told)
        == []
    )
    assert [metric.name for metric in bluesky.fetch_metrics(ubn, [receipt])] == ["followers"]


def counted(account: Account, receipt: Receipt) -> dict[str, int | None]:
    told = bluesky.fetch_metrics(account, [receipt])
    assert {metric.about for metric in told} <= {receipt.id, ""}
    return {metric.name: metric.value for metric in told}


def test_what_was_written_before_and_is_seen_after_is_heard_all_the_same(ubn, solenn):
    """Whoever plans their words, as we do, gives them the moment that was planned."""
    post = named(says(ubn, "Portes ouvertes"))
    solenn.follows(ubn.id)
    _items, cursor = heard(ubn, 1)

    solenn.likes(post, at=datetime.now(UTC) - timedelta(minutes=10))

    again = eventually(
        lambda: bluesky.fetch_interactions(ubn, cursor).items, lambda items: "like" in {each.kind for each in items}
    )
    assert Reaction.LIKE in {each.kind for each in again}


def test_what_we_do_not_know_hides_nothing_that_came_before_it(bluesky_network, ubn, solenn, monkeypatch):
    """A page of news may hold nothing that we understand: the next one is asked."""
    monkeypatch.setattr(hearing, "PAGE", 1)
    monkeypatch.setattr(hearing, "KINDS", {"like": Reaction.LIKE})
    receipt, since = says(ubn, "Portes ouvertes"), datetime.now(UTC).isoformat()
    solenn.likes(named(receipt))
    solenn.follows(ubn.id)
    question = "app.bsky.notification.listNotifications", ubn.credentials.token, {"limit": "10"}
    eventually(lambda: bluesky_network.asks(*question).json()["notifications"], lambda rows: len(rows) == 2)

    assert [each.about for each in bluesky.fetch_interactions(ubn, since).items] == [receipt.id]
