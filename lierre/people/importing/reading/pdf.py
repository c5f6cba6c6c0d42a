"""The XML that some CVs carry inside their PDF, as Europass does."""

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import pypdf
from pypdf.errors import DependencyError, FileNotDecryptedError, LimitReachedError, PyPdfError

from lierre.people.importing.reading.limits import LIMITS, Limits
from lierre.people.importing.reading.origin import Origin
from lierre.people.importing.statement import Unreadable

SIGN: Final = b"%PDF-"
logging.getLogger("pypdf").setLevel(logging.ERROR)  # it warns of every small oddity of a file that we only look into
# A damaged PDF makes its reader stumble in many ways; none of them is ours to repair.
_ACCIDENTS: Final = (PyPdfError, DependencyError, LookupError, ValueError, TypeError, AttributeError, AssertionError,
                     ArithmeticError, RecursionError, NotImplementedError, OSError)  # fmt: skip
ATTACHMENTS: Final = 20  # looked at; a CV has one or two


def xml_inside(origin: Origin, limits: Limits = LIMITS) -> tuple[str, bytes]:
    """Name and content of the first XML attachment. A PDF without one holds nothing that can be read for certain."""
    content = origin.read(limits.document)
    with _reading(origin.name, limits):
        reader = pypdf.PdfReader(io.BytesIO(content))
        for count, attached in enumerate(reader.attachment_list):
            if count == ATTACHMENTS:
                break
            inside = attached.content
            if attached.name.casefold().endswith(".xml") or inside.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml"):
                return attached.name, inside
    raise Unreadable("pdf_without_data", origin.name)


@contextmanager
def _reading(name: str, limits: Limits) -> Iterator[None]:
    """Bounds what any stream of the PDF may inflate to, and says the reader's accidents as refusals."""
    bounds: dict[str, Any] = {
        "zlib_maximum_output_length": limits.document,
        "lzw_maximum_output_length": limits.document,
        "run_length_maximum_output_length": limits.document,
        "array_based_stream_maximum_output_length": limits.document,
        "maximum_declared_stream_length": limits.document,
        "stream_decoding_work_maximum_length": 2 * limits.document,
    }
    try:
        with pypdf.apply_configuration(**bounds):
            yield
    except LimitReachedError as accident:
        raise Unreadable("pdf_too_dense", name) from accident
    except FileNotDecryptedError as accident:
        raise Unreadable("encrypted", name) from accident
    except _ACCIDENTS as accident:
        raise Unreadable("pdf_damaged", name) from accident
