"""Files to bring, made here: pictures with what cameras hide in them, a film, documents, and files that lie."""

from io import BytesIO
from typing import Any

from PIL import Image
from PIL.ExifTags import GPS, Base
from pypdf import PdfWriter

from lierre.publishing.library.storing import bring
from lierre.publishing.models import Medium

WHERE = "SECRETPLACE"


def photograph(
    width: int = 640, height: int = 480, *, form: str = "JPEG", turned: int = 1, colour: Any = (40, 120, 90)
) -> bytes:
    """With the place, the camera and a name in it."""
    image = Image.new("RGB", (width, height), colour)
    exif = image.getexif()
    exif[Base.Model], exif[Base.Artist], exif[Base.Orientation] = "Camera 3000", "Somebody", turned
    exif.get_ifd(0x8825).update({GPS.GPSLatitudeRef: "N", GPS.GPSLatitude: (48.0, 23.0, 25.0)})
    xmp = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{WHERE}</x:xmpmeta>".encode()
    into = BytesIO()
    image.save(into, form, exif=exif, **({"xmp": xmp} if form != "PNG" else {}))
    return into.getvalue()


def document(pages: int = 2) -> bytes:
    writer = PdfWriter()
    for _number in range(pages):
        writer.add_blank_page(200, 200)
    writer.add_metadata({"/Author": WHERE})
    into = BytesIO()
    writer.write(into)
    return into.getvalue()


def box(kind: bytes, *content: bytes) -> bytes:
    inside = b"".join(content)
    return (8 + len(inside)).to_bytes(4, "big") + kind + inside


def number(*values: int) -> bytes:
    return b"".join(value.to_bytes(4, "big") for value in values)


def film(
    *, seconds: int = 5, handler: bytes = b"vide", codec: bytes = b"avc1", place: int = 0, brand: bytes = b"isom"
) -> bytes:
    """A film of one image. `place`: where its index says that the image is, 0 for where it really is."""
    head = box(b"ftyp", brand, number(0), brand)
    images = box(b"mdat", bytes(200))
    mvhd = box(b"mvhd", bytes(12), number(1000, seconds * 1000), bytes(80))
    matrix = number(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
    tkhd = box(b"tkhd", bytes(40), matrix, number(640 << 16, 360 << 16))
    stsd = box(b"stsd", bytes(4), number(1), number(86), codec, bytes(78))
    table = box(b"stbl", stsd, box(b"stco", bytes(4), number(1, place or len(head) + 8)))
    hdlr = box(b"hdlr", bytes(8), handler, bytes(12))
    track = box(b"trak", tkhd, box(b"mdia", hdlr, box(b"minf", table)))
    telling = box(b"udta", box(b"\xa9xyz", WHERE.encode()))
    return head + images + box(b"moov", mvhd, track, telling)


def brought(content: bytes, name: str = "hall.jpg", *, by: Any = "the tests", **said: Any) -> Medium:
    return bring(name, BytesIO(content), by=by, **said)[0]
