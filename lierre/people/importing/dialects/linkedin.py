"""
The archive that LinkedIn gives to a member about themselves.

Only the files in ALLOWED are opened. Connections, messages, invitations and searches speak of other people, or of what
is nobody's business here: they stay closed, and the person is told so.
"""

import csv
import io
from collections.abc import Iterator
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lierre.people.faults import Fault
from lierre.people.importing.dialects.linkedin_profile import tell
from lierre.people.importing.dialects.saying import Telling
from lierre.people.importing.reading import entry_names, read_allowed
from lierre.people.importing.reading.blocks import wide_codec
from lierre.people.importing.reading.header import fold_header
from lierre.people.importing.statement import Statement
from lierre.people.importing.table import Document

# Names with blanks; underscores and case do not count. One column that each of them always has, to find the header
# under a preamble of notes.
ALLOWED: Final = {
    "Profile.csv": {"first name", "prenom"},
    "Profile Summary.csv": {"profile summary"},
    "Positions.csv": {"company name", "nom de l entreprise"},
    "Education.csv": {"school name", "nom de l etablissement"},
    "Skills.csv": {"name", "nom"},
    "Languages.csv": {"name", "nom"},
    "Certifications.csv": {"authority", "license number", "autorite"},
    "Email Addresses.csv": {"email address", "adresse e mail"},
    "PhoneNumbers.csv": {"number", "numero"},
    "Phone Numbers.csv": {"number", "numero"},
}
PREAMBLE: Final = 12  # lines, at most, before a header
ROWS: Final = 2_000

Rows = list[dict[str, str]]


class LinkedIn:
    """One archive says one thing: what a person told LinkedIn about themselves."""

    name = "linkedin"
    label: str | Promise = _("LinkedIn archive of a member")
    source_kind = "archive"
    order = 10

    def recognises(self, document: Document) -> float:
        return float(document.kind == "linkedin")

    def statements(self, document: Document) -> Iterator[Statement | Fault]:
        found = {name: rows_of(name, content) for name, content in read_allowed(document.path, ALLOWED)}
        said = Telling()
        tell(said, found)
        facts = said.close()
        if not facts:
            yield Fault("nothing_of_owner", 0, value=document.name)
            return
        yield Statement(1, {name: rows for name, rows in found.items() if rows}, facts, doubts=tuple(said.doubts))

    def left_aside(self, document: Document) -> list[str]:
        allowed = set(fold_header(list(ALLOWED)))
        return [name for name in entry_names(document.path) if fold_header(name) not in allowed]


def rows_of(name: str, content: bytes) -> Rows:
    """The lines of one file, by the folded names of their columns. A file that holds a sentence only has none."""
    text = decoded(content).replace("\x00", "")
    delimiter = "\t" if text[:2000].count("\t") > text[:2000].count(",") else ","
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    header: tuple[str, ...] = ()
    found: Rows = []
    for number, cells in enumerate(bounded(lines)):
        if not header:
            folded = fold_header(cells)
            if ALLOWED[name] & set(folded):
                header = folded
            elif number >= PREAMBLE:
                return []
        elif any(cell.strip() for cell in cells) and len(found) < ROWS:
            found.append({key: cell.strip() for key, cell in zip(header, cells, strict=False) if cell.strip()})
    return found


def bounded(lines: Any) -> Iterator[list[str]]:
    """The lines up to the first that no reader of CSV can take, such as a cell of more than 128 kB."""
    while True:
        try:
            cells = next(lines, None)
        except csv.Error:
            return
        if cells is None:
            return
        yield cells


def decoded(content: bytes) -> str:
    """UTF-8 nearly always; some archives of 2018 are in UTF-16, with its mark or without."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    if wide := wide_codec(content):
        return content.decode(wide, errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


ALL: Final = (LinkedIn(),)
