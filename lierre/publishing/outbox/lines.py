"""What a machine wants published, one object of JSON a line: judged before anything is written, refused with a sentence."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, TextIO

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from lierre.foundation.errors import Refused

EXAMPLE: Final = '{"account": "univ", "text": "…", "at": "2026-12-01T09:00:00+01:00", "reference": "mine-7"}'
LONGEST: Final = {"reference": 100, "language": 5}
YEARS: Final = range(2000, 2200)


@dataclass(frozen=True, slots=True)
class Line:
    """`media` is judged by the library, which opens the files."""

    accounts: tuple[str, ...]
    parts: tuple[str, ...]
    at: datetime
    reference: str = ""
    language: str = "fr"
    title: str = ""
    counts_links: bool = False
    media: Any = None


def lines_of(given: TextIO) -> Iterator[str | bytes]:
    """As they came: one that cannot be read puts no other aside."""
    source: Any = getattr(given, "buffer", given)
    for text in source:
        if text.strip():
            yield text


def text_in(file: Path) -> str:
    """As it was written, to the last sign; but for the mark that some editors put before it."""
    try:
        return file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise Refused(f"{file}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise Refused(_("%(file)s is not a text in UTF-8: save it as such.") % {"file": file}) from None


def understood(text: str | bytes, usual: Mapping[str, Any]) -> Line:
    """`usual`: what the words of the command say, where the line says nothing."""
    try:
        said = json.loads(text.decode("utf-8-sig") if isinstance(text, bytes) else text)
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        raise Refused(_("A line is one object of JSON, as %(example)s.") % {"example": EXAMPLE})
    return line(dict(usual) | said)


def line(said: dict[str, Any]) -> Line:
    parts = said.get("parts") or [said.get("text")]
    if not isinstance(parts, list) or not all(isinstance(part, str) and part.strip() for part in parts):
        raise Refused(_("There is no text to publish."))
    if any(not is_text(part) for part in parts):
        raise Refused(_("The text holds signs that no network knows: correct it where it comes from."))
    if not isinstance(said.get("media") or [], list):
        raise Refused(_("A medium is written %(example)s.") % {"example": '{"file": "hall.jpg", "alt": "…"}'})
    title = said.get("title")
    return Line(
        names(said.get("account")), tuple(parts), moment(said.get("at") or ""), word(said, "reference"),
        word(said, "language") or "fr", title[:150] if isinstance(title, str) and is_text(title) else "",
        said.get("count_links") is True, said.get("media"),
    )  # fmt: skip


def names(said: Any) -> tuple[str, ...]:
    """Each once."""
    every = [said] if isinstance(said, str) else said
    if not isinstance(every, list) or not every or not all(isinstance(name, str) and is_text(name) for name in every):
        raise Refused(_("Say for which account: --account, or “account” in the line."))
    return tuple(dict.fromkeys(every))


def word(said: dict[str, Any], name: str) -> str:
    found = said.get(name)
    found = str(found) if isinstance(found, int) and not isinstance(found, bool) else found
    if found is None:
        return ""
    if not isinstance(found, str) or len(found) > LONGEST[name] or not is_text(found):
        raise Refused(_("“%(name)s” is a word of %(most)d signs at most.") % {"name": name, "most": LONGEST[name]})
    return found


def moment(text: Any) -> datetime:
    """An instant. Refuses what no clock shows, and what no calendar holds."""
    if text == "":
        return timezone.now()
    try:
        found = parse_datetime(text) if isinstance(text, str) else None
    except ValueError:
        found = None
    if found is None or found.year not in YEARS:
        raise Refused(_("“%(text)s” is not a moment: write 2026-12-01T09:00.") % {"text": str(text)[:100]})
    if timezone.is_aware(found):
        return found
    here = timezone.make_aware(found)
    if timezone.make_naive(here.astimezone(UTC)) != found:
        told = _(
            "“%(text)s” does not exist: the clocks are put forward then. Choose another hour, or write its offset."
        )
        raise Refused(told % {"text": text})
    return here


def is_text(said: str) -> bool:
    """
    Whether a base and a network can hold it.

    >>> [is_text(each) for each in ("Été 🌿", "a\\x00b", "half a sign: \\ud83c")]
    [True, False, False]
    """
    return "\0" not in said and not any("\ud800" <= sign <= "\udfff" for sign in said)
