"""The files are those an institution would have: same seed same bytes, real headers, bad lines, no real person."""

import csv
import json
import re
from collections import Counter
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from demo.exports import (
    alumnforce_full,
    alumnforce_nightly,
    apogee,
    apogee_2014,
    association,
    civicrm,
    linkedin,
    scodoc,
)
from demo.exports.catalogue import FILES, NAMES
from demo.write import block, main, write

SIZE = 4000
FICTION = ("019900", "026191", "035301", "046571", "053649", "063998")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of a small institution."""
    folder = tmp_path_factory.mktemp("institution")
    write(folder, SIZE)
    return folder


def table(path: Path, encoding: str = "utf-8-sig", delimiter: str = ";") -> list[list[str]]:
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.reader(file, delimiter=delimiter))


def everything(folder: Path) -> str:
    """All that is written anywhere, as text."""
    texts = []
    for path in sorted(folder.iterdir()):
        if path.suffix == ".xlsx":
            rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
            texts.append("\n".join(str(cell) for row in rows for cell in row))
        elif path.suffix == ".zip":
            with ZipFile(path) as archive:
                texts.extend(archive.read(name).decode() for name in archive.namelist())
        else:
            texts.append(path.read_bytes().decode("cp1252" if path.name.startswith(("apogee", "export-")) else "utf-8"))
    return "\n".join(texts)


def digests(folder: Path) -> dict[str, str]:
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def test_the_same_seed_gives_the_same_bytes_and_another_seed_gives_others(folder, tmp_path):
    write(tmp_path / "again", SIZE)
    write(tmp_path / "other", SIZE, seed=2015, only=["apogee"])

    assert digests(tmp_path / "again") == digests(folder)
    assert digests(tmp_path / "other")["apogee-2026.csv"] != digests(folder)["apogee-2026.csv"]


def test_asking_for_one_file_gives_the_bytes_it_has_among_the_others(folder, tmp_path):
    assert main([str(tmp_path), "--size", str(SIZE), "--only", "apogee", "linkedin"]) == 0

    alone = digests(tmp_path)
    assert alone.keys() == {"apogee-2026.csv", "Complete_LinkedInDataExport_11-04-2024.zip"}
    assert alone.items() <= digests(folder).items()


def test_a_larger_institution_begins_with_the_same_persons(folder):
    small, large = (block(3, 2014, size, ["apogee"]) for size in (SIZE, 1_000_000))

    assert small == large


def test_every_file_of_the_catalogue_is_written(folder):
    assert {path.name for path in folder.iterdir()} == {file for name in NAMES for file in FILES[name]}


def test_the_school_knows_everybody_once_per_degree(folder):
    header, *rows = table(folder / "apogee-2026.csv", "cp1252")
    persons = {row[0] for row in rows if row[0].startswith("1")}
    twice = SIZE // 400 + SIZE // 1000

    assert ";".join(header) == apogee.HEADER
    assert abs(len(persons) - SIZE) <= twice + 10
    assert SIZE * 1.2 < len(rows) < SIZE * 1.5


def test_the_school_file_has_the_bad_lines_that_its_module_announces(folder):
    header, *rows = table(folder / "apogee-2026.csv", "cp1252")
    columns = {name: at for at, name in enumerate(header)}
    whole = [row for row in rows if len(row) == len(header)]

    assert {len(row) - len(header) for row in rows} == {0, 1, 12 - len(header)}
    assert any(row[columns["DATE_NAI_IND"]].startswith(("30/02", "31/02")) for row in whole)
    assert any(not row[columns["LIB_NOM_PAT_IND"]] and not row[columns["LIB_PR1_IND"]] for row in whole)
    assert any(row[columns["LIB_AD1"]].startswith("=cmd") for row in whole)
    assert any(row[columns["COD_NNE_IND"]] + row[columns["COD_CLE_NNE_IND"]] == "0" * 12 for row in whole)


def test_some_persons_have_two_student_numbers_and_one_national_number(folder):
    header, *rows = table(folder / "apogee-2026.csv", "cp1252")
    numbers = {(row[2] + row[3], row[1]) for row in rows if len(row) == len(header) and row[2].strip("0")}
    by_ine = Counter(ine for ine, _ in numbers)

    assert 1 <= sum(count > 1 for count in by_ine.values()) <= SIZE // 300


def test_amelie_is_at_line_412_of_the_class_of_2014_of_a_whole_institution(tmp_path):
    write(tmp_path, 20_000, only=["apogee-2014"])

    rows = table(tmp_path / "apogee-2014.csv", "cp1252")
    licence, master = rows[apogee_2014.AMELIE_AT - 2], rows[apogee_2014.AMELIE_AT - 1]
    assert master[4:7] == ["HERVÉ", "", "Amélie"]
    assert (master[16], master[32]) == ("08/10/2014", "Master Statistique et société")
    assert (licence[16], licence[32]) == ("09/07/2012", "Licence Mathématiques appliquées")


def test_the_lines_of_2014_are_lines_of_the_whole_extract(folder):
    whole = (folder / "apogee-2026.csv").read_bytes().splitlines()
    of_2014 = (folder / "apogee-2014.csv").read_bytes().splitlines()

    assert len(of_2014) > 50
    assert set(of_2014) <= set(whole)


def test_the_headers_are_those_of_the_real_exports(folder):
    full = table(folder / "export-users-20261102-031500.csv", "iso-8859-15", ",")
    users = (folder / alumnforce_nightly.FILES[0]).read_bytes().decode().split("\r\n")

    assert full[0] == alumnforce_full.COLUMNS
    assert len(full[0]) == 125
    assert {len(row) for row in full} == {125, 80}
    assert users[0] == alumnforce_nightly.HEADERS["users"]
    assert {line.count("\t") for line in users if line} == {41, 40}
    assert tuple(table(folder / "scodoc-iut-lannion-2026.csv")[0]) == scodoc.HEADER
    assert tuple(table(folder / "civicrm-association.csv", delimiter=",")[0]) == civicrm.HEADER


def test_what_amelie_did_not_give_stays_in_her_archive(folder):
    with ZipFile(folder / linkedin.FILES[0]) as archive:
        names = archive.namelist()
        positions = archive.read("Positions.csv").decode()
        connections = archive.read("Connections.csv").decode()

    assert {"Connections.csv", "messages.csv", "Invitations.csv", "SearchQueries.csv"} <= set(names)
    assert connections.startswith("Notes:\n")
    assert "Armor Énergies,Data engineer" in positions
    assert "Responsable données" not in positions


def test_the_file_of_the_association_has_the_lines_that_the_screens_show(tmp_path):
    write(tmp_path, 20_000, only=["association"])

    rows = table(tmp_path / "association-2026.csv")
    assert len(rows) == association.LINES + 1
    assert rows[88 - 1][:3] == ["HERVE-CARIOU", "Amélie", "17/05/1991"]
    assert all(rows[line - 1][2].startswith("31/02/") for line in association.IMPOSSIBLE)
    assert all(rows[line - 1][:2] == ["", ""] and not rows[line - 1][5] for line in association.NOBODY)
    assert all(rows[line - 1][9] and rows[line - 1][10] for line in association.UNDECIDED)


def test_the_platform_and_the_school_disagree_on_the_present_of_many(folder):
    full = table(folder / "export-users-20261102-031500.csv", "iso-8859-15", ",")
    title = {row[0]: row[alumnforce_full.at("Poste actuel")] for row in full[1:] if len(row) == 125}
    jobs = [line.split("\t") for line in (folder / alumnforce_nightly.FILES[4]).read_text().splitlines()[1:]]
    now = {job[0]: job[2] for job in jobs if job[21] == "1"}

    assert any(title.get(number) and title[number] != latest for number, latest in now.items())


def test_nobody_here_can_be_written_to_or_called(folder):
    text = everything(folder)

    mails = re.findall(r"[\w.+-]+@([\w.-]+)", text)
    phones = re.findall(r"(?<!\d)0[1-9](?:[ .]?\d\d){4}(?!\d)", text)
    assert len(mails) > 1000
    assert {mail.rsplit(".", 1)[-1] for mail in mails} <= {"example", "test"}
    assert len(phones) > 1000
    assert {phone for phone in phones if not re.sub("[ .]", "", phone).startswith(FICTION)} == set()


def test_the_json_of_the_engineers_reads_as_their_api_gives_it(folder):
    users = json.loads((folder / "hivebrite-users.json").read_text(encoding="utf-8"))

    assert len(users) > 20
    assert all(user["email"].endswith(".example") and user["custom_attributes"] for user in users)


def test_a_size_out_of_reason_is_refused(tmp_path):
    with pytest.raises(SystemExit):
        main([str(tmp_path), "--size", "3000000"])
