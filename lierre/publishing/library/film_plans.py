"""Which copy of a film a network is given: as it is when it fits, else how large, how many bits a second, how heavy at most."""

import math
from dataclasses import astuple, dataclass
from hashlib import sha256
from typing import Final

from lierre.connectors.network import Limits
from lierre.publishing.library.playing import Written

# Longest side of the images; bits a second below which they are a blur, and above which nobody sees more. At 30 images.
LADDER: Final = (
    (1920, 2_000_000, 6_000_000), (1280, 900_000, 3_000_000), (960, 500_000, 1_800_000), (640, 250_000, 900_000),
    (426, 110_000, 400_000),
)  # fmt: skip
FASTEST: Final = 60
SOUND: Final = 128_000  # bits a second
POOR_SOUND: Final = 64_000
POOR: Final = 700_000  # below, for images and sound together, sound gives way too
KEPT_BACK: Final = 0.94  # of the room: the container, and what a second may take more than its share
BUFFER: Final = 1  # seconds
CONTAINER: Final = 50_000  # bytes
MP4: Final = "video/mp4"
# Written otherwise from one release to the next: what was kept is made again.
RENDERING: Final = 1


@dataclass(frozen=True, slots=True)
class Plan:
    """`bits`: of the images, in a second; 0: they are copied as they are. `sound` the same. `rate`: images in a second; 0: as
    many as there are. `weight`: in bytes, at most."""

    width: int
    height: int
    rate: int
    bits: int
    sound: int
    weight: int

    @property
    def mark(self) -> str:
        return sha256(repr((RENDERING, astuple(self))).encode()).hexdigest()[:16]


def takes_any(limits: Limits) -> bool:
    """Somebody who publishes by hand, or a site: nothing is known of what is taken."""
    return not (limits.types or limits.video_bytes or limits.video_pixels or limits.video_rate)


def takes_films(limits: Limits) -> bool:
    return not limits.types or MP4 in limits.types


def fits(found: Written, size: int, limits: Limits) -> bool:
    """Its length is not looked at: nothing is ever cut."""
    film = found.film
    return takes_any(limits) or (
        found.images_play and found.sound_plays
        and (not limits.types or film.type in limits.types)
        and (not limits.video_bytes or size <= limits.video_bytes)
        and is_small(found, limits)
    )  # fmt: skip


def is_small(found: Written, limits: Limits) -> bool:
    points = found.film.width * found.film.height
    fast = bool(limits.video_rate) and found.rate > limits.video_rate + 0.5
    return not fast and (not limits.video_pixels or points <= limits.video_pixels)


def plan(found: Written, size: int, limits: Limits) -> Plan | None:
    """None when it lasts too long to be seen in what the network takes."""
    film = found.film
    light = not limits.video_bytes or size <= limits.video_bytes * KEPT_BACK
    fastest = min(limits.video_rate or FASTEST, FASTEST)
    rate = fastest if found.rate > fastest + 0.5 else 0
    if light and found.images_play and is_small(found, limits):
        sound = 0 if found.sound_plays else SOUND
        return Plan(film.width, film.height, 0, 0, sound, size + CONTAINER + math.ceil(sound / 8 * film.seconds))
    # What leads a second may take the share of the next one.
    room = limits.video_bytes * 8 * KEPT_BACK / (film.seconds + BUFFER) if limits.video_bytes else math.inf
    sound = (SOUND if room > POOR else POOR_SOUND) if found.sound else 0
    for edge, least, usual in rungs(max(film.width, film.height)):
        faster = max(1.0, min(found.rate or 30, fastest) / 30) ** 0.5
        if room - sound >= least * faster:
            bits = int(min(room - sound, usual * faster))
            width, height = within(film.width, film.height, edge, limits.video_pixels)
            weight = math.ceil((bits + sound) * (film.seconds + BUFFER) / 8 / KEPT_BACK) + CONTAINER
            return Plan(width, height, rate, bits, sound, min(weight, limits.video_bytes or weight))
    return None


def rungs(edge: int) -> list[tuple[int, int, int]]:
    """
    Those that enlarge nothing, and the one just above.

    >>> [rung[0] for rung in rungs(1000)]
    [1280, 960, 640, 426]
    """
    smaller = [rung for rung in LADDER if rung[0] < edge]
    return [*[rung for rung in LADDER if rung[0] >= edge][-1:], *smaller]


def within(width: int, height: int, edge: int, points: int) -> tuple[int, int]:
    """
    Never larger, and even on both sides, as H.264 wants it.

    >>> within(3840, 2160, 1280, 0), within(300, 301, 640, 0), within(1080, 1920, 1920, 921_600)
    ((1280, 720), (300, 300), (720, 1280))
    """
    share = min(1.0, edge / max(width, height), math.sqrt(points / (width * height)) if points else 1.0)
    return even(width * share), even(height * share)


def even(length: float) -> int:
    return max(2, int(length + 0.01) // 2 * 2)
