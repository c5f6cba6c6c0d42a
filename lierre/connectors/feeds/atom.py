"""Atom (RFC 4287)."""

from datetime import UTC, datetime
from typing import Final
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from lierre.connectors.feeds.entry import Entry, Feed, writable

ATOM: Final = "http://www.w3.org/2005/Atom"
LANGUAGE: Final = "{http://www.w3.org/XML/1998/namespace}lang"
KIND: Final = "application/atom+xml; charset=utf-8"


def atom(feed: Feed) -> bytes:
    register_namespace("", ATOM)
    root = Element(f"{{{ATOM}}}feed", {LANGUAGE: feed.language})
    add(root, "id", feed.id)
    add(root, "title", feed.title)
    if feed.description:
        add(root, "subtitle", feed.description)
    add(root, "updated", moment(feed.changed_at or datetime.fromtimestamp(0, UTC)))
    add(root, "link", rel="self", type="application/atom+xml", href=feed.address)
    add(root, "link", rel="alternate", type="text/html", href=feed.site)
    add(add(root, "author"), "name", feed.author)
    for entry in feed.entries:
        write(root, entry)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def write(root: Element, entry: Entry) -> None:
    inside = add(root, "entry", **({LANGUAGE: entry.language} if entry.language else {}))
    add(inside, "id", entry.id)
    add(inside, "title", entry.title)
    add(inside, "published", moment(entry.published_at))
    add(inside, "updated", moment(entry.changed_at))
    add(inside, "link", rel="alternate", href=entry.link)
    if entry.author:
        add(add(inside, "author"), "name", entry.author)
    for subject in entry.subjects:
        add(inside, "category", term=writable(subject))
    if entry.image:
        weight = {"length": str(entry.image_bytes)} if entry.image_bytes else {}
        add(inside, "link", rel="enclosure", type=entry.image_type or "image/jpeg", href=entry.image, **weight)
    add(inside, "content", entry.text, type="text")


def add(parent: Element, name: str, text: str = "", **attributes: str) -> Element:
    made = SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    made.text = writable(text) or None
    return made


def moment(at: datetime) -> str:
    """
    >>> moment(datetime(2026, 11, 26, 12, tzinfo=UTC))
    '2026-11-26T12:00:00Z'
    """
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
