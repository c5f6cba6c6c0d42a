"""Subtitles of a film, as networks take them (WebVTT): small, in one language, and really what they say they are."""

from typing import Any, Final

from django.utils.translation import gettext as _

from lierre.foundation.errors import Refused

HEAVIEST: Final = 20_000  # bytes: the smallest of what networks take
MARK: Final = "WEBVTT"


def read(content: bytes, name: str) -> str:
    """
    The text of a file of subtitles. Refuses what is none.

    >>> read(b"\\xef\\xbb\\xbfWEBVTT\\r\\n\\r\\n00:01.000 --> 00:02.000\\r\\nBonjour\\r\\n", "a.vtt")
    'WEBVTT\\n\\n00:01.000 --> 00:02.000\\nBonjour\\n'
    """
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        text = ""
    if not text.startswith(MARK) or "-->" not in text:
        raise Refused(_("%(name)s holds no subtitles: save them as WebVTT (.vtt), in UTF-8.") % {"name": name})
    if len(text.encode()) > HEAVIEST:
        raise Refused(_("%(name)s is too long: subtitles weigh 20 kB at most.") % {"name": name})
    return text


def lines(text: Any) -> int:
    """How many times something is said."""
    return str(text).count("-->")
