"""Lines that cannot be taken are told one by one, with what is needed to mend them; the others go on."""

import pytest

from lierre.people.importing.reading.tests.files import lines_of, table_of, taken_and_refused

HEADER = "Nom;Prénom;Année\n"


def test_a_cell_too_few_or_too_many_is_a_fault_of_its_line(tmp_path):
    rows, faults = taken_and_refused(
        table_of(tmp_path, HEADER + "Hervé;Amélie;2014\nRiou;Gwenaël\nLe;Goff;Yann;2009\n")
    )

    assert [row.number for row in rows] == [2]
    assert [(fault.code, fault.line, fault.value) for fault in faults] == [
        ("wrong_column_count", 3, "2/3"),
        ("wrong_column_count", 4, "4/3"),
    ]
    assert faults[1].cells == ("Le", "Goff", "Yann", "2009")


def test_a_line_of_two_hundred_columns_is_several_lines_run_together(tmp_path):
    rows, faults = taken_and_refused(
        table_of(tmp_path, HEADER + "Hervé;Amélie;2014\n" + "x;" * 199 + "x\nRiou;Gwen;2011\n")
    )

    assert [row.number for row in rows] == [2, 4]
    assert [(fault.code, fault.line, fault.value) for fault in faults] == [("too_many_cells", 3, "200/3")]


def test_a_zero_byte_is_a_fault_and_is_never_passed_on(tmp_path):
    rows, faults = taken_and_refused(table_of(tmp_path, HEADER + "Her\0vé;Amélie;2014\nRiou;Gwenaël;2011\n"))

    assert [row.number for row in rows] == [3]
    assert [(fault.code, fault.line, fault.column) for fault in faults] == [("nul_byte", 2, "Nom")]
    assert faults[0].cells == ("Hervé", "Amélie", "2014")


@pytest.mark.parametrize(
    "formula",
    [
        "=cmd|' /C calc'!A0",
        "=1+1",
        '=HYPERLINK("https://piege.example")',
        "@SUM(1+1)*cmd|' /C calc'!A0",
        "+cmd|' /C calc'!A0",
        "-2+3+cmd|' /C calc'!A0",
        "+A1+CONCATENATE(A2)",
        "\t=cmd|' /C calc'!A0",
        "\u00a0=1+1",
        "＝1+1",
    ],
)
@pytest.mark.parametrize("quoted", [False, True])
def test_a_formula_is_a_fault_with_its_column(tmp_path, formula, quoted):
    cell = '"' + formula.replace('"', '""') + '"' if quoted or '"' in formula else formula
    rows, faults = taken_and_refused(table_of(tmp_path, HEADER + f"Hervé;{cell};2014\nRiou;Gwenaël;2011\n"))

    assert [row.number for row in rows] == [3]
    assert [(fault.code, fault.line, fault.column) for fault in faults] == [("suspicious_formula", 2, "Prénom")]


@pytest.mark.parametrize(
    "harmless",
    [
        "+33 (0)6 12 34 56 78",
        "+33612345678",
        "-",
        "--",
        "-12,5 %",
        "- Gestion de projet (BTP)",
        "-Java|Python",
        "=> Pilotage",
        "=====",
        "@amelie",
        "+",
        "-5 (hors taxes)",
        "- Bravo!",
    ],
)
def test_telephones_dashes_and_bullets_pass(tmp_path, harmless):
    table = table_of(tmp_path, HEADER + f"Hervé;{harmless};2014\n")

    assert lines_of(table) == [(2, ("Hervé", harmless, "2014"))]


def test_text_that_an_export_protects_as_a_formula_is_freed(tmp_path):
    assert lines_of(table_of(tmp_path, HEADER + 'Hervé;="0029";2014\n')) == [(2, ("Hervé", "0029", "2014"))]


def test_a_quote_never_closed_costs_one_line(tmp_path):
    text = HEADER + 'Hervé;Amélie;2014\nLe Goff;"Yann;2009\nRiou;Gwenaël;2011\nKerbrat;"Solenn";2005\nQuéré;Malo;2003\n'

    rows, faults = taken_and_refused(table_of(tmp_path, text))

    assert [row.number for row in rows] == [2, 4, 5, 6]
    assert [(fault.code, fault.line) for fault in faults] == [("unclosed_quote", 3)]
    assert faults[0].cells == ("Le Goff", '"Yann', "2009")


def test_a_cell_longer_than_any_is_told_as_such_and_costs_one_line(tmp_path):
    long = "x" * 200_000
    for line in (f"{long};Riou", f'"{long}";Riou'):
        rows, faults = taken_and_refused(table_of(tmp_path, f'Rue;Nom\n"3; rue";Hervé\n{line}\n"4; rue";Bellec\n'))

        assert [row.cells[1] for row in rows] == ["Hervé", "Bellec"]
        assert [(fault.code, fault.line) for fault in faults] == [("cell_too_long", 3)]


def test_a_record_that_never_ends_costs_one_line_too(tmp_path):
    people = "".join(f"Riou;Gwenaël;{1900 + number % 100}\n" for number in range(3000))
    text = HEADER + 'Kerbrat;"Solenn";2005\n' * 20 + 'Le Goff;"Yann;2009\n' + people

    rows, faults = taken_and_refused(table_of(tmp_path, text))

    assert len(rows) == 3020
    assert [(fault.code, fault.line) for fault in faults] == [("unclosed_quote", 22)]


def test_a_file_that_ends_inside_quotes_is_truncated_there(tmp_path):
    text = HEADER + 'Hervé;"Amélie";2014\nRiou;"Gwenaël";2011\nKerbrat;"Sole'

    rows, faults = taken_and_refused(table_of(tmp_path, text))

    assert [row.number for row in rows] == [2, 3]
    assert [(fault.code, fault.line, fault.value) for fault in faults] == [("truncated", 4, 'Kerbrat;"Sole')]


def test_lines_swallowed_by_the_last_open_quote_are_given_back(tmp_path):
    text = HEADER + 'Hervé;"Amélie";2014\nLe Goff;"Yann;2009\nRiou;Gwenaël;2011\nQuéré;Malo;2003\n'

    rows, faults = taken_and_refused(table_of(tmp_path, text))

    assert [row.number for row in rows] == [2, 4, 5]
    assert [(fault.code, fault.line) for fault in faults] == [("truncated", 3)]


def test_a_file_cut_in_the_middle_of_a_line_says_so(tmp_path):
    rows, faults = taken_and_refused(table_of(tmp_path, HEADER + "Hervé;Amélie;2014\nRiou;Gwe"))

    assert [row.number for row in rows] == [2]
    assert [(fault.code, fault.line) for fault in faults] == [("truncated", 3)]


def test_a_file_cut_in_the_middle_of_a_letter_says_so(tmp_path):
    whole = (HEADER + "Hervé;Amélie;2014\nQuéré;Malo;2003\nHervé").encode()

    rows, faults = taken_and_refused(table_of(tmp_path, whole[:-1]))

    assert [row.number for row in rows] == [2, 3]
    assert [(fault.code, fault.line) for fault in faults] == [("truncated", 4)]


@pytest.mark.parametrize("other", ["", 'Kerbrat;"Solenn";2005\n'])
def test_a_return_alone_is_a_fault_of_its_line(tmp_path, other):
    rows, faults = taken_and_refused(table_of(tmp_path, HEADER + other + "Her\rvé;Amélie;2014\nRiou;Gwenaël;2011\n"))

    assert rows[-1].cells == ("Riou", "Gwenaël", "2011")
    assert [(fault.code, fault.line) for fault in faults] == [("stray_line_break", 2 + bool(other))]


def test_bad_lines_are_numbered_rightly_across_blocks(tmp_path):
    """Blocks are a quarter of a megabyte: some end between lines, some inside a record."""
    good = 'Hervé;"Amélie\nMarie";2014\n'
    text = HEADER + "".join(good * 700 + "Riou;Gwenaël\n" for _ in range(60))

    rows, faults = taken_and_refused(table_of(tmp_path, text))

    assert len(rows) == 700 * 60
    assert [fault.line for fault in faults] == [1 + 1401 * number for number in range(1, 61)]
    assert {row.number % 1401 % 2 for row in rows[:700]} == {0}
