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
# How files begin that are none of ours, and that people bring.
OTHER_PICTURES: Final = (
    b"II*\0",
    b"MM\0*",
    b"BM",
    b"8BPS",
    b"\0\0\0\x0cjP  ",
    b"\0\0\0\x0cJXL ",
    b"\xff\x0a",
    b"\0\0\1\0",
)
OTHER_FILMS: Final = (b"\x1aE\xdf\xa3", b"RIFF", b"OggS", b"FLV", b"\0\0\1\xba", b"\0\0\1\xb3", b"0&\xb2u")
SOUNDS: Final = (b"ID3", b"fLaC", b"\xff\xfb", b"\xff\xf3", b"\xff\xf1", b"\xff\xf9", b"#!AMR")
OFFICE: Final = (b"PK\3\4", b"\xd0\xcf\x11\xe0", b"{\\rtf")


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
    if head[4:8] == b"ftyp" and head[8:12] in films.PHOTOGRAPHS:
        return _("%(name)s is a photograph that browsers and networks do not read (HEIC or AVIF): bring it as JPEG.")
    if head.startswith(OTHER_PICTURES):
        return _(
            "%(name)s is an image that browsers and networks do not read (TIFF, BMP, PSD…): bring it as JPEG or PNG."
        )
    if head.startswith(SOUNDS) or head[8:12] == b"WAVE":
        return _("%(name)s is a sound: networks take it inside a film. Bring an MP4, with an image.")
    if head.startswith(OTHER_FILMS):
        return _("%(name)s is a film that networks do not all read: bring it as MP4.")
    if head.startswith(OFFICE):
        return _("%(name)s is a document of an office program, or an archive: export it as PDF.")
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
