"""Whatever a program writes as CSV, in any encoding and with any delimiter, reads back the same."""

import csv
import io
import tempfile
from contextlib import suppress
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from lierre.people.importing.reading import blocks, open_bytes, open_upload
from lierre.people.importing.reading.tests.files import file_of, lines_of
from lierre.people.importing.statement import Unreadable
from lierre.people.importing.table import Row, Table

# The header holds what tells each encoding from the others; the cells hold what is the same character in none of them.
HEADERS = {
    "utf-8": ["Nom", "Prénom", "Cœur de métier"],
    "utf-8-sig": ["Nom", "Prénom", "Cœur de métier"],
    "utf-16": ["Nom", "Prénom", "Cœur de métier"],
    "cp1252": ["Nom", "Prénom", "Nom d’usage"],
    "iso-8859-15": ["Nom", "Prénom", "Cœur de métier"],
}
LETTERS = "abcABC éèàçôüÉÈÀÇÔÜ 0129'./#;,|\t\"\n"
# No formulas, no invisible edges, which are not kept, and no backslashes, which in tab-separated text may be escapes.
EVERYTHING = some.characters(
    exclude_categories=("Cs", "Cc"), exclude_characters="\\\u00a0\u202f\u2007\ufeff\ufffd\ufdd0=＝+＋-－@＠"
)
cells = some.text(some.sampled_from(LETTERS), max_size=12)
wide_cells = some.text(EVERYTHING | some.sampled_from('\n"'), max_size=12)

inner_quotes = cells.map(lambda cell: cell.replace('"', 'le "Goff" y'))


def rows_of(cell):
    """The first cell names somebody, so that no row is blank."""
    return some.lists(some.tuples(cell.map("Hervé {}".format), cell, cell), min_size=1, max_size=12)


def as_written(header, rows, encoding, **separated):
    text = io.StringIO(newline="")
    csv.writer(text, **separated).writerows([header, *rows])
    return text.getvalue().encode(encoding)


def numbered(header, rows):
    """Each row with the number of its first line."""
    number = 1 + "".join(header).count("\n") + 1
    for row in rows:
        yield number, row
        number += 1 + "".join(row).count("\n")


@pytest.mark.parametrize("encoding", HEADERS)
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@settings(max_examples=15, deadline=None)
@given(data=some.data())
def test_what_is_written_reads_back(encoding, delimiter, data):
    header = HEADERS[encoding]
    rows = data.draw(rows_of(wide_cells if encoding.startswith("utf") else cells))
    quoting = data.draw(some.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    end = data.draw(some.sampled_from(["\r\n", "\n"]))
    content = as_written(header, rows, encoding, delimiter=delimiter, quoting=quoting, lineterminator=end)

    with patch.object(blocks, "BLOCK", data.draw(some.integers(40, 400)) * 2):
        table = open_bytes(content, "diplomes.csv")
        assert lines_of(table) == list(numbered(header, rows))

    assert table.encoding == encoding
    assert table.header == tuple(header)
    assert table.delimiter == delimiter


@settings(max_examples=80, deadline=None)
@given(rows=rows_of(inner_quotes), block=some.integers(40, 400))
def test_what_is_written_without_quotes_reads_back(rows, block):
    header = ["Identifiant AF", "Poste", "Entreprise\\"]
    separated = {"delimiter": "\t", "quoting": csv.QUOTE_NONE, "escapechar": "\\", "quotechar": None}
    content = as_written(header, rows, "utf-8", **separated)

    with patch.object(blocks, "BLOCK", block):
        table = open_bytes(content, "export.tsv")
        assert lines_of(table) == list(numbered(header, rows))

    assert table.quoting is False


@settings(max_examples=80, deadline=None)
@given(content=some.binary(max_size=300) | some.text("ab;,\t|\"'\\\r\n =0é\0", max_size=200).map(str.encode))
def test_any_bytes_give_rows_faults_or_a_refusal_and_never_an_accident(content):
    with tempfile.TemporaryDirectory() as folder, suppress(Unreadable):
        for part in open_upload(file_of(Path(folder), content), "dépôt"):
            if isinstance(part, Table):
                numbers = [line.number if isinstance(line, Row) else line.line for line in part.rows()]
                assert numbers == sorted(set(numbers))
                assert all(number > part.header_line for number in numbers)
