"""Plan, approve, change (the approval falls), approve again: it goes out once on two networks; its figures
and what people answered come back.

Through the pages, as they are without JavaScript; on the servers of the tests always, on a real server that speaks as Mastodon
and a whole network of Bluesky when they are here (bin/networks).
"""

import re
from collections import Counter
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from lierre.publishing.figures.fetching import fetch_due
from lierre.publishing.hearing.fetching import listen
from lierre.publishing.models import Delivery, Heard, Hearing, Measurement, Post, Step
from lierre.publishing.outbox.connecting import connect
from lierre.publishing.outbox.lane import Outbox
from lierre.publishing.stamping import stamp_of
from lierre.publishing.tests.conftest import bluesky, univ, world
from tests.networks import Person, eventually

__all__ = ["bluesky", "univ", "world"]
pytestmark = pytest.mark.django_db

FIRST = "Portes ouvertes le 6 mars, de 10 h à 17 h."
LAST = "Portes ouvertes le 13 mars, de 10 h à 17 h : « venez avec une question » 🌿"


def spoken(client, accounts, gwenael, helene):
    """From the first word to what is online, by two persons. Answers the rows of the outbox."""
    for account in accounts:
        Step.objects.create(account=account, position=1, role="direction")
    planned = timezone.localdate() + timedelta(days=1)
    when = {"day": planned.isoformat(), "hour": "09:30"}
    chosen = {"accounts": [account.pk for account in accounts], "language": "fr", **when}

    client.force_login(gwenael)
    client.post(reverse("publishing:new_post"), {"text": FIRST, **chosen})
    post = Post.objects.get()
    assert f"{timezone.localtime(post.due_at):%Y-%m-%d %H:%M}" == f"{planned} 09:30"
    assert FIRST in client.get(reverse("publishing:agenda")).content.decode()
    act(client, post, "soumettre")
    assert states(post) == {"draft"}
    first = approved_by(client, post, helene)
    assert states(post) == {"waiting"}
    Outbox().once()
    assert states(post) == {"waiting"}  # until tomorrow

    client.force_login(gwenael)
    changed = client.post(post.get_absolute_url(), {"text": LAST, "seen": stamp_of(post), **chosen}, follow=True)
    assert "It must be approved again" in changed.content.decode()
    assert states(post) == {"draft"}
    its_time_comes()
    assert states(post) == {"draft"}

    act(client, post, "soumettre")
    client.force_login(helene)
    act(client, post, "approuver", digest=first)
    assert states(post) == {"draft"}  # the words that she had approved are others
    approved_by(client, post, helene)
    its_time_comes()
    assert states(post) == {"confirmed"}
    return list(post.deliveries.select_related("account").order_by("pk"))


def approved_by(client, post, helene):
    """Whoever approves sends back the mark of the words that were on their screen."""
    client.force_login(helene)
    page = client.get(post.get_absolute_url()).content.decode()
    found = re.search(r'name="?digest"? value="?([0-9a-f]+)', page)
    assert found, "nothing to approve on the page"
    act(client, post, "approuver", digest=found[1])
    return found[1]


def act(client, post, name, **said):
    answer = client.post(reverse("publishing:post_act", args=[post.pk, name]), said, follow=True)
    assert answer.status_code == 200
    post.refresh_from_db()


def states(post):
    return set(post.deliveries.values_list("state", flat=True))


def its_time_comes():
    Delivery.objects.filter(state="waiting").update(due_at=timezone.now(), next_at=timezone.now())
    Outbox().once()


def figures(delivery):
    return {each.name: each.value for each in Measurement.objects.filter(delivery=delivery).order_by("at")}


class Days:
    """They pass, and each time the networks are asked how much was read."""

    def __init__(self):
        self.passed = 0

    def figures(self, rows):
        self.passed += 1
        fetch_due(timezone.now() + timedelta(days=self.passed))
        return {network: figures(row) for network, row in rows.items()}


def answers():
    """What is found when the networks are listened to again."""
    Hearing.objects.update(next_at=timezone.now())
    listen()
    return set(Heard.objects.values_list("delivery__account__network", "kind", "text"))


def test_one_voice_on_two_networks(client, world, univ, bluesky, gwenael, helene):
    on_mastodon, on_bluesky = sorted(spoken(client, [univ, bluesky], gwenael, helene), key=lambda row: row.account.name)
    assert [each["text"] for each in world.mastodon.statuses] == [LAST]
    assert [each["value"]["text"] for each in world.bluesky.records.values()] == [LAST]

    world.mastodon.counts |= {"favourites_count": 12, "reblogs_count": 3}
    world.bluesky.counts |= {"likeCount": 7}
    fetch_due(timezone.now() + timedelta(days=1))

    assert (figures(on_mastodon)["likes"], figures(on_mastodon)["reposts"]) == (12, 3)
    assert (figures(on_bluesky)["likes"], figures(on_bluesky)["impressions"]) == (7, None)


def test_one_voice_on_two_real_servers(client, mastodon_server, mastodon_token, bluesky_network, gwenael, helene):
    handle, password = bluesky_network.account()
    univ = connect("mastodon", "univ", mastodon_token, address=mastodon_server.url, by="the tests")
    ours = connect("bluesky", handle, password, address=bluesky_network.url, by="the tests")
    mastodon_server.follow("amelie", "ubn")

    rows = {row.account.network: row for row in spoken(client, [univ, ours], gwenael, helene)}

    there = mastodon_server.asks("ubn", "GET", f"/api/v1/accounts/{univ.remote_id}/statuses", params={"limit": 40})
    assert Counter(each["text"] for each in there)[LAST] == 1
    (record,) = bluesky_network.posts(ours.remote_id)
    assert (record["value"]["text"], rows["bluesky"].network_id) == (LAST, record["uri"])

    for what in ("favourite", "reblog"):  # which are refused until it has reached her
        path = f"/api/v1/statuses/{rows['mastodon'].network_id}/{what}"
        assert eventually(lambda path=path: mastodon_server.asks("amelie", "POST", path), bool)
    answer = {"status": "@ubn Y a-t-il un bus ?", "in_reply_to_id": rows["mastodon"].network_id, "visibility": "public"}
    assert mastodon_server.asks("amelie", "POST", "/api/v1/statuses", data=answer)
    reader, post = Person.new(bluesky_network), {"uri": record["uri"], "cid": record["cid"]}
    assert eventually(lambda: reader.reads("app.bsky.feed.getPosts", uris=post["uri"]).get("posts"), bool)
    reader.likes(post)
    reader.answers(post, "À quelle heure ?")

    days = Days()
    told = eventually(
        lambda: days.figures(rows),
        lambda told: (
            told["mastodon"].get("reposts") and told["bluesky"].get("answers") and told["bluesky"].get("likes")
        ),
    )
    assert [told["mastodon"][name] for name in ("likes", "reposts", "impressions")] == [1, 1, None]
    assert [told["bluesky"][name] for name in ("likes", "answers", "reposts", "impressions")] == [1, 1, 0, None]
    page = client.get(Post.objects.get().get_absolute_url()).content.decode()
    shown = re.findall(r'title="(\w+)">\w+</abbr> \w+</th><td class="end" data-label="Reactions">(\d+)<', page)
    assert shown == [("Bluesky", "1"), ("Mastodon", "1")]

    said = eventually(answers, lambda said: len(said) == 2)
    assert ("bluesky", "answer", "À quelle heure ?") in said
    assert any(each[:2] == ("mastodon", "answer") and "Y a-t-il un bus ?" in each[2] for each in said)
    answers()
    assert Heard.objects.count() == 2
    page = client.get(reverse("publishing:answers")).content.decode()
    assert "Y a-t-il un bus ?" in page
    assert "À quelle heure ?" in page
