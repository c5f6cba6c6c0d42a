"""What networks are called, and the mark that stands for each: those that we speak to, the others, and the dead."""

from typing import Final

from lierre.connectors.manual import PLACES
from lierre.connectors.network import networks

# Those that nothing here speaks to: an account there is kept in the register all the same.
OTHERS: Final = {
    "vimeo": "Vimeo", "dailymotion": "Dailymotion", "flickr": "Flickr", "pinterest": "Pinterest", "twitch": "Twitch",
    "discord": "Discord", "github": "GitHub", "tumblr": "Tumblr", "scoopit": "Scoop.it", "scribd": "Scribd",
    "france-culture": "France Culture", "rss": "RSS",
}  # fmt: skip
MARKS: Final = {
    "linkedin": "Li", "facebook": "Fb", "mastodon": "Ma", "bluesky": "Bs", "manual": "Mn", "instagram": "Ig", "x": "X",
    "youtube": "Yt", "tiktok": "Tk", "threads": "Th", "viadeo": "Vi", "google-plus": "G+",
}  # fmt: skip


def name_of(code: str) -> str:
    """
    >>> name_of("mastodon"), name_of("viadeo"), name_of("elsewhere")
    ('Mastodon', 'Viadeo', 'Elsewhere')
    """
    known = PLACES.get(code) or networks().get(code)
    return str(known.name) if known else OTHERS.get(code, code.replace("-", " ").capitalize())


def mark_of(code: str) -> str:
    return MARKS.get(code, code[:2].capitalize())


def choices() -> list[tuple[str, str]]:
    """By their names."""
    every = {code: name_of(code) for code in (*networks(), *PLACES, *OTHERS) if code != "manual"}
    return sorted(every.items(), key=lambda each: each[1].lower())
