"""What a page says of itself for those who would show it elsewhere (Open Graph), else its own title."""

from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Final
from urllib.parse import urljoin, urlsplit

LONGEST: Final = 400
# The first that is there, in this order.
TITLES: Final = ("og:title", "twitter:title")
DESCRIPTIONS: Final = ("og:description", "twitter:description", "description")
IMAGES: Final = ("og:image:secure_url", "og:image", "og:image:url", "twitter:image")


@dataclass(frozen=True, slots=True)
class Card:
    """`image`: its address, "" when the page shows none."""

    title: str = ""
    description: str = ""
    image: str = ""

    def __bool__(self) -> bool:
        return bool(self.title)


class Head(HTMLParser):
    """The head of a page. What stands below is not looked at."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: dict[str, str] = {}
        self.title, self.base = "", ""
        self.in_title = self.is_over = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if self.is_over:
            return
        told = {name: value or "" for name, value in attributes}
        match tag:
            case "body":
                self.is_over = True
            case "title":
                self.in_title = not self.title
            case "base":
                self.base = self.base or told.get("href", "")
            case "meta":
                name = (told.get("property") or told.get("name") or "").strip().lower()
                if name and told.get("content", "").strip():
                    self.said.setdefault(name, told["content"])
            case "link" if told.get("rel", "").lower() == "image_src":
                self.said.setdefault("twitter:image", told.get("href", ""))

    def handle_endtag(self, tag: str) -> None:
        self.in_title = self.in_title and tag != "title"
        self.is_over = self.is_over or tag == "head"

    def handle_data(self, data: str) -> None:
        if self.in_title and not self.is_over:
            self.title += data

    def first(self, names: tuple[str, ...]) -> Iterator[str]:
        yield from (self.said[name] for name in names if name in self.said)


def card_in(html: str, address: str) -> Card:
    """
    `address`: where the page is, that its own addresses begin from.

    >>> card_in("<title>Une page</title><meta property='og:image' content='/a.png'>", "https://ubn.example/jpo")
    Card(title='Une page', description='', image='https://ubn.example/a.png')
    >>> card_in("<p>Rien</p>", "https://ubn.example/")
    Card(title='', description='', image='')
    """
    head = Head()
    head.feed(html)
    head.close()
    title = plain(next(head.first(TITLES), "")) or plain(head.title)
    image = next(head.first(IMAGES), "").strip()
    return Card(title, plain(next(head.first(DESCRIPTIONS), "")), whole(image, urljoin(address, head.base.strip())))


def whole(image: str, base: str) -> str:
    """An address of the web, or nothing: never a file, never a picture written in the page itself."""
    try:
        found = urljoin(base, image) if image else ""
        return found if urlsplit(found).scheme in {"http", "https"} else ""
    except ValueError:
        return ""


def plain(text: str) -> str:
    """
    On one line, without what cannot be read, and not too long.

    >>> plain("  Portes\\n ouvertes\\x00 ")
    'Portes ouvertes'
    """
    words = "".join(sign if sign.isprintable() else " " for sign in text).split()
    found = " ".join(words)
    return found if len(found) <= LONGEST else found[: LONGEST - 1].rpartition(" ")[0] + "…"
