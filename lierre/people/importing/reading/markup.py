"""XML from outside: read through once, without a document type, an entity, or a depth that would exhaust a parser."""

from typing import Any, BinaryIO
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

import defusedxml.sax
from defusedxml import DefusedXmlException

from lierre.people.importing.reading.limits import Limits
from lierre.people.importing.statement import Unreadable


class Depth(ContentHandler):
    """Counts how deep elements stand inside one another."""

    def __init__(self, name: str, limits: Limits) -> None:
        super().__init__()
        self.name, self.deepest, self.depth = name, limits.depth, 0

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: ARG002, N802 - the parser's names
        self.depth += 1
        if self.depth > self.deepest:
            raise Unreadable("too_deep", self.name)

    def endElement(self, name: str) -> None:  # noqa: ARG002, N802
        self.depth -= 1


def read_through(stream: BinaryIO, handler: Depth) -> None:
    """Parse to the end, so that what is opened afterwards is known to be whole and harmless."""
    try:
        defusedxml.sax.parse(stream, handler, forbid_dtd=True)
    except DefusedXmlException as danger:
        raise Unreadable("xml_entities", handler.name) from danger
    except SAXException as accident:
        raise Unreadable("xml_damaged", handler.name) from accident
