"""What others do on a page is heard once and counted; what LinkedIn tells by itself is believed when it is signed."""

import hmac
import json
from datetime import UTC, datetime
from hashlib import sha256
from uuid import uuid4

import pytest

from lierre.connectors.network import Forged, Key, Message, Reaction, network
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


def comment(number, at):
    return {
        "notificationId": number, "action": "COMMENT", "organizationalEntity": PAGE, "sourcePost": "urn:li:share:1",
        "generatedActivity": f"urn:li:comment:(urn:li:share:1,{number})", "lastModifiedAt": at,
        "decoratedGeneratedActivity": {"comment": {"owner": PERSON, "text": f"Bravo {number}"}},
    }  # fmt: skip


NOVEMBER = 1_795_000_000_000


def test_a_comment_says_what_it_is_and_what_answers_it(server, ubn):
    server.told = [comment(7, NOVEMBER)]

    (heard,) = linkedin.fetch_interactions(ubn).items

    assert (heard.kind, heard.text, heard.about) == (Reaction.ANSWER, "Bravo 7", "urn:li:share:1")
    # LinkedIn gives the number of whoever said it, not their name: a number is nobody's name.
    assert (heard.author, heard.handle) == ("", PERSON)
    assert (heard.after.id, heard.first.id) == ("urn:li:comment:(urn:li:share:1,7)", "urn:li:share:1")
    assert heard.permalink.endswith("/feed/update/urn:li:share:1/")


@pytest.mark.parametrize("backwards", [True, False])
def test_all_that_came_since_is_heard_however_much_and_in_whichever_order(server, ubn, backwards):
    server.told = [comment(number, NOVEMBER + number * 60_000) for number in range(130)]
    if backwards:
        server.told.reverse()

    first = linkedin.fetch_interactions(ubn)
    late = comment(900, NOVEMBER + 125 * 60_000)
    server.told = [late, *server.told] if backwards else [*server.told, late]
    again = linkedin.fetch_interactions(ubn, first.cursor)

    assert [each.text for each in first.items] == [f"Bravo {number}" for number in range(130)]
    # What the list showed late is told; what was told an hour ago is not.
    assert "900" in {each.id for each in again.items}
    assert "0" not in {each.id for each in again.items}
    assert again.cursor == first.cursor


def test_a_page_is_found_behind_those_on_which_one_only_reads(server):
    server.other_roles = 60

    assert linkedin.authorise(Key(server.token))[0].id == PAGE


def test_a_webhook_is_believed_when_it_is_signed():
    body = json.dumps([{"notificationId": 7, "action": "COMMENT", "sourcePost": "urn:li:share:1"}]).encode()
    signature = hmac.new(b"the secret", b"hmacsha256=" + body, sha256).hexdigest()

    (event,) = linkedin.verify_webhook({"X-LI-Signature": signature}, body, "the secret")

    assert (event.id, event.kind, event.about) == ("7", "COMMENT", "urn:li:share:1")
    for headers, told in (({"X-LI-Signature": signature}, body + b" "), ({}, body)):
        with pytest.raises(Forged):
            linkedin.verify_webhook(headers, told, "the secret")
