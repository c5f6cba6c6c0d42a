"""A text as networks read it: its graphemes, its bytes, and the addresses, tags and names that stand in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Final

import regex

GRAPHEME: Final = regex.compile(r"\X")
ADDRESS: Final = regex.compile(r"\bhttps?://[^\s<>\"“”«»]+", regex.IGNORECASE)
# What ends a sentence is not the end of an address.
AFTER: Final = ".,;:!?…'’"
TAG: Final = regex.compile(r"(?<![\p{L}\p{N}_/&#])#([\p{L}\p{M}\p{N}_]*[\p{L}_][\p{L}\p{M}\p{N}_]*)")
HANDLE: Final = regex.compile(r"(?<![\w@./-])@([a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)+)(?![\w@-])")
NAMES: Final = frozenset({"mention", "hashtag", "tag"})  # what a link to somebody, or to a subject, says of itself
BLOCKS: Final = frozenset({"p", "br", "div", "li", "blockquote", "pre"})


@dataclass(frozen=True, slots=True)
class Span:
    """`first` included, `last` excluded, in characters."""

    first: int
    last: int
    text: str


def graphemes(text: str) -> int:
    """
    What a reader takes for one sign.

    >>> graphemes("👩‍👩‍👧‍👦e\u0301🇫🇷"), len("👩‍👩‍👧‍👦e\u0301🇫🇷")
    (3, 11)
    """
    return len(text) if text.isascii() and "\r" not in text else sum(1 for _each in GRAPHEME.finditer(text))


def in_bytes(text: str) -> int:
    """
    >>> in_bytes("été")
    5
    """
    return len(text.encode())


def in_units(text: str) -> int:
    """
    UTF-16 units, which Java and JavaScript count.

    >>> in_units("a😀")
    3
    """
    return len(text.encode("utf-16-le")) // 2


def addresses(text: str) -> Iterator[Span]:
    """
    Web addresses, without the punctuation of the sentence that they stand in.

    >>> [each.text for each in addresses("Voir (https://ubn.example/a_(b)), puis https://ubn.example/jpo.")]
    ['https://ubn.example/a_(b)', 'https://ubn.example/jpo']
    """
    for match in ADDRESS.finditer(text):
        found = match[0]
        while found and (found[-1] in AFTER or closes_nothing(found)):
            found = found[:-1]
        if found.partition("://")[2]:
            yield Span(match.start(), match.start() + len(found), found)


def closes_nothing(found: str) -> bool:
    return any(found[-1] == shut and found.count(shut) > found.count(opened) for opened, shut in ("()", "[]", "{}"))


def tags(text: str) -> Iterator[Span]:
    """
    Hashtags, outside addresses; their text is without the sign.

    >>> [each.text for each in tags("#JPO à l’#université, n° #1 https://ubn.example/#ici")]
    ['JPO', 'université']
    """
    yield from (Span(each.start(), each.end(), each[1]) for each in outside_addresses(TAG, text))


def handles(text: str) -> Iterator[Span]:
    """
    Names of the kind of Bluesky; their text is without the sign.

    >>> [each.text for each in handles("Bravo @ubn.example ! Écrire à contact@ubn.example")]
    ['ubn.example']
    """
    yield from (Span(each.start(), each.end(), each[1]) for each in outside_addresses(HANDLE, text))


def outside_addresses(pattern: "regex.Pattern[str]", text: str) -> Iterator["regex.Match[str]"]:
    taken = [(each.first, each.last) for each in addresses(text)]
    return (match for match in pattern.finditer(text) if not any(a <= match.start() < b for a, b in taken))


def with_address(text: str, url: str) -> str:
    """
    The address at the end, when the text does not hold it.

    >>> with_address("Venez !", "https://ubn.example/jpo")
    'Venez !\\n\\nhttps://ubn.example/jpo'
    """
    if not url or any(each.text == url for each in addresses(text)):
        return text
    return f"{text.rstrip()}\n\n{url}" if text.strip() else url


def fingerprint(text: str) -> str:
    """
    What two renderings of a text have in common: its letters and figures or, when it has none, its signs.

    >>> fingerprint("Bonjour **à tous** !\\n") == fingerprint("Bonjour à tous !")
    True
    """
    letters = "".join(regex.findall(r"[\p{L}\p{N}]+", text)).casefold()
    return letters or "".join(text.split())


class Reader(HTMLParser):
    """`whole_addresses`: a link is its address, however short it is shown."""

    def __init__(self, *, whole_addresses: bool = False) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.whole_addresses, self.in_address = whole_addresses, False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS and self.found:
            self.found.append("\n")
        if tag == "a" and self.whole_addresses:
            told = dict(attributes)
            address, kinds = told.get("href") or "", f"{told.get('class')} {told.get('rel')}".split()
            self.in_address = "://" in address and not NAMES.intersection(kinds)
            self.found += [address] if self.in_address else []

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self.in_address = False

    def handle_data(self, data: str) -> None:
        if not self.in_address:
            self.found.append(data)


def plain(html: str, *, whole_addresses: bool = False) -> str:
    """
    What a page says, without how it looks.

    >>> plain("<p>Un &amp; deux<br>trois</p>")
    'Un & deux\\ntrois'
    >>> plain('<p>Voir <a href="https://ubn.example/jpo/2027">ubn.example/jp…</a></p>', whole_addresses=True)
    'Voir https://ubn.example/jpo/2027'
    """
    reader = Reader(whole_addresses=whole_addresses)
    reader.feed(html)
    reader.close()
    return "".join(reader.found).strip()
