"""Whose a picture is, as its own file says: read when it comes, because no copy that leaves says it any more."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any, Final

from PIL import Image, ImageFile, IptcImagePlugin
from PIL.ExifTags import Base

from lierre.foundation.errors import Refused
from lierre.publishing.library.pictures import opened

LONGEST: Final = 200
# IPTC-IIM 4.2, data sets of record 2: by-line, credit, copyright notice.
AUTHOR, HOUSE, RIGHTS = (2, 80), (2, 110), (2, 116)
# The same in XMP. A list of names, or a text in several languages: the first one.
PACKET: Final = {
    AUTHOR: re.compile(r"<dc:creator>.*?<rdf:li[^>]*>([^<]*)<", re.DOTALL),
    HOUSE: re.compile(r"photoshop:Credit(?:=\"([^\"]*)\"|>([^<]*)<)"),
    RIGHTS: re.compile(r"<dc:rights>.*?<rdf:li[^>]*>([^<]*)<", re.DOTALL),
}
CAMERA: Final = {AUTHOR: Base.Artist, RIGHTS: Base.Copyright}


def credit_of(path: Path) -> str:
    """The author and the house; else who holds the rights; "" when the file says nothing that can be read."""
    try:
        with opened(path, "") as image:
            said = [dict(each) for each in (of_agency(image), of_packet(image), of_camera(image))]
    except Refused:
        return ""
    author, house, rights = (
        next((each[name] for each in said if each.get(name)), "") for name in (AUTHOR, HOUSE, RIGHTS)
    )
    whose = " / ".join(dict.fromkeys(name for name in (author, house) if name))
    return (whose or rights)[:LONGEST]


def of_agency(image: ImageFile.ImageFile) -> Iterator[tuple[Any, str]]:
    for name, value in (IptcImagePlugin.getiptcinfo(image) or {}).items():
        if name in PACKET:
            yield name, text(value[0] if isinstance(value, list) else value)


def of_packet(image: Image.Image) -> Iterator[tuple[Any, str]]:
    packet = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    whole = packet if isinstance(packet, str) else packet.decode("utf-8", "replace")
    for name, pattern in PACKET.items():
        if found := pattern.search(whole):
            yield name, text(unescape(next(each for each in found.groups() if each is not None)))


def of_camera(image: Image.Image) -> Iterator[tuple[Any, str]]:
    known = image.getexif()
    for name, number in CAMERA.items():
        yield name, text(known.get(number, ""))


def text(value: Any) -> str:
    r"""
    On one line. Cameras write the letters of today in a field made for those of 1986.

    >>> text("Ma\u00c3\u00afwenn\n Tanguy"), text(b"Ma\xefwenn"), text("Maïwenn"), text(12)
    ('Maïwenn Tanguy', 'Maïwenn', 'Maïwenn', '')
    """
    if isinstance(value, str):
        try:
            value = value.encode("latin-1")
        except UnicodeError:
            return line(value)
    if not isinstance(value, bytes):
        return ""
    try:
        return line(value.decode())
    except UnicodeDecodeError:
        return line(value.decode("latin-1"))


def line(said: str) -> str:
    return " ".join("".join(sign if sign.isprintable() else " " for sign in said).split())
