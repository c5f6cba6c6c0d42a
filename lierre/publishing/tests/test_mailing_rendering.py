"""What mail programs are given: tables and inline styles, nothing that they strip or fetch, and its twin in plain text."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest

from lierre.publishing.mailing.rendering import HEAVIEST, html_of, text_of, weight
from lierre.publishing.tests.mailings import SECTION, written

pytestmark = pytest.mark.django_db
# Stripped, or a reason to call it unwanted (Gmail, Outlook for Windows, Apple Mail).
NEVER = {"script", "link", "form", "input", "iframe", "object", "embed", "video", "svg", "base"}
VISIBLE = {"p", "h1", "h2", "a"}
SECTIONS = [
    SECTION | {"image": "https://ubn.example/a.jpg", "alt": "Le hall <de> la Penfeld"},
    {
        "title": "Et & demain", "text": "<script>alert(1)</script> 👩‍🔬 مرحبا\nhttps://ubn.example/b?c=1&d=2.", "image": "",
        "alt": "", "button": "", "link": "",
    },
]  # fmt: skip


class Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, Any]]] = []

    def handle_starttag(self, tag: str, attributes: Any) -> None:
        self.found.append((tag, dict(attributes)))


def elements(html: str) -> list[tuple[str, dict[str, Any]]]:
    parser = Elements()
    parser.feed(html)
    return parser.found


def test_it_is_laid_out_by_tables_with_its_styles_beside_each_word(gwenael):
    html = html_of(written(gwenael, sections=SECTIONS))
    found = elements(html)

    assert not NEVER & {tag for tag, _said in found}
    assert all(said.get("role") == "presentation" for tag, said in found if tag == "table")
    # The link of a paragraph of ours takes the colour of links; each other element says its own.
    assert not [said for tag, said in found if tag in VISIBLE and "color" not in said.get("style", "")]
    assert all("font-family" in said["style"] for tag, said in found if tag in {"p", "h1", "h2"})
    assert next(said for tag, said in found if tag == "html")["lang"] == "en"
    assert [tag for tag, _said in found if tag in {"h1", "h2"}] == ["h1", "h2"]
    assert "<!--[if mso]><table" in html  # Outlook for Windows knows no max-width
    assert "bgcolor=" in html  # nor a background without it
    assert "flex" not in html
    assert "var(--" not in html


def test_nothing_is_fetched_but_the_images_that_somebody_chose_and_each_says_what_it_shows(gwenael):
    found = elements(html_of(written(gwenael, sections=SECTIONS)))

    fetched = [said[name] for _tag, said in found for name in ("src", "background", "srcset") if name in said]
    assert fetched == ["https://ubn.example/a.jpg"]
    images = [said for tag, said in found if tag == "img"]
    assert [(said["alt"], said["width"]) for said in images] == [("Le hall <de> la Penfeld", "520")]


def test_what_somebody_typed_is_text_and_a_long_message_stays_under_what_gmail_shows(gwenael):
    mailing = written(gwenael, sections=SECTIONS)
    html = html_of(mailing)

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert 'href="https://ubn.example/b?c=1&amp;d=2"' in html
    assert "👩‍🔬 مرحبا" in html
    assert weight(mailing) < HEAVIEST


def luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_its_words_are_read_in_a_program_that_is_light_and_in_one_that_is_dark(gwenael):
    html = html_of(written(gwenael, sections=SECTIONS))
    dark = html[html.index("@media (prefers-color-scheme: dark)") :].partition("</style>")[0]
    ground = re.search(r"background-color: (#\w{6})", dark)
    assert ground
    body = html[html.index("<body") :]
    inks = set(re.findall(r"[;\"]color:(#\w{6})", body)) - {"#ffffff"}

    assert {ink for ink in inks if contrast(ink, "#fffdf8") < 4.5} == set()
    assert contrast("#ffffff", "#1f5f4a") >= 4.5  # the button
    assert {ink for ink in re.findall(r" color: (#\w{6})", dark) if contrast(ink, ground[1]) < 4.5} == set()


def test_its_twin_says_all_of_it_in_plain_text(gwenael):
    mailing = written(gwenael, sections=SECTIONS)
    text = text_of(mailing)

    for section in SECTIONS:
        for name in ("text", "alt", "image", "button", "link"):
            assert section[name] in text
        assert section["title"].upper() in text
    assert "&amp;" not in text
    assert "@@STOP@@" in text
    assert "@@PREFERENCES@@" in text
    assert "\n\n\n" not in text
