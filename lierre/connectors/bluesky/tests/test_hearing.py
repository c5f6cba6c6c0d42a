"""What is told by the view of the network is read within bounds, and what did not fit is read next: none of it is lost."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs

import orjson

from lierre.connectors.bluesky.hearing import MOST_PAGES, PAGE, heard
from lierre.connectors.http import Reply, Server
from lierre.connectors.network.line import Line

BEGAN = datetime(2026, 11, 26, 12, tzinfo=UTC)
OURS = "at://did:plc:ubn/app.bsky.feed.post/3k"


class Told(Line):
    """A view of the network that holds this many reactions, a minute apart, the latest first."""

    def ask(self, method, path, **sent):
        asked = parse_qs(sent["query"])
        begin = int(asked.get("cursor", ["0"])[0])
        rows = [reaction(number) for number in range(MANY - 1, -1, -1)][begin : begin + PAGE]
        more = {"cursor": str(begin + PAGE)} if begin + PAGE < MANY else {}
        return Reply(200, {}, orjson.dumps({"notifications": rows, **more}))


MANY = PAGE * MOST_PAGES + 250


def reaction(number):
    at = (BEGAN + timedelta(minutes=number)).isoformat()
    author = {"did": "did:plc:amelie", "handle": "amelie.example", "displayName": "Amélie"}
    uri = f"at://did:plc:amelie/app.bsky.feed.like/{number}"
    return {"uri": uri, "reason": "like", "reasonSubject": OURS, "indexedAt": at, "author": author, "record": {}}


def test_more_than_is_read_at_once_is_read_next_and_none_is_missing():
    line = Told(Server("https://pds.example"), {}, lambda _reply: None)

    first = heard(line, BEGAN.isoformat())
    rest = heard(line, first.cursor)
    again = heard(line, rest.cursor)

    assert (len(first.items), len(rest.items)) == (PAGE * MOST_PAGES, 250)
    assert len({each.id for each in (*first.items, *rest.items)}) == MANY
    assert rest.cursor == (BEGAN + timedelta(minutes=MANY - 1)).isoformat()
    # Then the hour before alone, for what comes with a past moment.
    assert (len(again.items), again.cursor) == (60, rest.cursor)


def test_a_like_shows_what_of_ours_is_liked_and_by_whom():
    line = Told(Server("https://pds.example"), {}, lambda _reply: None)

    liked = heard(line, "").items[-1]

    assert (liked.author, liked.handle, liked.about) == ("Amélie", "amelie.example", OURS)
    assert liked.permalink.endswith("/profile/did:plc:ubn/post/3k")
