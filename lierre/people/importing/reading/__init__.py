"""Reading files that people hand us: tables and documents are recognised by their content, never by their name."""

from lierre.people.importing.reading.archive import entry_names, read_allowed
from lierre.people.importing.reading.bad_line import BadLine
from lierre.people.importing.reading.documents import document_bytes
from lierre.people.importing.reading.limits import LIMITS, Limits
from lierre.people.importing.reading.upload import left_aside, open_bytes, open_upload

__all__ = [
    "LIMITS",
    "BadLine",
    "Limits",
    "document_bytes",
    "entry_names",
    "left_aside",
    "open_bytes",
    "open_upload",
    "read_allowed",
]
