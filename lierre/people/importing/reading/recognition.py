"""What a file is, told by its first bytes. Its name is never believed."""

import re
import zipfile
from typing import BinaryIO, Final, Literal

from lierre.people.importing.reading.blocks import UTF8_MARK, wide_codec
from lierre.people.importing.reading.limits import LIMITS, Limits
from lierre.people.importing.reading.origin import ZIP_ACCIDENTS, ZIP_SIGN, Origin
from lierre.people.importing.statement import Unreadable

Kind = Literal["text", "zip", "xlsx", "ods", "xls", "json", "xml", "pdf"]

_EMPTY_ZIP: Final = b"PK\x05\x06"
_OLE: Final = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_OLD_WORKBOOKS: Final = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
_OTHER_ARCHIVES: Final = (b"\x1f\x8b", b"7z\xbc\xaf\x27\x1c", b"Rar!", b"BZh", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd")
_WEB_PAGE: Final = re.compile(
    r"(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype html|html|head|table|meta|style)\b", re.I | re.S
)
_JSON: Final = re.compile(r'\{\s*("|\}|$)|\[\s*([\[{"\]\d-]|true|false|null|$)')
_SHEET_IN_XML: Final = "urn:schemas-microsoft-com:office:spreadsheet"
_CONTROLS: Final = bytes(set(range(32)) - set(b"\t\n\r\f\x1a\x1b"))


def kind_of(origin: Origin, limits: Limits = LIMITS) -> Kind:
    """Raises Unreadable for what is no kind that we read, with what it looks like."""
    head = origin.head()
    if not head.strip():
        raise Unreadable("empty", origin.name)
    if head.startswith((ZIP_SIGN, _EMPTY_ZIP)):
        with origin.seekable(limits.workbook) as stream:
            return _kind_of_zip(stream, origin.name)
    if head.startswith(_OLE):
        return _kind_of_ole(origin)
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(_OTHER_ARCHIVES):
        raise Unreadable("other_archive", origin.name)
    return _kind_of_text(head, origin.name)


def _kind_of_zip(stream: BinaryIO, name: str) -> Kind:
    try:
        with zipfile.ZipFile(stream) as archive:
            names = set(archive.namelist())
            if "mimetype" in names and "content.xml" in names:
                if b"opendocument.spreadsheet" in archive.read("mimetype")[:200]:
                    return "ods"
                raise Unreadable("unknown_type", name)
    except ZIP_ACCIDENTS as accident:
        raise Unreadable("truncated", name) from accident
    if "[Content_Types].xml" not in names:
        return "zip"
    if "xl/workbook.xml" in names:
        return "xlsx"
    raise Unreadable("unknown_type", name)


def _kind_of_ole(origin: Origin) -> Kind:
    """The old container of office files: a workbook, a workbook under a password, or something else."""
    seen = b""
    with origin.open() as stream:
        while chunk := stream.read(1024 * 1024):
            seen = seen[-64:] + chunk
            if _ENCRYPTED in seen:
                raise Unreadable("encrypted", origin.name)
            if any(stream_name in seen for stream_name in _OLD_WORKBOOKS):
                return "xls"
    raise Unreadable("unknown_type", origin.name)


def _kind_of_text(head: bytes, name: str) -> Kind:
    """A few control characters are accidents, many are no text. Address cards and calendars are no tables."""
    codec = wide_codec(head)
    if not codec and len(head) - len(head.translate(None, _CONTROLS)) > 0.05 * len(head):
        raise Unreadable("unknown_type", name)
    text = head.removeprefix(UTF8_MARK).decode(codec or "latin-1", "ignore").lstrip("\ufeff \t\r\n")
    if _WEB_PAGE.match(text) or _SHEET_IN_XML in text[:2000]:
        raise Unreadable("web_page", name)
    if text.startswith("BEGIN:V"):
        raise Unreadable("unknown_type", name)
    if re.match(r"<(\?xml|!--|!DOCTYPE|[A-Za-z][\w:.-]*[\s>/])", text):
        return "xml"
    if _JSON.match(text):
        return "json"
    return "text"
