"""Images: read within bounds, turned the right way, and written anew so that nothing but what is seen goes along."""

import logging
import math
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageFile, ImageOps

from lierre.foundation.errors import Refused

# An image of a camera of today has 20 to 50 million points. Unfolded, each takes four bytes.
MOST_POINTS: Final = 60_000_000
TYPES: Final = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "GIF": "image/gif", "MPO": "image/jpeg"}
QUALITIES: Final = (88, 80, 70, 60)
SMALLER: Final = 0.8
SMALLEST: Final = 64
REDUCED: Final = frozenset({"L", "LA", "RGB", "RGBA", "CMYK"})
# Some phones write their pictures as several in one (MPO): the first one is the picture.
READ: Final = ("JPEG", "PNG", "WEBP", "GIF", "MPO")
# What a file that is cut, or made to hurt, usually raises.
DAMAGED: Final = (OSError, ValueError, SyntaxError, EOFError, MemoryError, OverflowError, ArithmeticError)
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Picture:
    type: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """`edge`: the longest side. `points`, `weight`: the most there may be, 0 without limit. `shape`: the narrowest and
    the widest proportions (width / height), None for any. `types`: those that are taken, all when it is empty."""

    edge: int = 2048
    points: int = 0
    weight: int = 0
    types: tuple[str, ...] = ()
    shape: tuple[float, float] | None = None


def is_one(head: bytes) -> bool:
    return head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a")) or (
        head[:4] == b"RIFF" and head[8:12] == b"WEBP"
    )


@contextmanager
def opened(path: Path, name: str) -> Iterator[ImageFile.ImageFile]:
    """Whatever goes wrong inside is a sentence: a file made to hurt raises many things."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(path, formats=READ) as image:
                if image.width * image.height > MOST_POINTS:
                    raise Refused(too_large(name, image.width, image.height))
                yield image
    except Refused:
        raise
    except Image.DecompressionBombError:
        raise Refused(too_large(name, 0, 0)) from None
    except Exception as error:
        if not isinstance(error, DAMAGED):  # a decoder that trips, or we do: somebody should know
            logger.exception("An image could not be read.")
        said = _("%(name)s looks like an image, and cannot be read to its end: it is damaged, or cut. Bring it again.")
        raise Refused(said % {"name": name}) from error


def too_large(name: str, width: int, height: int) -> str:
    if not width:
        return _("%(name)s would unfold into an image too large to be read: bring a smaller copy.") % {"name": name}
    told = {"name": name, "width": width, "height": height, "most": MOST_POINTS // 1_000_000}
    return (
        _("%(name)s has %(width)s × %(height)s points: %(most)s million at most. Bring a smaller copy.") % told
    )  # fmt: skip


def read(path: Path, name: str) -> Picture:
    with opened(path, name) as image:
        kind = TYPES[image.format or ""]
        if getattr(image, "is_animated", False) and image.format != "MPO":
            raise Refused(_("%(name)s moves: networks show its first image only. Bring it as a film.") % {"name": name})
        turned = image.getexif().get(0x0112, 1) in {5, 6, 7, 8}
        width, height = (image.height, image.width) if turned else image.size
        image.draft("RGB", (1024, 1024))
        image.load()
    return Picture(kind, width, height)


def made(path: Path, name: str, wanted: Wanted, focus: tuple[int, int]) -> tuple[bytes, Picture]:
    """Another file, made of what is seen: no camera, no place, no thumbnail, no profile goes along."""
    with opened(path, name) as image:
        image.draft("RGB", (wanted.edge * 2, wanted.edge * 2))
        across = min(image.size) if wanted.shape else max(image.size)
        seen = in_common_colours(upright(coarse(image, across // (wanted.edge * 2))))
    seen = shaped(seen, wanted.shape, focus)
    return written(within(seen, wanted), wanted)


def coarse(image: Image.Image, times: int) -> Image.Image:
    """Brought near its size before anything else: each step after this one copies it, and forty million points are heavy."""
    return image.reduce(times) if times > 1 and image.mode in REDUCED else image


def upright(image: Image.Image) -> Image.Image:
    """Turned where it stands: one that stands upright already is not copied."""
    ImageOps.exif_transpose(image, in_place=True)
    return image


def in_common_colours(image: Image.Image) -> Image.Image:
    """sRGB, that every screen shows alike; with its transparency, if it has any."""
    image = in_eight_bits(image)
    has_holes = image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info
    mode = "RGBA" if has_holes else "RGB"
    made = image if image.mode == mode else image.convert(mode)
    if profile := image.info.get("icc_profile"):
        try:
            return turned(image, made, ImageCms.ImageCmsProfile(BytesIO(profile)))
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # a profile that nothing can read changes no colour
    return made


def in_eight_bits(image: Image.Image) -> Image.Image:
    """Greys of sixteen bits, of scanners and microscopes: brought to eight by a word less, they would all be white."""
    if image.mode.startswith("I;16"):
        return image.point(lambda grey: grey / 256).convert("L")
    return image


def turned(image: Image.Image, made: Image.Image, profile: ImageCms.ImageCmsProfile) -> Image.Image:
    """What is printed in four inks is read from its inks; the rest from its red, green and blue."""
    space = profile.profile.xcolor_space.strip()
    if space == "CMYK" and image.mode == "CMYK":
        seen, mode = image, "RGB"
    elif space == "RGB" and image.mode != "CMYK":
        seen, mode = made, made.mode
    else:
        return made
    found = ImageCms.profileToProfile(seen, profile, ImageCms.createProfile("sRGB"), outputMode=mode)
    return found if found is not None else made


def shaped(image: Image.Image, shape: tuple[float, float] | None, focus: tuple[int, int]) -> Image.Image:
    if shape is None:
        return image
    return image.crop(frame(image.width, image.height, shape, focus))


def frame(width: int, height: int, shape: tuple[float, float], focus: tuple[int, int]) -> tuple[int, int, int, int]:
    """
    What is kept (left, top, right, bottom), as near the focus as the edges allow.

    >>> frame(1000, 1000, (2.0, 2.0), (50, 10))
    (0, 0, 1000, 500)
    >>> frame(4000, 1000, (0.8, 2.0), (100, 50))
    (2000, 0, 4000, 1000)
    >>> frame(1000, 800, (0.8, 2.0), (50, 50))
    (0, 0, 1000, 800)
    """
    narrowest, widest = shape
    kept_width = min(width, math.floor(height * widest))
    kept_height = min(height, math.floor(width / narrowest))
    left = min(max(round(width * focus[0] / 100 - kept_width / 2), 0), width - kept_width)
    top = min(max(round(height * focus[1] / 100 - kept_height / 2), 0), height - kept_height)
    return left, top, left + kept_width, top + kept_height


def within(image: Image.Image, wanted: Wanted) -> Image.Image:
    share = min(1.0, wanted.edge / max(image.size))
    if wanted.points:
        share = min(share, math.sqrt(wanted.points / (image.width * image.height)))
    return resized(image, share)


def resized(image: Image.Image, share: float) -> Image.Image:
    if share >= 1:
        return image
    size = max(1, int(image.width * share)), max(1, int(image.height * share))
    return image.resize(size, Image.Resampling.LANCZOS)


def written(image: Image.Image, wanted: Wanted) -> tuple[bytes, Picture]:
    """Lighter and lighter, then smaller and smaller, until it fits."""
    while True:
        for content, kind in renderings(image, wanted):
            if not wanted.weight or len(content) <= wanted.weight:
                return content, Picture(kind, image.width, image.height)
        if max(image.size) <= SMALLEST:
            return content, Picture(kind, image.width, image.height)
        image = resized(image, SMALLER)


def renderings(image: Image.Image, wanted: Wanted) -> Iterator[tuple[bytes, str]]:
    """What has holes stays PNG where it fits; all the rest is JPEG."""
    if image.mode == "RGBA":
        if not wanted.types or "image/png" in wanted.types:
            yield saved(image, "PNG", optimize=True), "image/png"
        paper = Image.new("RGB", image.size, "white")
        paper.paste(image, mask=image.getchannel("A"))
        image = paper
    for quality in QUALITIES:
        yield saved(image, "JPEG", quality=quality, optimize=True, progressive=True), "image/jpeg"


def saved(image: Image.Image, form: str, **how: int) -> bytes:
    bare = Image.new(image.mode, image.size)  # nothing but its points
    bare.paste(image)
    into = BytesIO()
    bare.save(into, form, **how)
    return into.getvalue()
