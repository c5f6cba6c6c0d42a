"""Separated text: what it is written in, how it is separated, and where its header stands."""

import pytest

from lierre.people.importing.reading.tests.files import file_of, lines_of, refusal, table_of, taken_and_refused

PEOPLE = "Nom;Prénom;Ville\nHervé;Amélie;Brest\nKerbrat;Solenn;L’Haÿ-les-Roses\n"


@pytest.mark.parametrize(
    ("codec", "mark", "said"),
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8", b"\xef\xbb\xbf", "utf-8-sig"),
        ("utf-16-le", b"\xff\xfe", "utf-16"),
        ("utf-16-be", b"\xfe\xff", "utf-16"),
        ("utf-16-le", b"", "utf-16"),
        ("utf-16-be", b"", "utf-16"),
        ("cp1252", b"", "cp1252"),
    ],
)
def test_the_encoding_is_told_by_the_bytes(tmp_path, codec, mark, said):
    table = table_of(tmp_path, mark + PEOPLE.encode(codec))

    assert table.encoding == said
    assert table.header == ("Nom", "Prénom", "Ville")
    assert lines_of(table) == [(2, ("Hervé", "Amélie", "Brest")), (3, ("Kerbrat", "Solenn", "L’Haÿ-les-Roses"))]


@pytest.mark.parametrize(
    ("place", "codec"),
    [
        ("Sacré-Cœur", "iso-8859-15"),  # a letter that touches others, where cp1252 would have ½
        ("Œuilly", "iso-8859-15"),
        ("Prix : 12 €", "iso-8859-15"),
        ("L'HAŸ-LES-ROSES", "iso-8859-15"),
        ("Sacré-Cœur", "cp1252"),
        ("« L’Île »…", "cp1252"),
        ("11½ rue de Siam", "cp1252"),  # a fraction touches digits
        ("Brest été", "cp1252"),  # both read the same
    ],
)
def test_cp1252_and_iso_8859_15_are_told_apart_by_what_french_text_may_hold(tmp_path, place, codec):
    table = table_of(tmp_path, f"Nom;Prénom;Lieu\nHervé;Amélie;{place}\n".encode(codec))

    assert table.encoding == codec
    assert lines_of(table) == [(2, ("Hervé", "Amélie", place))]


def test_lines_in_another_encoding_are_faults_and_the_others_go_on(tmp_path):
    first = "Nom;Prénom\nHervé;Amélie\nRiou;Gwenaël\nQuéré;Malo\n".encode()
    table = table_of(tmp_path, first + "Bégué;Hélène\n".encode("cp1252") + b"Cadiou;Lena\n")

    rows, faults = taken_and_refused(table)

    assert [row.number for row in rows] == [2, 3, 4, 6]
    (fault,) = faults
    assert (fault.code, fault.line, fault.column, fault.value) == ("encoding_changes", 5, "Nom", "Bégué")
    assert fault.cells == ("Bégué", "Hélène")


def test_utf_8_in_the_second_half_of_an_old_file_is_seen_too(tmp_path):
    old = "Nom;Prénom\n" + "Hervé;Amélie\n" * 5
    table = table_of(tmp_path, old.encode("cp1252") + "Quéré;Maïwenn\n".encode())

    rows, faults = taken_and_refused(table)

    assert table.encoding == "cp1252"
    assert {row.cells for row in rows} == {("Hervé", "Amélie")}
    assert [(fault.code, fault.line, fault.cells) for fault in faults] == [
        ("encoding_changes", 7, ("Quéré", "Maïwenn"))
    ]


def test_half_a_surrogate_spoils_its_line_only(tmp_path):
    text = "Nom\tPrénom\nHervé\tAmélie\nRi".encode("utf-16-le") + b"\x00\xd8" + "ou\tGwenaël\n".encode("utf-16-le")

    rows, faults = taken_and_refused(table_of(tmp_path, b"\xff\xfe" + text))

    assert [row.number for row in rows] == [2]
    assert [(fault.code, fault.line) for fault in faults] == [("encoding_changes", 3)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_told_by_the_lines_that_agree(tmp_path, delimiter):
    lines = [["Nom", "Adresse", "Année"], ["Hervé", "12, rue de Siam", "2014"], ["Riou", "Kerbonne", "2011"]]
    text = "\n".join(delimiter.join(f'"{cell}"' if delimiter in cell else cell for cell in line) for line in lines)

    table = table_of(tmp_path, text)

    assert table.delimiter == delimiter
    assert [cells for _, cells in lines_of(table)] == [tuple(line) for line in lines[1:]]


def test_a_first_line_may_announce_the_delimiter(tmp_path):
    table = table_of(tmp_path, "sep=|\nNom|Prénom\nHervé|Amélie\n")

    assert (table.delimiter, table.header_line) == ("|", 2)


def test_one_column_is_a_table_too(tmp_path):
    table = table_of(tmp_path, "Courriel\namelie.herve@courriel.example\nyann.legoff@ubn.example\n")

    assert table.header == ("Courriel",)
    assert [number for number, _ in lines_of(table)] == [2, 3]


def test_alumnforce_is_split_without_quotes_and_its_backslashes_undone(tmp_path):
    text = (
        "Identifiant AF\tTitre du poste\tNom de l'entreprise\r\n"
        '12\tDirectrice "Réseau"\t"Chez Solenn" SARL\r\n'
        "13\tChargé\\\tde mission\tArmor \\\\ Énergies\r\n"
        "14\tResponsable\\\r\nadjoint\tKreiz SAS\r\n"
    )

    table = table_of(tmp_path, text)

    assert (table.delimiter, table.quoting) == ("\t", False)
    assert lines_of(table) == [
        (2, ("12", 'Directrice "Réseau"', '"Chez Solenn" SARL')),
        (3, ("13", "Chargé\tde mission", "Armor \\ Énergies")),
        (4, ("14", "Responsable\nadjoint", "Kreiz SAS")),
    ]


def test_labels_that_hold_quotes_do_not_make_a_quoted_file(tmp_path):
    table = table_of(tmp_path, 'CODE|LIBELLE\n1|Licence "pro"\n2|"Arts" et lettres\n3|Master\n')

    assert table.quoting is False
    assert lines_of(table)[1] == (3, ("2", '"Arts" et lettres'))


def test_a_tab_separated_workbook_export_keeps_its_quotes(tmp_path):
    table = table_of(tmp_path, 'Nom\tRemarque\nHervé\t"deux\nlignes"\nRiou\t"dit ""Gwen"""\n')

    assert table.quoting is True
    assert lines_of(table) == [(2, ("Hervé", "deux\nlignes")), (4, ("Riou", 'dit "Gwen"'))]


def test_notes_above_a_header_are_passed_over(tmp_path):
    text = (
        'Notes:\n"When exporting your connection data, you may notice that some addresses, or emails, are missing."'
        "\n\nFirst Name,Last Name,URL,Email Address,Company,Position,Member Since\nYann,Le Goff,,,UBN,,12 Mar 2024\n"
    )

    table = table_of(tmp_path, text)

    assert (table.header[0], table.header_line) == ("First Name", 4)
    assert lines_of(table) == [(5, ("Yann", "Le Goff", "", "", "UBN", "", "12 Mar 2024"))]


def test_a_line_is_numbered_as_an_editor_does(tmp_path):
    text = 'Titre;"Note\nsur deux lignes"\nLycée;"Plein\nde\nlignes"\n\n;\nFin;x\n'

    table = table_of(tmp_path, text)

    assert table.header == ("Titre", "Note sur deux lignes")
    assert lines_of(table) == [(3, ("Lycée", "Plein\nde\nlignes")), (8, ("Fin", "x"))]


def test_lines_may_end_as_on_any_system(tmp_path):
    for end in ("\n", "\r\n", "\r"):
        table = table_of(tmp_path, PEOPLE.replace("\n", end))
        assert [number for number, _ in lines_of(table)] == [2, 3]


def test_the_last_line_needs_no_end(tmp_path):
    assert [number for number, _ in lines_of(table_of(tmp_path, PEOPLE.rstrip("\n")))] == [2, 3]


def test_unseen_spaces_leave_the_edges_of_cells_and_nothing_else_changes(tmp_path):
    table = table_of(tmp_path, "Nom;Prénom;Code\n\u00a0Hervé\u202f; Amélie ;007\nLe\u00a0Goff;Yann;\u00a0\n")

    assert lines_of(table) == [(2, ("Hervé", " Amélie ", "007")), (3, ("Le\u00a0Goff", "Yann", ""))]


def test_delimiters_that_end_every_line_are_not_columns(tmp_path):
    table = table_of(tmp_path, "Nom,Prénom,\nHervé,Amélie,\nRiou,Gwenaël,\n")

    assert table.header == ("Nom", "Prénom")
    assert lines_of(table)[0] == (2, ("Hervé", "Amélie"))


def test_reading_again_starts_anew(tmp_path):
    table = table_of(tmp_path, PEOPLE)

    assert list(table.rows()) == list(table.rows())


def test_a_name_of_a_column_that_is_no_text_is_refused(tmp_path):
    fault = refusal(file_of(tmp_path, "Nom;Pré\0nom\nHervé;Amélie\n"), name="diplomes.csv")

    assert (fault.code, fault.column) == ("nul_in_header", "Prénom")


def test_two_columns_of_one_name_are_refused_with_their_name(tmp_path):
    fault = refusal(file_of(tmp_path, "Nom;Courriel;COURRIEL\nHervé;a@courriel.example;b@courriel.example\n"))

    assert (fault.code, fault.column) == ("duplicate_header", "Courriel")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b" \r\n\r\n", "empty"),
        (b";;\n;;\n", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00\x00\x00\x01\x00\x08\x06\x00\x00\x00", "unknown_type"),
        (b"BEGIN:VCARD\nFN:Amelie Herve\nEND:VCARD\n", "unknown_type"),
        (b"Rar!\x1a\x07\x01\x00", "other_archive"),
        (b"<html><table><tr><td>Nom</td></tr></table></html>", "web_page"),
        ("20190001;Hervé;2014\n20190002;Riou;2011\n".encode(), "no_header"),
        (
            b"Dear all,\nhere is the list, as promised, of last year.\nIt has no columns.\nYours, Yann, UBN, Brest\n",
            "no_table",
        ),
        (";".join(f"c{n}" for n in range(500)).encode() + b"\n", "too_many_columns"),
        (b"Nom;Prenom\n" + b"x" * 5_000_000, "line_too_long"),
    ],
)
def test_what_is_no_table_is_refused_with_its_reason(tmp_path, content, code):
    assert refusal(file_of(tmp_path, content)).code == code
