"""RSS 2.0, for readers that know nothing else."""

from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from typing import Final
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from lierre.connectors.feeds.atom import ATOM
from lierre.connectors.feeds.entry import Entry, Feed, writable

DUBLIN: Final = "http://purl.org/dc/elements/1.1/"
KIND: Final = "application/rss+xml; charset=utf-8"


def rss(feed: Feed) -> bytes:
    register_namespace("atom", ATOM)
    register_namespace("dc", DUBLIN)
    root = Element("rss", {"version": "2.0"})
    channel = SubElement(root, "channel")
    add(channel, "title", feed.title)
    add(channel, "link", feed.site)
    add(channel, "description", feed.description or feed.title)
    add(channel, "language", feed.language)
    SubElement(channel, f"{{{ATOM}}}link", {"rel": "self", "type": "application/rss+xml", "href": feed.address})
    if feed.changed_at:
        add(channel, "lastBuildDate", moment(feed.changed_at))
    for entry in feed.entries:
        write(channel, entry)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def write(channel: Element, entry: Entry) -> None:
    item = SubElement(channel, "item")
    add(item, "title", entry.title)
    add(item, "link", entry.link)
    add(item, "guid", entry.id).set("isPermaLink", "true" if entry.id == entry.link else "false")
    add(item, "pubDate", moment(entry.published_at))
    # Readers take it for HTML: what is plain text must stay so.
    add(item, "description", escape(entry.text, quote=False).replace("\n", "<br>"))
    if entry.author:
        add(item, f"{{{DUBLIN}}}creator", entry.author)
    for subject in entry.subjects:
        add(item, "category", subject)
    if entry.image:
        told = {"url": entry.image, "type": entry.image_type or "image/jpeg", "length": str(entry.image_bytes)}
        SubElement(item, "enclosure", told)


def add(parent: Element, name: str, text: str) -> Element:
    made = SubElement(parent, name)
    made.text = writable(text)
    return made


def moment(at: datetime) -> str:
    """
    >>> moment(datetime(2026, 11, 26, 12, tzinfo=UTC))
    'Thu, 26 Nov 2026 12:00:00 +0000'
    """
    return format_datetime(at.astimezone(UTC))
