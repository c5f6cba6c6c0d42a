"""Tables that leave the house open rightly elsewhere, and compute nothing there."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from python_calamine import CalamineWorkbook

from lierre.foundation.errors import Refused
from lierre.foundation.export import csv_response, guarded, stream_csv, write_xlsx

NOON = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "attack", ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1", "  =1+1", "＝1+1", "-cmd|' /C calc'!A0", "=\n1"]
)
def test_no_cell_becomes_a_formula(attack):
    assert guarded(attack) == "'" + attack


@pytest.mark.parametrize("value", ["+33 6 12 34 56 78", "-12,5", "Le Goff", "a=b", "", -12, 3.5, Decimal("-1.20")])
def test_what_computes_nothing_is_left_alone(value):
    assert guarded(value) == value


def test_a_csv_opens_in_a_french_spreadsheet():
    rows = [("Hervé; Amélie", None, NOON, True), ('dit "la Grande"', "deux\nlignes", date(2026, 7, 1), 0)]

    text = b"".join(stream_csv(("Nom", "Vide", "Quand", "Oui"), iter(rows)))

    assert text.startswith("\ufeffNom;Vide;Quand;Oui\r\n".encode())
    assert '"Hervé; Amélie";;2026-07-01 14:00:00;True\r\n'.encode() in text
    assert b'"dit ""la Grande""";"deux\nlignes";2026-07-01;0\r\n' in text


def test_a_long_csv_leaves_piece_by_piece():
    given = []

    def rows():
        for number in range(2_000):
            given.append(number)
            yield (number,)

    pieces = iter(csv_response("numbers", ("Number",), rows()).streaming_content)

    assert next(pieces).endswith(b"Number\r\n")
    assert given == []
    next(pieces)
    assert len(given) == 500


def test_a_workbook_keeps_types_and_computes_nothing():
    file = io.BytesIO()
    rows = [("=1+1", 3, Decimal("2.5"), NOON, date(2026, 7, 1), None, float("nan"), "x" * 40_000, "http://ubn.example")]

    count = write_xlsx(file, [f"column {number}" for number in range(9)], iter(rows))

    file.seek(0)
    header, row = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python()
    assert (count, header[0]) == (1, "column 0")
    assert row[:5] == ["=1+1", 3.0, 2.5, datetime(2026, 7, 1, 14, 0), date(2026, 7, 1)]  # noqa: DTZ001
    assert (row[5], row[6], len(row[7]), row[8]) == ("", "nan", 32_767, "http://ubn.example")


def test_a_sheet_that_is_too_short_is_refused(monkeypatch):
    monkeypatch.setattr("lierre.foundation.export.SHEET_ROWS", 2)

    with pytest.raises(Refused):
        write_xlsx(io.BytesIO(), ("Number",), ((number,) for number in range(3)))
