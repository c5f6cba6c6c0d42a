"""The ways in which real systems write persons down. A table or a document is recognised by what it holds."""

from typing import Any, Final

from lierre.people.importing.dialect import DocumentDialect, TableDialect
from lierre.people.importing.dialects import alumnforce, apogee, europass, hivebrite, linkedin, registers, resume
from lierre.people.importing.dialects.generic import mapped, suggest
from lierre.people.importing.dialects.targets import TARGETS
from lierre.people.importing.table import Document, Table

TABLES: Final[tuple[TableDialect, ...]] = (*apogee.ALL, *alumnforce.ALL, *registers.ALL)
DOCUMENTS: Final[tuple[DocumentDialect, ...]] = (*linkedin.ALL, *hivebrite.ALL, *resume.ALL, *europass.ALL)
GENERIC: Final[TableDialect] = mapped({})
ALL: Final[tuple[TableDialect | DocumentDialect, ...]] = (*TABLES, *DOCUMENTS, GENERIC)
# Their lines speak of nobody: they teach labels to their sisters, or name groups.
SILENT: Final = frozenset(dialect.name for dialect in TABLES if getattr(dialect, "silent", False))
_BY_NAME: Final = {dialect.name: dialect for dialect in ALL}


def by_name(name: str) -> Any:  # of a table or of a document: whoever asks knows which
    """The dialect stored under this name. An unknown name is a mistake of ours, and raises KeyError."""
    return _BY_NAME[name]


def recognise(part: Table | Document) -> TableDialect | DocumentDialect | None:
    """The dialect of a table or a document, when one of them is sure of it. The most demanding one wins."""
    if isinstance(part, Document):
        return next((dialect for dialect in DOCUMENTS if dialect.recognises(part) >= 1), None)
    sure = [dialect for dialect in TABLES if dialect.recognises(part.header) >= 1]
    return max(sure, key=lambda dialect: len(getattr(dialect, "signature", ())), default=None)


__all__ = ["ALL", "DOCUMENTS", "GENERIC", "SILENT", "TABLES", "TARGETS", "by_name", "mapped", "recognise", "suggest"]
