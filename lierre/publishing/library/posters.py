"""An image of each film, by which a person finds it again in the library: drawn when ffmpeg is there."""

from pathlib import Path
from subprocess import TimeoutExpired
from typing import Final

from lierre.foundation.errors import Refused
from lierre.publishing.library import variants
from lierre.publishing.library.converting import PROBE, READS, THREADS, bounded, program
from lierre.publishing.models import Medium

EDGE: Final = 1280
HEAVIEST: Final = 5_000_000
FIRST_BLACK: Final = 0.1  # of the film: most begin in the dark


def poster(medium: Medium) -> Path | None:
    """None when there is none (yet)."""
    path = path_of(medium)
    try:
        return path if path.stat().st_size else None
    except OSError:
        return None


def path_of(medium: Medium) -> Path:
    return variants.folder(medium) / f"poster-{variants.RENDERING}.jpg"


def cannot_be_drawn(medium: Medium) -> bool:
    """It was tried: what the film says of itself is believable, and its images are not there, or are damaged."""
    path = path_of(medium)
    return path.is_file() and not path.stat().st_size


def draw_one() -> bool:
    """For one of the films that have none. One that cannot be drawn is written down as such, and not tried again."""
    for medium in Medium.objects.living().filter(kind=Medium.Kind.VIDEO).order_by("-pk"):
        path = path_of(medium)
        if not path.exists() and medium.path.is_file():
            with variants.coming(path) as temporary:
                if not any(drawn(medium, temporary, share) for share in (FIRST_BLACK, 0)):
                    temporary.write_bytes(b"")
            return True
    return False


def drawn(medium: Medium, target: Path, share: float) -> bool:
    try:
        draw(medium, target, medium.seconds * share)
    except (Refused, OSError):
        return False
    return True


def draw(medium: Medium, target: Path, second: float) -> None:
    command = [
        program(), "-hide_banner", "-nostdin", "-v", "error", "-threads", THREADS, "-ss", f"{second:.2f}",
        *READS, "-i", f"file:{medium.path}", "-map", "0:v:0", "-an", "-sn", "-dn", "-map_metadata", "-1", "-frames:v", "1",
        "-vf", f"scale='min({EDGE},iw)':'min({EDGE},ih)':force_original_aspect_ratio=decrease,format=yuvj420p",
        "-c:v", "mjpeg", "-q:v", "4", "-f", "mjpeg", "-y", f"file:{target}",
    ]  # fmt: skip
    with bounded(command, HEAVIEST) as process:
        try:
            failed = process.wait(timeout=PROBE)
        except TimeoutExpired:
            raise Refused("too slow") from None
    if failed or not target.stat().st_size:
        raise Refused("not drawn")
