"""Whether two pictures show the same, however they were written: which places are lighter than the one beside them.

Sixty-four bits, after N. Krawetz's “difference hash”: a copy that was made smaller, or saved again, changes some of them at most.
"""

from typing import Final

from PIL import Image, ImageOps

from lierre.foundation.errors import Refused
from lierre.publishing.library.pictures import coarse, in_eight_bits, opened
from lierre.publishing.models import Medium

BITS: Final = 64
LARGE: Final = 1024
# Fewer places than this that are lighter, or darker: a flat picture, like every other one.
FLAT: Final = 6
NEAR: Final = 5
NOTHING: Final = "flat"
AT_ONCE: Final = 500
SHOWN: Final = 6


def look_of(image: Image.Image) -> str:
    """
    Sixteen letters; "flat" when there is nothing to compare.

    >>> ramp = Image.linear_gradient("L").rotate(90)
    >>> look_of(ramp) == look_of(ramp.resize((90, 60))), look_of(Image.new("RGB", (90, 60), "red"))
    (True, 'flat')
    """
    near = in_eight_bits(coarse(image, max(image.size) // LARGE))
    small = ImageOps.exif_transpose(near).convert("L").resize((9, 8), Image.Resampling.LANCZOS)
    points = list(small.tobytes())
    lighter = [points[9 * row + place] > points[9 * row + place + 1] for row in range(8) for place in range(8)]
    different = sum(points[9 * row + place] != points[9 * row + place + 1] for row in range(8) for place in range(8))
    if different < FLAT:
        return NOTHING
    return f"{sum(bit << place for place, bit in enumerate(lighter)):016x}"


def distance(one: str, other: str) -> int:
    """
    >>> distance("000000000000000f", "0000000000000001")
    3
    """
    return (int(one, 16) ^ int(other, 16)).bit_count()


def alike(medium: Medium) -> list[Medium]:
    """Those of the library that show the same, the nearest first."""
    if medium.look in {"", NOTHING}:
        return []
    others = Medium.objects.living().exclude(pk=medium.pk).exclude(look__in=["", NOTHING]).values_list("pk", "look")
    near = sorted((far, pk) for pk, look in others if (far := distance(medium.look, look)) <= NEAR)
    known = Medium.objects.in_bulk([pk for _far, pk in near[:SHOWN]])
    return [known[pk] for _far, pk in near[:SHOWN] if pk in known]


def look_at_all() -> int:
    """Those that came before looks were kept. One that cannot be read any more is like no other."""
    seen = 0
    for medium in Medium.objects.filter(kind=Medium.Kind.IMAGE, look="")[:AT_ONCE]:
        try:
            with opened(medium.path, medium.name) as image:
                image.draft("RGB", (1024, 1024))
                look = look_of(image)
        except Refused:
            look = NOTHING
        Medium.objects.filter(pk=medium.pk).update(look=look)
        seen += 1
    return seen
