"""The posts of a page are read back page after page, on the clock of whoever dates them."""

import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any
from urllib.parse import parse_qs

from lierre.connectors.http import Reply
from lierre.connectors.linkedin.line import refusal
from lierre.connectors.linkedin.posts import PAGE, own
from lierre.connectors.network.line import Line


class Late:
    """Its clock is three hours late, and says so. It holds as many posts as it is told, one for each second."""

    def __init__(self, many: int) -> None:
        self.many, self.calls = many, 0

    def call(self, *_words: object, **sent: Any) -> Reply:
        self.calls += 1
        there, asked = datetime.now(UTC) - timedelta(hours=3), parse_qs(sent["query"])
        first, count = int(asked["start"][0]), int(asked["count"][0])
        rows = [
            {"id": str(number), "createdAt": int((there - timedelta(seconds=number)).timestamp() * 1_000)}
            for number in range(first, min(first + count, self.many))
        ]
        return Reply(200, {"date": format_datetime(there, usegmt=True)}, json.dumps({"elements": rows}).encode())


def test_each_page_is_read_until_the_moment_that_is_asked_for() -> None:
    server: Any = Late(10 * PAGE)

    found = [each["id"] for each, _at in own(Line(server, {}, refusal), "urn:li:organization:7", ago(1.5 * PAGE))]

    assert (PAGE < len(found) < 2 * PAGE, server.calls) == (True, 2)


def test_nothing_is_asked_after_a_page_that_is_not_full() -> None:
    server: Any = Late(3)

    assert len(list(own(Line(server, {}, refusal), "urn:li:organization:7", ago(60)))) == 3
    assert server.calls == 1


def ago(seconds: float) -> datetime:
    return datetime.now(UTC) - timedelta(seconds=seconds)
