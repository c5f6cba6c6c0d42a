"""What others say under the posts of a page, and on the page itself, is heard whole: late, in a long talk, in an answer."""

import hmac
import json
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import uuid4

import pytest

from lierre.connectors.network import Message, NotSent, Reaction, network
from simulators.facebook import PAGE

facebook = network("facebook")


def publish(account, text):
    message = Message(text, str(uuid4()))
    return facebook.publish(account, facebook.prepare(account, message, datetime.now(UTC)))


def moved(row, **back):
    """Said earlier."""
    row["created_time"] = (datetime.now(UTC) - timedelta(**back)).strftime("%Y-%m-%dT%H:%M:%S+0000")


def test_the_newest_of_a_long_talk_is_heard(server, ubn):
    post = publish(ubn, "Qui vient ?").id
    for number in range(130):
        server.comment(post, {"message": f"Moi {number}"}, author="amelie")
        moved(server.posts[post]["comments"][-1], minutes=200 - number)

    lately = facebook.fetch_interactions(ubn)
    since = (datetime.now(UTC) - timedelta(minutes=200)).isoformat()
    all_of_them = facebook.fetch_interactions(ubn, since)

    # A first look tells the latest; from a moment on, none is missing.
    assert [each.text for each in lately.items] == [f"Moi {number}" for number in range(80, 130)]
    assert [each.text for each in all_of_them.items] == [f"Moi {number}" for number in range(130)]
    assert (lately.items[-1].author, lately.items[-1].kind) == ("Amélie", Reaction.ANSWER)


def test_posts_beyond_the_first_twenty_five_are_looked_under(server, ubn):
    first = publish(ubn, "La première").id
    for number in range(30):
        publish(ubn, f"Une autre {number}")
    server.comment(first, {"message": "Toujours là"}, author="amelie")

    assert [each.text for each in facebook.fetch_interactions(ubn).items] == ["Toujours là"]


def test_what_comes_late_is_heard_and_what_is_old_is_not(server, ubn):
    post = publish(ubn, "Qui vient ?").id
    server.comment(post, {"message": "Moi"}, author="amelie")
    heard = facebook.fetch_interactions(ubn)
    for text, hours in (("Montré plus tard", 5), ("Bien trop vieux", 40)):
        server.comment(post, {"message": text}, author="amelie")
        moved(server.posts[post]["comments"][-1], hours=hours)

    again = facebook.fetch_interactions(ubn, heard.cursor)

    assert [each.text for each in again.items] == ["Montré plus tard", "Moi"]
    assert again.cursor == heard.cursor


def test_what_somebody_writes_on_the_page_is_heard_and_what_the_page_writes_is_not(server, ubn):
    publish(ubn, "Bonjour")
    server.made("Une question", **{"from": {"id": "amelie", "name": "Amélie"}})

    (heard,) = facebook.fetch_interactions(ubn).items

    assert (heard.kind, heard.author, heard.text, heard.about) == (Reaction.MENTION, "Amélie", "Une question", "")
    assert heard.permalink


def test_a_graph_that_fails_to_tell_is_asked_again_later(server, ubn, settings):
    settings.FACEBOOK_BASE_URL = "http://127.0.0.1:9"

    with pytest.raises(NotSent):
        facebook.fetch_interactions(ubn)


def test_a_private_message_rings_too():
    said = {"sender": {"id": 7}, "timestamp": 1_795_000_000_000, "message": {"mid": "m.1", "text": "Bonjour"}}
    body = json.dumps({"object": "page", "entry": [{"id": PAGE, "messaging": [said]}]}).encode()
    signature = "sha256=" + hmac.new(b"the secret", body, sha256).hexdigest()

    (event,) = facebook.verify_webhook({"X-Hub-Signature-256": signature}, body, "the secret")

    assert (event.id, event.kind, event.at) == ("m.1", "messages", datetime.fromtimestamp(1_795_000_000, UTC))
