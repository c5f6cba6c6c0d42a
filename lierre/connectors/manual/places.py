"""The networks that a person publishes on by hand: where one writes there, and how much it takes. Some are closed."""

from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote, urlsplit

from lierre.connectors.network.abilities import Limits


@dataclass(frozen=True, slots=True)
class Place:
    """
    `composer` opens the page where one writes, the text already there where the network allows it: {text}, {url} and
    {server} are filled in. `opens` is the page to go to when there is no such thing. `hosts`: whose addresses it has.
    """

    code: str
    name: str
    hosts: tuple[str, ...] = ()
    composer: str = ""
    opens: str = ""
    limits: Limits = field(default_factory=Limits)
    unit: str = "characters"
    is_closed: bool = False

    def where_to_write(self, text: str, url: str = "", server: str = "") -> str:
        """
        >>> PLACES["bluesky"].where_to_write("Venez !")
        'https://bsky.app/intent/compose?text=Venez%20%21'
        """
        if self.is_closed:
            return ""
        if (
            self.composer
            and not ("{url}" in self.composer and not url)
            and not ("{server}" in self.composer and not server)
        ):
            told = {"text": quote(text, safe=""), "url": quote(url, safe=""), "server": server.rstrip("/")}
            return self.composer.format_map(told)
        return self.opens or server


def places() -> tuple[Place, ...]:
    return (
        Place("linkedin", "LinkedIn", ("linkedin.com",), "https://www.linkedin.com/feed/?shareActive=true&text={text}",
              "https://www.linkedin.com/feed/", Limits(text=3_000, media=9, alt=4_086)),
        Place("facebook", "Facebook", ("facebook.com", "fb.com", "fb.watch"), "https://www.facebook.com/sharer/sharer.php?u={url}",
              "https://www.facebook.com/", Limits(text=63_206, media=10)),
        Place("instagram", "Instagram", ("instagram.com",), "", "https://www.instagram.com/", Limits(text=2_200, media=10)),
        Place("threads", "Threads", ("threads.net", "threads.com"), "https://www.threads.net/intent/post?text={text}",
              "https://www.threads.net/", Limits(text=500, media=10)),
        Place("x", "X", ("x.com", "twitter.com"), "https://x.com/intent/post?text={text}", "https://x.com/",
              Limits(text=280, url_counts_for=23, media=4, alt=1_000)),
        Place("mastodon", "Mastodon", (), "{server}/share?text={text}", "", Limits(text=500, url_counts_for=23, media=4)),
        Place("bluesky", "Bluesky", ("bsky.app",), "https://bsky.app/intent/compose?text={text}", "https://bsky.app/",
              Limits(text=300, text_bytes=3_000, media=4), "graphemes"),
        Place("youtube", "YouTube", ("youtube.com", "youtu.be"), "", "https://studio.youtube.com/", Limits(text=5_000)),
        Place("tiktok", "TikTok", ("tiktok.com",), "", "https://www.tiktok.com/upload", Limits(text=2_200)),
        Place("whatsapp", "WhatsApp", ("whatsapp.com", "wa.me"), "https://wa.me/?text={text}", "https://web.whatsapp.com/"),
        Place("telegram", "Telegram", ("t.me", "telegram.me"), "https://t.me/share/url?url={url}&text={text}",
              "https://web.telegram.org/", Limits(text=4_096)),
        Place("xing", "XING", ("xing.com",), "https://www.xing.com/spi/shares/new?url={url}", "https://www.xing.com/"),
        Place("viadeo", "Viadeo", ("viadeo.com",), is_closed=True),
        Place("google-plus", "Google+", ("plus.google.com",), is_closed=True),
    )  # fmt: skip


PLACES: Final[dict[str, Place]] = {place.code: place for place in places()}


def place_of(address: str) -> Place | None:
    """
    The network that an address belongs to.

    >>> place_of("https://fr.linkedin.com/school/ubn/").code, place_of("https://notlinkedin.com/")
    ('linkedin', None)
    """
    host = (urlsplit(address).hostname or "").lower()
    return next(
        (each for each in PLACES.values() if any(host == own or host.endswith(f".{own}") for own in each.hosts)), None
    )
