"""A feed and what stands in it."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

# Signs that XML 1.0 cannot hold, even escaped: one of them would make the whole feed unreadable.
UNWRITABLE: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """`id` is for ever (a URN, an address): readers tell entries apart by it. `text` is plain. `image` is an address."""

    id: str
    title: str
    text: str
    link: str
    published_at: datetime
    updated_at: datetime | None = None
    author: str = ""
    language: str = ""
    image: str = ""
    image_type: str = ""
    image_bytes: int = 0
    subjects: tuple[str, ...] = ()

    @property
    def changed_at(self) -> datetime:
        return self.updated_at or self.published_at


@dataclass(frozen=True, slots=True)
class Feed:
    """`address` is that of the feed itself, `site` the page that it belongs to."""

    id: str
    title: str
    address: str
    site: str
    author: str
    language: str = "fr"
    description: str = ""
    entries: tuple[Entry, ...] = ()
    empty_at: datetime | None = None  # when it was changed, when it holds nothing

    @property
    def changed_at(self) -> datetime | None:
        return max((entry.changed_at for entry in self.entries), default=self.empty_at)


def writable(text: str) -> str:
    r"""
    >>> writable("Fin\x00\x0b de ligne\n")
    'Fin de ligne\n'
    """
    return UNWRITABLE.sub("", text)
