"""PDF documents: how many pages, whether they open, and a copy without what says who wrote them and with what."""

from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, PdfObject, StreamObject

from lierre.foundation.errors import Refused

MOST_PAGES: Final = 2_000
# Who and with what; what a reader would run; files that were tucked in.
TELLING: Final = (
    "/Metadata", "/PieceInfo", "/LastModified", "/OpenAction", "/AA", "/AF", "/EF", "/JS", "/JavaScript", "/EmbeddedFiles",
)  # fmt: skip
# Remarks of those who read it again, each with its author and its day.
REMARKS: Final = frozenset({
    "/Text", "/FreeText", "/Highlight", "/Underline", "/StrikeOut", "/Squiggly", "/Ink", "/Stamp", "/Caret", "/Line", "/Square",
    "/Circle", "/Polygon", "/PolyLine", "/FileAttachment",
})  # fmt: skip
SIGNED: Final = ("/T", "/M", "/CreationDate")
# Pieces of a photograph: the camera, the place, the author. What draws it stays, its colours (ICC) too.
OF_A_CAMERA: Final = frozenset({0xE1, 0xED, 0xFE})
IMAGES: Final = 0xDA  # from here on, what is seen


def is_one(head: bytes) -> bool:
    return b"%PDF-" in head


def read(path: Path, name: str) -> int:
    """How many pages."""
    try:
        reader = PdfReader(path)
        closed = reader.is_encrypted and not reader.decrypt("")
        pages = 0 if closed else len(reader.pages)
    except Exception as error:
        said = _("%(name)s says that it is a PDF, and cannot be read: export it again.") % {"name": name}
        raise Refused(said) from error
    if closed:
        raise Refused(_("%(name)s opens with a password only: bring it without.") % {"name": name})
    if not pages:
        raise Refused(_("%(name)s says that it is a PDF, and has no page.") % {"name": name})
    if pages > MOST_PAGES:
        told = {"name": name, "pages": pages, "most": MOST_PAGES}
        raise Refused(_("%(name)s has %(pages)s pages: %(most)s at most.") % told)
    return pages


def clean(source: Path, target: Path) -> None:
    """Refuses what cannot be written anew: it would say who wrote it."""
    try:
        writer = PdfWriter(clone_from=PdfReader(source))
        writer.metadata = None
        for found in writer._objects:
            bare(found)
        with target.open("wb") as file:
            writer.write(file)
    except Exception as error:
        said = _("%(name)s says that it is a PDF, and cannot be read: export it again.") % {"name": source.name}
        raise Refused(said) from error


def bare(found: object) -> None:
    """Whatever it is: the document, a page, a picture, a remark, or what holds some of them."""
    if isinstance(found, ArrayObject):
        for each in found:
            bare(each)
    if not isinstance(found, DictionaryObject):
        return
    tucked_in = found.get("/EF")
    tucked_in = tucked_in.get_object() if isinstance(tucked_in, PdfObject) else None
    for each in tucked_in.values() if isinstance(tucked_in, DictionaryObject) else ():
        if isinstance(file := each.get_object(), StreamObject):
            file._data = b""  # nothing leads to it any more, and it is written all the same
    for name in (*TELLING, *(SIGNED if found.get("/Subtype") in REMARKS else ())):
        found.pop(NameObject(name), None)
    if isinstance(found, StreamObject) and found.get("/Filter") in ("/DCTDecode", ["/DCTDecode"]):
        found._data = without_camera(found._data)
    for each in found.values():
        bare(each)


def without_camera(photograph: bytes) -> bytes:
    r"""
    As it is seen, with nothing beside.

    >>> without_camera(b"\xff\xd8\xff\xe1\0\6GPS!\xff\xda\0\2seen")
    b'\xff\xd8\xff\xda\x00\x02seen'
    """
    kept, at = [photograph[:2]], 2
    while photograph[at : at + 1] == b"\xff" and len(photograph) > at + 4 and photograph[at + 1] != IMAGES:
        last = at + 2 + int.from_bytes(photograph[at + 2 : at + 4], "big")
        if photograph[at + 1] not in OF_A_CAMERA:
            kept.append(photograph[at:last])
        at = last
    return b"".join([*kept, photograph[at:]])
