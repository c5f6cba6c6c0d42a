"""The addresses of a text, and the text with a short link in the place of each."""

from collections.abc import Mapping, Sequence

from lierre.connectors.network.text import addresses
from lierre.publishing.links.targets import forbidden


def targets_in(parts: Sequence[str]) -> list[str]:
    """
    Each address that a short link may lead to, once. The others stay as they are, and what is wrong with them is said elsewhere.

    >>> targets_in(["Voir https://ubn.example/jpo, ou https://ubn.example/jpo. Jamais http://10.0.0.7/ !"])
    ['https://ubn.example/jpo']
    """
    found = (each.text for part in parts for each in addresses(part))
    return [url for url in dict.fromkeys(found) if not forbidden(url)]


def shortened(text: str, short: Mapping[str, str]) -> str:
    """
    >>> shortened("Voir https://ubn.example/jpo.", {"https://ubn.example/jpo": "https://ubn.example/l/b7k"})
    'Voir https://ubn.example/l/b7k.'
    """
    for span in reversed(list(addresses(text))):
        if span.text in short:
            text = text[: span.first] + short[span.text] + text[span.last :]
    return text
