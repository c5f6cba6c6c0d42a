"""What connectors say of what they saw, in the words of whoever reads: they keep it in English, with the row."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SAID: Final[dict[str, str | Promise]] = {
    "in our own list": _("It is in the list of our posts."),
    "in the list of the page": _("It is in the list of the page."),
    "several are alike in our own list": _("Several of our posts there are alike."),
    "several are alike in the list of the page": _("Several posts of the page are alike."),
    "the list may be late": _("The list over there may be late: it will be read again."),
    "not in our own list": _("It is not in the list of our posts."),
    "not in our own list, and no key guards it": _(
        "It is not in the list of our posts, and nothing prevents a second one."
    ),
    "not in the list of the page": _("It is not in the list of the page."),
    "not in our own list, and a second one is refused, naming the first": _(
        "It is not in the list of our posts, and a second one would be refused."
    ),
    "sent again once already, and nothing can be read": _("It was sent again once, and nothing can be read there."),
    "before it is sent again once": _("It is about to be sent again, once."),
    "a second one is refused, naming the first": _("A second one would be refused there."),
    "the server keeps the key": _("The server would recognise it: it can be sent again."),
    "something else stands at its place": _("Something else stands at its place."),
    "its place is empty, and takes it once": _("Its place is empty, and takes it once only."),
    "Server disconnected without sending a response.": _("The server hung up without an answer."),
    "timed out": _("The server did not answer in time."),
}


def told(lines: list[dict[str, Any]], most: int, mine: Mapping[str, str | Promise] = SAID) -> list[dict[str, Any]]:
    """
    The latest first, each said once. `mine`: in other words, where it is an account of the reader.

    >>> [str(line["said"]) for line in told([{"said": "x"}, {"said": "y"}, {"said": "x"}], 5)]
    ['x', 'y']
    """
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for line in reversed(lines):
        said, link = line.get("said", ""), line.get("permalink", "")
        if said or link:
            found.setdefault((said, link), line | {"said": mine.get(said, SAID.get(said, said))})
    return list(found.values())[:most]
