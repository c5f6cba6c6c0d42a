"""Documents that are not tables: looked through once when they arrive, given as a stream afterwards."""

import io
from typing import BinaryIO, Final, Literal

import ijson

from lierre.people.importing.reading import pdf
from lierre.people.importing.reading.blocks import UTF8_MARK
from lierre.people.importing.reading.limits import LIMITS, Limits
from lierre.people.importing.reading.markup import Depth, read_through
from lierre.people.importing.reading.origin import ZIP_SIGN, Origin
from lierre.people.importing.statement import Unreadable
from lierre.people.importing.table import Document

_OPENS: Final = frozenset({"start_map", "start_array"})
_CLOSES: Final = frozenset({"end_map", "end_array"})


def document_bytes(document: Document, limits: Limits = LIMITS) -> BinaryIO:
    """The XML or JSON of a document, from its first character. Of a PDF, the XML that it carries."""
    origin = _origin(document)
    if document.kind == "json":
        return _without_mark(origin)
    if origin.head(1024).lstrip().startswith(pdf.SIGN):
        return io.BytesIO(pdf.xml_inside(origin, limits)[1])
    return io.BytesIO(origin.read(limits.document))


def open_json(origin: Origin, limits: Limits = LIMITS) -> Document:
    if origin.size > limits.json:
        raise Unreadable("too_large", origin.name)
    depth = 0
    try:
        with _without_mark(origin) as stream:
            for event, _ in ijson.basic_parse(stream, use_float=True):
                depth += (event in _OPENS) - (event in _CLOSES)
                if depth > limits.depth:
                    raise Unreadable("too_deep", origin.name)
    except ijson.IncompleteJSONError as accident:
        code = "truncated" if "premature EOF" in str(accident) or "ncomplete" in str(accident) else "json_damaged"
        raise Unreadable(code, origin.name) from accident
    except (ijson.JSONError, UnicodeDecodeError) as accident:
        raise Unreadable("json_damaged", origin.name) from accident
    return _document(origin, "json", origin.entry)


def open_xml(origin: Origin, limits: Limits = LIMITS) -> Document:
    read_through(io.BytesIO(origin.read(limits.document)), Depth(origin.name, limits))
    return _document(origin, "xml", origin.entry)


def open_pdf(origin: Origin, limits: Limits = LIMITS) -> Document:
    member, content = pdf.xml_inside(origin, limits)
    read_through(io.BytesIO(content), Depth(origin.name, limits))
    return _document(origin, "xml", origin.entry or member)


def _document(origin: Origin, kind: Literal["json", "xml"], member: str) -> Document:
    assert origin.path is not None
    return Document(name=origin.name, kind=kind, path=origin.path, member=member, size=origin.size)


def _origin(document: Document) -> Origin:
    whole = Origin.of_file(document.path, document.name)
    if not document.member or not whole.head(4).startswith(ZIP_SIGN):
        return whole
    return Origin(name=document.name, path=document.path, entry=document.member, size=document.size)


def _without_mark(origin: Origin) -> BinaryIO:
    """A byte-order mark is legal in text and refused by parsers of JSON."""
    marked = origin.head(len(UTF8_MARK)) == UTF8_MARK
    stream = origin.open()
    if marked:
        stream.read(len(UTF8_MARK))
    return stream
