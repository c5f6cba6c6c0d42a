"""What a server says of itself: which one it is, how much it takes, and whether it keeps the key of a message."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from lierre.connectors.mastodon.line import line
from lierre.connectors.network.abilities import Limits
from lierre.connectors.network.refusals import Gone, Held, NotSent

# What a server takes that says nothing of it: the usual ones of Mastodon.
USUAL: Final = Limits(
    text=500, url_counts_for=23, media=4, alt=1_500, image_bytes=16_777_216, image_pixels=33_177_600,
    video_bytes=103_809_024, types=("image/jpeg", "image/png", "image/gif", "image/webp", "video/mp4", "video/webm"),
)  # fmt: skip
NO_SUCH_THING: Final = "501"
ADDRESSES: Final = ("/api/v2/instance", "/api/v1/instance")  # the first since 4.0; some have the second alone


def limits_of(address: str, token: str = "") -> Limits:
    """Raises NotSent, or Held when this is no Mastodon."""
    for path in ADDRESSES:
        try:
            if told := line(address, token).ask("GET", path).facts:
                return read(told)
        except Gone:
            continue
        except NotSent as failure:
            if failure.code != NO_SUCH_THING:
                raise
    raise Held("404", "no instance there")


def read(told: Mapping[str, Any]) -> Limits:
    """
    >>> said = {"version": "4.5.2", "configuration": {"statuses": {"max_characters": 5000, "max_media_attachments": 8}}}
    >>> (read(said).text, read(said).media, read(said).url_counts_for, read(said).server)
    (5000, 8, 23, '4.5.2')
    >>> read({"version": "2.72.0 (compatible; other/1)", "max_toot_chars": 11000}).text
    11000
    """
    configuration = part(told, "configuration")
    statuses, media = part(configuration, "statuses"), part(configuration, "media_attachments")
    types = media.get("supported_mime_types")
    return Limits(
        text=number(statuses, "max_characters") or number(told, "max_toot_chars") or USUAL.text,
        url_counts_for=number(statuses, "characters_reserved_per_url") or USUAL.url_counts_for,
        media=number(statuses, "max_media_attachments") or USUAL.media,
        alt=number(media, "description_limit") or USUAL.alt,
        image_bytes=number(media, "image_size_limit") or USUAL.image_bytes,
        image_pixels=number(media, "image_matrix_limit") or USUAL.image_pixels,
        video_bytes=number(media, "video_size_limit") or USUAL.video_bytes,
        video_pixels=number(media, "video_matrix_limit"),
        video_rate=number(media, "video_frame_rate_limit"),
        types=tuple(str(each) for each in types) if isinstance(types, list) and types else USUAL.types,
        server=str(told.get("version", ""))[:100],
        fetched_at=datetime.now(UTC),
    )


def keeps_keys(version: str) -> bool:
    """
    Whether a message sent twice with one key is one message there. Only of Mastodon itself is it known, and it says its
    version and nothing else; the others say besides what they are, and may ignore the key: their own list is read instead.

    >>> versions = ("4.5.0-nightly.2025-07-11", "2.72.0 (compatible; other/2.7)", "4.0.0 (not true; really other)", "0.19.1")
    >>> [keeps_keys(each) for each in (*versions, "")], keeps_keys("4.0.0rc2")
    ([True, False, False, False, False], True)
    """
    found = re.fullmatch(r"(\d+)\.\d+\.\d+(?:rc\d+|[-+.][\w.+-]*)?", version.strip())
    return found is not None and int(found[1]) >= 3


def part(told: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = told.get(name)
    return found if isinstance(found, Mapping) else {}


def number(told: Mapping[str, Any], name: str) -> int:
    found = told.get(name)
    return found if isinstance(found, int) and found > 0 else 0
