"""What leaves in place of an original: small enough for a network, cut around what matters, with nothing hidden in it.

Each is written once and kept beside the base; thrown away, it is made again, the same.
"""

import contextlib
import json
import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import astuple, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from django.conf import settings

from lierre.publishing.library import film_blanks, papers, pictures
from lierre.publishing.library.pictures import Wanted
from lierre.publishing.models import Medium

ENDS: Final = {
    "image/jpeg": ".jpg", "image/png": ".png", "video/mp4": ".mp4", "video/quicktime": ".mov", "application/pdf": ".pdf",
}  # fmt: skip
# Written otherwise from one release to the next: what was kept is made again.
RENDERING: Final = 2
CENTRE: Final = (50, 50)


@dataclass(frozen=True, slots=True)
class Made:
    path: Path
    type: str
    width: int = 0
    height: int = 0


def folder(medium: Medium) -> Path:
    return settings.DATA_DIR / "variants" / medium.sha256[:2] / medium.sha256[:20]


def image(medium: Medium, wanted: Wanted, focus: tuple[int, int] = CENTRE) -> Made:
    """Refuses when the original cannot be read any more."""
    shaped = focus if wanted.shape else CENTRE
    mark = sha256(json.dumps([RENDERING, astuple(wanted), shaped]).encode()).hexdigest()[:16]
    for kind in ("image/jpeg", "image/png"):
        known = list(folder(medium).glob(f"{mark}-*x*{ENDS[kind]}"))
        if known:
            width, height = known[0].stem.partition("-")[2].split("x")
            return Made(known[0], kind, int(width), int(height))
    content, found = pictures.made(medium.path, medium.name, wanted, focus)
    path = folder(medium) / f"{mark}-{found.width}x{found.height}{ENDS[found.type]}"
    with coming(path) as temporary:
        temporary.write_bytes(content)
    return Made(path, found.type, found.width, found.height)


def cleaned(medium: Medium) -> Made:
    """A film or a document, whole, without what says who made it, where and with what."""
    clean: Callable[[Path, Path], None] = film_blanks.clean if medium.kind == Medium.Kind.VIDEO else papers.clean
    path = folder(medium) / f"clean-{RENDERING}{ENDS[medium.type]}"
    if not path.is_file():
        with coming(path) as temporary:
            clean(medium.path, temporary)
    return Made(path, medium.type, medium.width, medium.height)


@contextlib.contextmanager
def coming(path: Path) -> Iterator[Path]:
    """Written beside, then put in its place at once: nobody ever reads half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".coming-")
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def thumbnail(medium: Medium, edge: int) -> Made:
    return image(medium, Wanted(edge=edge))
