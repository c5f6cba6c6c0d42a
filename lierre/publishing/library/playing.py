"""How the images and the sound of a film are written: what decides whether everybody can play it."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import IO, Final

from lierre.publishing.library.films import (
    Box,
    Film,
    believed,
    boxes,
    content,
    durations,
    handler,
    ticks_in,
    tracks,
)
from lierre.publishing.models import Medium

# What every network, telephone and browser plays: H.264 of eight bits, with AAC or no sound.
PLAYED: Final = frozenset({"avc1", "avc3"})
PLAIN: Final = frozenset({66, 77, 88, 100})
HEARD: Final = frozenset({"mp4a", ""})
# What people call them.
NAMES: Final = {
    "avc1": "H.264", "avc3": "H.264", "hvc1": "HEVC", "hev1": "HEVC", "av01": "AV1", "vp09": "VP9", "mp4v": "MPEG-4",
}  # fmt: skip
ENTRY: Final = 600  # bytes of the description of a track that are read
ROWS: Final = 4_000


@dataclass(frozen=True, slots=True)
class Written:
    """`rate`: images in a second, 0 when it does not say. `profile`: of H.264, 0 when it does not say."""

    film: Film
    sound: str = ""
    rate: float = 0.0
    profile: int = 0

    @property
    def images_play(self) -> bool:
        return self.film.codec in PLAYED and (not self.profile or self.profile in PLAIN)

    @property
    def sound_plays(self) -> bool:
        return self.sound in HEARD

    @property
    def name(self) -> str:
        return NAMES.get(self.film.codec, self.film.codec)


def written(medium: Medium) -> Written:
    """Raises Lies or OSError when it cannot be read any more."""
    return kept(medium.sha256, medium.path)


@lru_cache(maxsize=256)
def kept(_sha256: str, path: Path) -> Written:
    """What a file holds never changes: it is read once."""
    with path.open("rb") as file:
        return told(file, path.stat().st_size)


def told(file: IO[bytes], size: int) -> Written:
    film, sound, rate, profile = believed(file, size), "", 0.0, 0
    for mine in tracks(list(boxes(file, 0, size))):
        entry = content(file, mine[b"stsd"], ENTRY) if b"stsd" in mine else b""
        match handler(file, mine):
            case b"vide" if not rate:
                rate, profile = rate_of(file, mine), profile_of(entry)
            case b"soun" if not sound:
                sound = entry[12:16].decode("ascii", "replace").strip()
    return Written(film, sound, rate, profile)


def profile_of(entry: bytes) -> int:
    """
    >>> profile_of(b"....avcC" + bytes([1, 122, 0, 40]))
    122
    """
    at = entry.find(b"avcC")
    return entry[at + 5] if 0 <= at < len(entry) - 5 else 0


def rate_of(file: IO[bytes], mine: dict[bytes, Box]) -> float:
    """From how many images there are (`stts`) and how long they last (`mdhd`)."""
    if b"mdhd" not in mine:
        return 0.0
    frames = ticks = 0
    for times, each in islice(durations(file, mine), ROWS):
        frames, ticks = frames + times, ticks + times * each
    a_second = ticks_in(content(file, mine[b"mdhd"], 24))
    return round(frames * a_second / ticks, 2) if ticks and a_second else 0.0
