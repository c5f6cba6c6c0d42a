"""Workbooks: values as text, every visible sheet a table, and nothing loaded that would exhaust the machine."""

import datetime
import zipfile

import pytest
import xlsxwriter
import xlwt

from lierre.people.importing.reading import LIMITS, open_upload
from lierre.people.importing.reading.tests.files import file_of, lines_of, refusal, taken_and_refused, zip_of

ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="Feuille1">{}</table:table></office:spreadsheet></office:body></office:document-content>'
)


def xlsx(folder, fill, name="classeur"):
    """Named without an extension, so that only its content can tell what it is."""
    path = folder / name
    with xlsxwriter.Workbook(str(path)) as workbook:
        fill(workbook)
    return path


def ods(folder, rows):
    return zip_of(
        folder,
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
            "content.xml": ODS.format(rows),
        },
    )


def cell(text, repeated=1):
    return (
        f'<table:table-cell table:number-columns-repeated="{repeated}" office:value-type="string">'
        f"<text:p>{text}</text:p></table:table-cell>"
    )


def row(cells, repeated=1):
    return f'<table:table-row table:number-rows-repeated="{repeated}">{cells}</table:table-row>'


def gap(width):
    return f'<table:table-cell table:number-columns-repeated="{width}"/>'


def people(workbook):
    day, moment = (workbook.add_format({"num_format": form}) for form in ("dd/mm/yyyy", "dd/mm/yyyy hh:mm"))
    sheet = workbook.add_worksheet("Diplômés")
    sheet.write(0, 0, "Diplômés de 2014")
    sheet.write_row(2, 0, ["Numéro", "Nom", "Né le", "Vu le", "Note", "Cotisant", "Total"])
    sheet.write_string(3, 0, "007")
    sheet.write_row(3, 1, ["\u00a0Hervé"])
    sheet.write_datetime(3, 2, datetime.date(1991, 5, 17), day)
    sheet.write_datetime(3, 3, datetime.datetime.fromisoformat("2026-01-02T08:30"), moment)
    sheet.write_number(3, 4, 0.1 + 0.2)
    sheet.write_boolean(3, 5, True)
    sheet.write_formula(3, 6, "=1+1", None, 2)
    sheet.write_row(5, 0, [33612345678, "Riou"])


def test_values_arrive_as_text(tmp_path):
    (table,) = open_upload(xlsx(tmp_path, people), "diplomes.csv")

    assert table.header == ("Numéro", "Nom", "Né le", "Vu le", "Note", "Cotisant", "Total")
    assert (table.name, table.header_line, table.encoding) == ("diplomes.csv", 3, "")
    assert lines_of(table) == [
        (4, ("007", "Hervé", "1991-05-17", "2026-01-02T08:30:00", "0.3", "1", "2")),
        (6, ("33612345678", "Riou", "", "", "", "", "")),
    ]


def test_every_visible_sheet_is_a_table_and_notes_are_left_aside(tmp_path):
    def fill(workbook):
        notes, first, second, hidden = (
            workbook.add_worksheet(name) for name in ("Lisez-moi", "2013", "2014", "Listes")
        )
        notes.write_column(0, 0, ["Deux promotions", "Voir Solenn"])
        first.write_row(0, 0, ["Nom", "Prénom"])
        second.write_row(0, 0, ["Nom", "Prénom"])
        hidden.write_row(0, 0, ["a", "b"])
        hidden.hide()

    tables = open_upload(xlsx(tmp_path, fill), "promotions.xlsx")

    assert [table.name for table in tables] == ["promotions.xlsx › 2013", "promotions.xlsx › 2014"]


def test_a_formula_written_as_text_and_a_cell_without_a_column_are_faults(tmp_path):
    def fill(workbook):
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, ["Nom", "Prénom"])
        sheet.write_string(1, 0, "=cmd|' /C calc'!A0")
        sheet.write_row(2, 0, ["Hervé", "Amélie", "à rappeler"])
        sheet.write_row(3, 0, ["Riou", "Gwenaël"])

    (table,) = open_upload(xlsx(tmp_path, fill), "classeur")
    rows, faults = taken_and_refused(table)

    assert [row.cells for row in rows] == [("Riou", "Gwenaël")]
    assert [(fault.code, fault.line, fault.column) for fault in faults] == [
        ("suspicious_formula", 2, "Nom"),
        ("wrong_column_count", 3, ""),
    ]


def test_the_old_binary_workbook_is_read(tmp_path):
    book = xlwt.Workbook()
    sheet = book.add_sheet("Diplômés")
    for line, cells in enumerate([["Nom", "Prénom", "Né le"], ["Hervé", "Amélie", datetime.date(1991, 5, 17)]]):
        for column, value in enumerate(cells):
            style = xlwt.easyxf(num_format_str="DD/MM/YYYY") if line and column == 2 else xlwt.Style.default_style
            sheet.write(line, column, value, style)
    book.save(str(tmp_path / "classeur"))

    (table,) = open_upload(tmp_path / "classeur", "classeur.csv")

    assert lines_of(table) == [(2, ("Hervé", "Amélie", "1991-05-17"))]


def test_the_open_document_is_read_in_spite_of_its_million_empty_rows(tmp_path):
    rows = row(cell("Nom") + cell("Prénom") + gap(16382)) + row(cell("Hervé") + cell("Amélie") + gap(16382))

    (table,) = open_upload(ods(tmp_path, rows + row(gap(16384), 1048574)), "classeur")

    assert lines_of(table) == [(2, ("Hervé", "Amélie"))]


def test_a_workbook_inside_a_zip_is_read(tmp_path):
    inside = xlsx(tmp_path, people).read_bytes()

    (table,) = open_upload(zip_of(tmp_path, {"2014/diplomes.xlsx": inside}), "envoi.zip")

    assert table.name == "envoi.zip › 2014/diplomes.xlsx"
    assert len(list(table.rows())) == 2


def test_a_truncated_workbook_is_refused(tmp_path):
    whole = xlsx(tmp_path, people).read_bytes()

    assert refusal(file_of(tmp_path, whole[: len(whole) // 2])).code == "truncated"


def test_a_truncated_or_mangled_binary_workbook_is_refused(tmp_path):
    book = xlwt.Workbook()
    book.add_sheet("Diplômés").write(0, 0, "Nom")
    book.save(str(tmp_path / "classeur"))
    whole = (tmp_path / "classeur").read_bytes()

    for kept in (600, 1500, len(whole) // 2):
        assert refusal(file_of(tmp_path, whole[:kept])).code in {"workbook_damaged", "unknown_type"}


def test_a_workbook_under_a_password_is_refused(tmp_path):
    container = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600

    assert refusal(file_of(tmp_path, container)).code == "encrypted"


def test_empty_workbooks_and_other_office_files_are_refused(tmp_path):
    assert refusal(xlsx(tmp_path, lambda workbook: workbook.add_worksheet())).code == "empty"
    letter = zip_of(tmp_path, {"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"})
    assert refusal(letter).code == "unknown_type"


@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "docProps/app.xml"]
)
def test_an_entity_bomb_in_any_part_is_refused(tmp_path, part, codec):
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'
    with zipfile.ZipFile(xlsx(tmp_path, people)) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}

    fault = refusal(zip_of(tmp_path, parts | {part: bomb.encode(codec)}))

    assert fault.code == "xml_entities"


def test_one_cell_far_right_and_one_far_down_do_not_fill_the_memory(tmp_path):
    def fill(workbook):
        sheet = workbook.add_worksheet()
        sheet.write(0, 0, "Nom")
        sheet.write(0, 16383, "x")
        sheet.write(1048575, 0, "y")

    assert refusal(xlsx(tmp_path, fill)).code == "sheet_too_large"


def test_empty_cells_that_bear_a_colour_do_not_count(tmp_path):
    def fill(workbook):
        sheet, colour = workbook.add_worksheet(), workbook.add_format({"bg_color": "yellow"})
        sheet.write_row(0, 0, ["Nom", "Prénom"])
        sheet.write_row(1, 0, ["Hervé", "Amélie"])
        sheet.write_blank(1048575, 16383, None, colour)

    (table,) = open_upload(xlsx(tmp_path, fill), "classeur")

    assert len(list(table.rows())) == 1


def test_repeated_cells_of_an_open_document_do_not_fill_the_memory(tmp_path):
    wide = row(cell("Nom") + cell("Prénom")) + row(gap(16000) + cell("x")) * 2000
    tall = row(cell("Nom") + cell("Prénom", 100)) + row(cell("x"), 1_000_000)

    assert refusal(ods(tmp_path, wide)).code == "sheet_too_large"
    assert refusal(ods(tmp_path, tall)).code == "sheet_too_large"


def test_a_workbook_that_swells_is_refused(tmp_path):
    with zipfile.ZipFile(xlsx(tmp_path, people)) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    padding = b" " * (LIMITS.ratio_from + 1)

    assert refusal(zip_of(tmp_path, parts | {"xl/sharedStrings.xml": padding})).code == "zip_ratio"
