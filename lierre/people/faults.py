"""Faults of files that were brought: the sentence of each and what to do about it, in the reader's language."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lierre.people.faults_of_archives import ARCHIVES, Words


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a file that we could not accept, said by a code so that each reader sees it in their language.

    `line` counts from 1, the header included, as a spreadsheet or an editor numbers it; 0 is the file as a whole.
    """

    code: str
    line: int = 0
    column: str = ""
    value: str = ""


ERASED_ON_REQUEST: Final = "erased_on_request"
LIKE_SOMEBODY_ERASED: Final = "like_somebody_erased"

CELLS: Final = {
    "impossible_date": Words(
        _("“%(value)s” is not a date that exists."),
        _("Correct the date, or leave it empty if nobody knows it."),
    ),
    "ambiguous_date": Words(
        _("“%(value)s” can be read as day then month, or as month then day."),
        _("Write the date as year-month-day, for instance 1991-05-17. Until then it is left out, and not guessed."),
    ),
    "too_old_or_future_date": Words(
        _("“%(value)s” is too long ago, or still to come."),
        _("Check the year, above all when it is written with two figures."),
    ),
    "bad_year": Words(
        _("“%(value)s” is not a year that can be right here."),
        _("Write the year with four figures."),
    ),
    "bad_ine": Words(
        _("“%(value)s” is not a national student number: eleven characters are expected, the last one a check."),
        _("Compare it with the school’s information system, or leave it empty."),
    ),
    "bad_email": Words(
        _("“%(value)s” is not an e-mail address."),
        _("Correct the address, or leave it empty: a wrong address is worse than none."),
    ),
    "unknown_value": Words(
        _("“%(value)s” is not one of the values known here."),
        _("Correct the value, or leave it empty."),
    ),
    "suspicious_formula": Words(
        _("“%(value)s” is a formula, which a spreadsheet could run."),
        _("If it should be plain text, take away the sign that it begins with. Never open this file in a spreadsheet."),
    ),
    "nul_byte": Words(
        _("“%(value)s” holds a character that is no text."),
        _("The character has been taken out here: check the line and replay it."),
    ),
    "encoding_changes": Words(
        _("“%(value)s” was written in another encoding than the rest of the file."),
        _("The line is shown as it could be guessed: check its accents and replay it, or export the file in UTF-8."),
    ),
}

LINES: Final = {
    "no_name": Words(
        _("This line names nobody."),
        _("Give a family name and a given name, or set the line aside."),
    ),
    "missing_identifier": Words(
        _("This line lacks the identifier that tells whom it is about."),
        _("Complete the identifier, or set the line aside."),
    ),
    "no_person_yet": Words(
        _("Nobody is known yet under the identifier “%(value)s”."),
        _("Bring the file of persons first, or together with this one: the line then finds its person."),
    ),
    ERASED_ON_REQUEST: Words(
        _("Whoever this line speaks of was erased because they asked for it."),
        _("Nothing is to be done: only they can come back, by themselves or through the data protection officer."),
    ),
    LIKE_SOMEBODY_ERASED: Words(
        _("This line resembles somebody who was erased because they asked for it."),
        _("Look at it where it comes from. Set it aside if it is them; take it if it is somebody else."),
    ),
    "keys_disagree": Words(
        _("The identifiers of this line belong to several persons."),
        _("Choose the person, or set the line aside."),
    ),
    "resembles": Words(
        _("This line resembles somebody of the base, and no number settles it."),
        _("Say whether it is the same person."),
    ),
    "resembles_a_line": Words(
        _("This line resembles another line of the same file, whose person is new."),
        _("Say whether it is the same person."),
    ),
    "wrong_column_count": Words(
        _("This line has %(found)s cells, where the header has %(expected)s."),
        _("A delimiter is missing or too many, often inside a text: put the cells back under their columns."),
    ),
    "too_many_cells": Words(
        _("This line has %(found)s cells, where the header has %(expected)s: several lines have run together."),
        _("Export the file again, or set the line aside."),
    ),
    "unclosed_quote": Words(
        _("A quotation mark is opened on this line and never closed: “%(value)s”."),
        _("Close the quotation mark, or take it away. The lines that follow have been read."),
    ),
    "cell_too_long": Words(
        _("A cell of this line holds more than a hundred thousand characters."),
        _("It is probably not meant for this column: look at the line where it comes from, and shorten it."),
    ),
    "stray_line_break": Words(
        _("A line break stands in the middle of this line: “%(value)s”."),
        _("Take the line break away."),
    ),
    "truncated": Words(
        _("The file stops in the middle of this line: “%(value)s”."),
        _("Fetch the file again: what followed is missing."),
        _("“%(value)s” is cut short: its end is missing."),
    ),
}

FILES: Final = {
    "empty": Words(
        _("“%(value)s” is empty."),
        _("Check the export: it may have been made with a filter that keeps nothing."),
    ),
    "no_line": Words(
        _("“%(value)s” names its columns and holds no line."),
        _("Check the export: it may have been made with a filter that keeps nothing."),
    ),
    "unknown_type": Words(
        _("“%(value)s” is no file that can be read here."),
        _("Bring a CSV, an Excel or OpenDocument workbook, a ZIP of these, a LinkedIn archive, or a Europass CV."),
    ),
    "no_table": Words(
        _("No table is found in “%(value)s”: its lines have nothing in common."),
        _("Export it as CSV, one line per person, with the names of the columns on top."),
    ),
    "no_header": Words(
        _("No line of “%(value)s” names its columns."),
        _("Add a first line that says what each column is."),
    ),
    "duplicate_header": Words(
        _("Two columns of “%(value)s” bear the same name: “%(column)s”."),
        _("Rename one of the two columns, or remove it, so that nothing is read in place of something else."),
    ),
    "nul_in_header": Words(
        _("In “%(value)s”, the name of the column “%(column)s” holds a character that is no text."),
        _("Correct the name of the column, or export the file again."),
    ),
    "too_many_columns": Words(
        _("The header has %(value)s columns, far more than any known export."),
        _("Keep the columns that are about persons, and bring the file again."),
    ),
    "too_large": Words(
        _("“%(value)s” is too large to be read."),
        _("Split it into several files, and bring them together."),
    ),
    "line_too_long": Words(
        _("A single line is longer than %(value)s megabytes."),
        _("This is probably not a table. Export it again as CSV."),
    ),
    "encrypted": Words(
        _("“%(value)s” is protected by a password."),
        _("Take the password away in the program that wrote the file, and bring it again."),
    ),
    "other_archive": Words(
        _("“%(value)s” is an archive of a kind that is not opened here."),
        _("Unpack it, and bring its files as they are or as a ZIP."),
    ),
    "web_page": Words(
        _("“%(value)s” is a web page under the name of a workbook."),
        _("Open it in a spreadsheet, save it as XLSX or CSV, and bring that file."),
    ),
    "nothing_of_owner": Words(
        _("“%(value)s” says nothing of its owner."),
        _("Ask LinkedIn for the whole archive, with profile, positions and studies: what was chosen speaks of others."),
    ),
    "others_data": Words(
        _("“%(value)s” holds the contacts or the messages of a member of LinkedIn: people who do not know of it."),
        _("It is not read. Bring their whole archive: what it says of its owner is read, and nothing else."),
    ),
    "workbook_damaged": Words(
        _("The workbook “%(value)s” cannot be opened: it is damaged."),
        _("Open it in a spreadsheet, save it again, and bring that file."),
    ),
    "sheet_too_large": Words(
        _("A sheet of “%(value)s” spreads over too many cells to be loaded."),
        _("Save the sheet as CSV, or delete what stands in cells far away from the table."),
    ),
    "xml_entities": Words(
        _("“%(value)s” declares entities, which can be made to exhaust a machine or to read its files."),
        _("Do not trust this file. Ask whoever sent it how it was made."),
    ),
    "xml_damaged": Words(
        _("“%(value)s” is not well-formed XML."),
        _("Export it again."),
    ),
    "json_damaged": Words(
        _("“%(value)s” is not well-formed JSON in UTF-8."),
        _("Export it again."),
    ),
    "too_deep": Words(
        _("“%(value)s” is nested deeper than any real export."),
        _("Do not trust this file. Ask whoever sent it how it was made."),
    ),
    "pdf_without_data": Words(
        _("The PDF “%(value)s” carries no data: only text to look at."),
        _("Export the CV from Europass, whose PDF holds its data, or as Europass XML or JSON Resume."),
    ),
    "pdf_damaged": Words(
        _("The PDF “%(value)s” cannot be opened: it is damaged."),
        _("Export it again."),
    ),
    "pdf_too_dense": Words(
        _("The PDF “%(value)s” would take up far too much room once unpacked."),
        _("Do not trust this file. Ask whoever sent it how it was made."),
    ),
}

WORDS: Final[dict[str, Words]] = CELLS | LINES | FILES | ARCHIVES


def sentence(fault: Fault) -> str:
    """What happened, with the value and the column. An unknown code is a mistake of ours, and raises KeyError."""
    words = WORDS[fault.code]
    found, _slash, expected = fault.value.partition("/")
    named = {"value": fault.value, "column": fault.column, "found": found, "expected": expected}
    said = str(words.whole if words.whole and not fault.line else words.sentence) % named
    if not fault.column or fault.code not in CELLS:
        return said
    return gettext("Column “%(column)s”: %(sentence)s") % {"column": fault.column, "sentence": said}


def advice(fault: Fault) -> str:
    """What the person can do about it."""
    return str(WORDS[fault.code].advice)
