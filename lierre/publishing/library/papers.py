"""PDF documents: how many pages, whether they open, and a copy without what says who wrote them and with what."""

from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject

from lierre.foundation.errors import Refused

MOST_PAGES: Final = 2_000
TELLING: Final = ("/Metadata", "/PieceInfo", "/LastModified")


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
    writer = PdfWriter(clone_from=PdfReader(source))
    writer.metadata = None
    for holder in (writer.root_object, *writer.pages):
        for name in TELLING:
            if NameObject(name) in holder:
                del holder[NameObject(name)]
    with target.open("wb") as file:
        writer.write(file)
