"""
LinkedIn's « little text »: what a post is written in. A sign that means something there and is not escaped cuts the post
silently at this place, with the answer that all went well. So everything is escaped, except the tags and the mentions that
are meant. Comments are not written so: they are plain text.
"""

import re
from collections.abc import Iterable
from typing import Final

from lierre.connectors.network.message import Mention
from lierre.connectors.network.text import fingerprint, tags

RESERVED: Final = re.compile(r"[\\|{}@\[\]()<>#*_~]")
MENTION: Final = re.compile(r"@\[((?:[^\]\\]|\\.)*)\]\(urn:li:[^)\s]*\)")
HASHTAG: Final = re.compile(r"\{hashtag\|\\?#\|((?:[^}\\]|\\.)*)\}")
ESCAPED: Final = re.compile(r"\\([\\|{}@\[\]()<>#*_~])")


def written(text: str, mentions: Iterable[Mention] = ()) -> str:
    r"""
    >>> written("Bravo (à toutes) ! #JPO c_d", ())
    'Bravo \\(à toutes\\) ! #JPO c\\_d'
    >>> written("Avec Armor, n° #1", [Mention("Armor", "urn:li:organization:7")])
    'Avec @[Armor](urn:li:organization:7), n° \\#1'
    """
    meant = [(each.first, each.last, f"#{each.text}") for each in tags(text) if not RESERVED.search(each.text)]
    for mention in mentions:
        first = text.find(mention.text)
        if mention.text and mention.identity.startswith("urn:li:") and first >= 0:
            name = escaped(mention.text.removeprefix("@"))
            meant.append((first, first + len(mention.text), f"@[{name}]({mention.identity})"))
    found, done = [], 0
    for first, last, element in sorted(meant):
        if first >= done:
            found += [escaped(text[done:first]), element]
            done = last
    return "".join([*found, escaped(text[done:])])


def escaped(text: str) -> str:
    return RESERVED.sub(r"\\\g<0>", text)


def read(commentary: str) -> str:
    r"""
    What readers see.

    >>> read(r"Avec @[Armor](urn:li:organization:7) \(et vous\) {hashtag|\#|JPO}")
    'Avec Armor (et vous) #JPO'
    """
    named = MENTION.sub(r"\1", commentary)
    return ESCAPED.sub(r"\1", HASHTAG.sub(r"#\1", named))


def alike(commentary: str, sent: str) -> bool:
    """Both in little text: what the network gives back is not written as what it was given."""
    return fingerprint(read(commentary)) == fingerprint(read(sent))
