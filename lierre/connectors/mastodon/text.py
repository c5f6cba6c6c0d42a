"""What is sent, and how a server counts it: every address for 23 signs, somebody of another server for their first name."""

import re
from typing import Final

from lierre.connectors.network.abilities import Limits
from lierre.connectors.network.message import Message
from lierre.connectors.network.text import addresses, graphemes, with_address

ELSEWHERE: Final = re.compile(r"(?<![\w/@])(@\w+(?:[.-]\w+)*)@[a-zA-Z0-9][\w.-]*[a-zA-Z0-9](?::\d+)?")


def said(message: Message) -> str:
    """As it is sent: plain text. Mentions that have an identity are written as this network reads them."""
    text = with_address(message.text, message.link.url if message.link else "")
    for mention in message.mentions:
        handle = mention.identity.lstrip("@")
        if handle and mention.text.lstrip("@") != handle:
            text = text.replace(mention.text, f"@{handle}", 1)
    return text


def counted(message: Message, limits: Limits) -> int:
    """The text and its warning."""
    return count(said(message), limits.url_counts_for) + graphemes(message.warning)


def count(text: str, url_counts_for: int) -> int:
    """
    >>> count("Venez ! https://ubn.example/une-tres-longue-adresse-que-personne-ne-lit @solenn@ailleurs.example", 23)
    39
    """
    shortened, done = [], 0
    for each in addresses(text):
        shortened += [local(text[done : each.first]), "x" * (url_counts_for or len(each.text))]
        done = each.last
    return graphemes("".join([*shortened, local(text[done:])]))


def local(text: str) -> str:
    return ELSEWHERE.sub(r"\1", text)
