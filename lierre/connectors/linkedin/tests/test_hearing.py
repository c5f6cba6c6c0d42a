"""What others do on a page is heard once and counted; what LinkedIn tells by itself is believed when it is signed."""

import hmac
import json
from datetime import UTC, datetime
from hashlib import sha256
from uuid import uuid4

import pytest

from lierre.connectors.network import Forged, Message, Reaction, network
from simulators.linkedin import PAGE, PERSON

linkedin = network("linkedin")


def publish(account, text):
    return linkedin.publish(account, linkedin.prepare(account, Message(text, str(uuid4())), datetime.now(UTC)))


def test_figures_are_those_of_the_page_and_may_be_negative(server, ubn, person):
    receipt, quiet = publish(ubn, "Combien ?"), publish(ubn, "Personne")
    server.figures[receipt.id] = {"impressionCount": 500, "likeCount": -2, "clickCount": 12, "commentCount": 4}

    found = {(each.about, each.name): each.value for each in linkedin.fetch_metrics(ubn, [receipt, quiet])}

    assert (found[receipt.id, "impressions"], found[receipt.id, "likes"]) == (500, -2)
    assert (found[quiet.id, "impressions"], found["", "followers"]) == (0, 21_914)
    assert {each.value for each in linkedin.fetch_metrics(person, [receipt])} == {None}


def test_comments_are_heard_once(server, ubn):
    server.told = [{
        "notificationId": 7, "action": "COMMENT", "organizationalEntity": PAGE, "sourcePost": "urn:li:share:1",
        "lastModifiedAt": 1_795_000_000_000, "decoratedGeneratedActivity": {"comment": {"owner": PERSON, "text": "Bravo"}},
    }]  # fmt: skip

    heard = linkedin.fetch_interactions(ubn)

    assert [(each.kind, each.text, each.about) for each in heard.items] == [
        (Reaction.ANSWER, "Bravo", "urn:li:share:1")
    ]
    assert linkedin.fetch_interactions(ubn, heard.cursor).items == ()


def test_a_webhook_is_believed_when_it_is_signed():
    body = json.dumps([{"notificationId": 7, "action": "COMMENT", "sourcePost": "urn:li:share:1"}]).encode()
    signature = hmac.new(b"the secret", b"hmacsha256=" + body, sha256).hexdigest()

    (event,) = linkedin.verify_webhook({"X-LI-Signature": signature}, body, "the secret")

    assert (event.id, event.kind, event.about) == ("7", "COMMENT", "urn:li:share:1")
    for headers, told in (({"X-LI-Signature": signature}, body + b" "), ({}, body)):
        with pytest.raises(Forged):
            linkedin.verify_webhook(headers, told, "the secret")
