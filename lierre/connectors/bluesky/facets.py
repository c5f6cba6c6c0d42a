"""What is a link, a tag or somebody in a text: told apart from it, by the bytes where each begins and ends."""

from collections.abc import Callable, Iterator
from typing import Any, Final

from lierre.connectors.network.message import Mention
from lierre.connectors.network.text import addresses, graphemes, handles, in_bytes, tags

KIND: Final = "app.bsky.richtext.facet"
LONGEST_TAG: Final = 64
Who = Callable[[str], str]  # handle → DID, "" when nobody has it


def facets(text: str, mentions: tuple[Mention, ...], who: Who) -> list[dict[str, Any]]:
    """In the order of the text, none over another."""
    found, end = [], -1
    for first, last, feature in sorted(features(text, mentions, who), key=lambda each: each[:2]):
        if first >= end:
            found.append({"index": place(text, first, last), "features": [feature]})
            end = last
    return found


def features(text: str, mentions: tuple[Mention, ...], who: Who) -> Iterator[tuple[int, int, dict[str, Any]]]:
    for each in addresses(text):
        yield each.first, each.last, {"$type": f"{KIND}#link", "uri": each.text}
    for each in tags(text):
        if graphemes(each.text) <= LONGEST_TAG:
            yield each.first, each.last, {"$type": f"{KIND}#tag", "tag": each.text}
    named = {mention.text for mention in mentions}
    for mention in mentions:
        first = text.find(mention.text)
        if first >= 0 and (did := who(mention.identity)):
            yield first, first + len(mention.text), {"$type": f"{KIND}#mention", "did": did}
    for each in handles(text):
        # A handle that nobody has stays plain text: put in place of a DID, it would make the whole record false.
        if f"@{each.text}" not in named and (did := who(each.text)):
            yield each.first, each.last, {"$type": f"{KIND}#mention", "did": did}


def place(text: str, first: int, last: int) -> dict[str, int]:
    """
    >>> place("✨ bonjour @ubn.example", 10, 22)
    {'byteStart': 12, 'byteEnd': 24}
    """
    return {"byteStart": in_bytes(text[:first]), "byteEnd": in_bytes(text[:last])}
