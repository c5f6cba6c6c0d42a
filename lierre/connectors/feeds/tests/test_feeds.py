"""What readers of feeds are given can be read, whatever was written in it."""

from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st

from lierre.connectors.feeds import Entry, Feed, atom, rss

A = "{http://www.w3.org/2005/Atom}"
NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
ENTRY = Entry(
    "urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8", "Portes ouvertes", "Venez <b>tous</b> & toutes\nle 12 mars 👩‍👩‍👧‍👦",
    "https://ubn.example/jpo", NOON, author="Gwenaël Riou", image="https://ubn.example/jpo.png", image_type="image/png",
    image_bytes=2_048, subjects=("Orientation",),
)  # fmt: skip
FEED = Feed(
    "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6", "Université de Bretagne-Nord", "https://ubn.example/flux.atom",
    "https://ubn.example/", "Université de Bretagne-Nord", entries=(ENTRY,), empty_at=NOON,
)  # fmt: skip


def test_atom_says_it_all():
    root = fromstring(atom(FEED))

    entry = root.find(f"{A}entry")
    assert entry.findtext(f"{A}content") == ENTRY.text
    assert entry.find(f"{A}content").get("type") == "text"
    assert (entry.findtext(f"{A}published"), root.findtext(f"{A}updated")) == ("2026-11-26T12:00:00Z",) * 2
    assert {link.get("rel"): link.get("href") for link in root.findall(f"{A}link")}["self"] == FEED.address
    enclosure = next(link for link in entry.findall(f"{A}link") if link.get("rel") == "enclosure")
    assert (enclosure.get("href"), enclosure.get("length")) == (ENTRY.image, "2048")
    # What RFC 4287 wants in each.
    for place in (root, entry):
        assert all(place.findtext(f"{A}{name}") for name in ("id", "title", "updated"))
    assert root.find(f"{A}author/{A}name").text


def test_rss_says_it_all():
    channel = fromstring(rss(FEED)).find("channel")

    item = channel.find("item")
    assert item.findtext("description") == "Venez &lt;b&gt;tous&lt;/b&gt; &amp; toutes<br>le 12 mars 👩‍👩‍👧‍👦"
    assert parsedate_to_datetime(item.findtext("pubDate")) == NOON
    assert (item.find("guid").get("isPermaLink"), item.findtext("guid")) == ("false", ENTRY.id)
    assert (item.find("enclosure").get("url"), item.find("enclosure").get("length")) == (ENTRY.image, "2048")


@pytest.mark.parametrize("write", [atom, rss])
@given(st.text(), st.text(min_size=1))
def test_no_sign_makes_a_feed_unreadable(write, title, text):
    fromstring(write(replace(FEED, entries=(replace(ENTRY, title=title, text=text, author=title, subjects=(text,)),))))


@pytest.mark.parametrize("write", [atom, rss])
def test_a_feed_that_holds_nothing_is_a_feed(write):
    assert fromstring(write(replace(FEED, entries=()))) is not None
