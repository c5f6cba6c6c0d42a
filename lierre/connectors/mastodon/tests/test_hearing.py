"""What a reaction says is told whole: its warning first; and one without words leads to whoever reacted."""

from lierre.connectors.mastodon.hearing import interactions
from lierre.connectors.network import Reaction

AMELIE = {"acct": "amelie@ailleurs.example", "display_name": "Amélie", "url": "https://ailleurs.example/@amelie"}
AT = "2026-11-26T12:00:00.000Z"


def test_a_warning_is_read_before_what_it_warns_of():
    status = {
        "id": "8",
        "spoiler_text": "Examens",
        "content": "<p>Quand&nbsp;?</p>",
        "url": "https://ailleurs.example/8",
    }

    (heard,) = interactions([{"id": "1", "type": "mention", "created_at": AT, "account": AMELIE, "status": status}])

    assert (heard.kind, heard.author, heard.text) == (Reaction.MENTION, "Amélie", "Examens\n\nQuand\xa0?")
    assert heard.permalink == "https://ailleurs.example/8"


def test_somebody_who_follows_is_found():
    (heard,) = interactions([{"id": "2", "type": "follow", "created_at": AT, "account": AMELIE}])

    assert (heard.kind, heard.permalink) == (Reaction.FOLLOW, "https://ailleurs.example/@amelie")
