"""What a file is, by what it holds and never by its name; and how large, before anything of it is unfolded."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from lierre.foundation.errors import Refused
from lierre.publishing.library import films, papers, pictures

MEGA: Final = 1_000_000
HEAD: Final = 1024
# By kind: how heavy a file may be.
HEAVIEST: Final = {"image": 40 * MEGA, "video": 1_000 * MEGA, "document": 100 * MEGA}


@dataclass(frozen=True, slots=True)
class Read:
    """`width` and `height` as it is seen, turned the right way. 0: does not apply."""

    kind: str
    type: str
    width: int = 0
    height: int = 0
    seconds: float = 0.0
    pages: int = 0


def read(path: Path, name: str) -> Read:
    """Refuses, with a sentence that says which file and what to do."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    size = path.stat().st_size
    if not size:
        raise Refused(_("%(name)s is empty.") % {"name": name})
    for recognises, reader in READERS:
        if recognises(head):
            return reader(path, name, size)
    raise Refused(told(head) % {"name": name})


def told(head: bytes) -> str:
    """Why a file that is none of ours is not taken."""
    start = head.lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith(b"<svg") or (start.startswith(b"<?xml") and b"<svg" in start):
        return _("%(name)s is a drawing (SVG), which may hold a program: bring it as PNG.")
    if head[4:12] in {b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypmsf1", b"ftyphevc", b"ftypavif"}:
        return _("%(name)s is a photograph that browsers and networks do not read (HEIC or AVIF): bring it as JPEG.")
    if head.startswith((b"\x1aE\xdf\xa3", b"RIFF", b"OggS", b"FLV")):
        return _("%(name)s is a film that networks do not all read: bring it as MP4.")
    return _("%(name)s is no image, no film and no PDF that can be read: bring JPEG, PNG, WebP, GIF, MP4 or PDF.")


def bounded(kind: str, name: str, size: int) -> None:
    most = HEAVIEST[kind]
    if size > most:
        said = {"name": name, "size": f"{size / MEGA:.0f}", "most": f"{most // MEGA}"}
        raise Refused(_("%(name)s weighs %(size)s MB: %(most)s MB at most. Bring a lighter copy.") % said)


def as_picture(path: Path, name: str, size: int) -> Read:
    bounded("image", name, size)
    found = pictures.read(path, name)
    return Read("image", found.type, found.width, found.height)


def as_film(path: Path, name: str, size: int) -> Read:
    bounded("video", name, size)
    found = films.read(path, name)
    return Read("video", found.type, found.width, found.height, found.seconds)


def as_paper(path: Path, name: str, size: int) -> Read:
    bounded("document", name, size)
    return Read("document", "application/pdf", pages=papers.read(path, name))


READERS: Final[tuple[tuple[Callable[[bytes], bool], Callable[[Path, str, int], Read]], ...]] = (
    (pictures.is_one, as_picture),
    (films.is_one, as_film),
    (papers.is_one, as_paper),
)
