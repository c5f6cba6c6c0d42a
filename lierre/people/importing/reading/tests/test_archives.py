"""ZIP archives: their tables, and what is refused before anything is inflated."""

import dataclasses
import stat
import zipfile

import pytest

from lierre.people.importing.reading import LIMITS, left_aside, open_upload
from lierre.people.importing.reading.tests.files import file_of, lines_of, refusal, zip_of

PEOPLE = "Nom;Prénom\nHervé;Amélie\n"


def test_every_table_of_an_archive_is_found_and_streamed(tmp_path):
    path = zip_of(tmp_path, {"2013.csv": PEOPLE, "old/2014.txt": PEOPLE.replace(";", "\t").encode("cp1252")})

    first, second = open_upload(path, "envoi.zip")

    assert (first.name, second.name) == ("envoi.zip › 2013.csv", "envoi.zip › old/2014.txt")
    assert lines_of(first) == lines_of(second) == [(2, ("Hervé", "Amélie"))]


def test_what_holds_no_table_is_left_aside_and_named(tmp_path):
    members = {"diplomes.csv": PEOPLE, "diplomes.csv.error": "", "photo.jpg": b"\xff\xd8\xff\xe0\x00\x10\x00\x01" * 20}
    path = zip_of(tmp_path, members | {"__MACOSX/._diplomes.csv": b"\0\5\x16\7", "Thumbs.db": b"x"})

    found = open_upload(path, "envoi.zip")

    assert [part.name for part in found] == ["envoi.zip › diplomes.csv"]
    assert left_aside(path, "envoi.zip", found) == ["diplomes.csv.error", "photo.jpg"]


def test_an_archive_without_any_table_is_refused(tmp_path):
    assert refusal(zip_of(tmp_path, {"photo.jpg": b"\xff\xd8\xff\xe0\x00\x10\x00\x01" * 20})).code == "zip_no_table"
    assert refusal(zip_of(tmp_path, {})).code == "empty"


def test_a_note_to_the_reader_is_left_aside_beside_tables(tmp_path):
    path = zip_of(
        tmp_path, {"lisez-moi.txt": "Bonjour\nVoici les fichiers de juin\nBien à vous\n", "diplomes.csv": PEOPLE}
    )

    found = open_upload(path, "envoi.zip")

    assert [part.name for part in found] == ["envoi.zip › diplomes.csv"]
    assert left_aside(path, "envoi.zip", found) == ["lisez-moi.txt"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_files_of_one_name_are_refused_since_only_one_could_be_read(tmp_path):
    with zipfile.ZipFile(tmp_path / "archive", "w") as archive:
        archive.writestr("diplomes.csv", PEOPLE)
        archive.writestr("diplomes.csv", PEOPLE.replace("Hervé", "Riou"))

    assert (refusal(tmp_path / "archive").code, refusal(tmp_path / "archive").value) == (
        "zip_same_name",
        "diplomes.csv",
    )


def test_a_truncated_archive_is_refused(tmp_path):
    whole = zip_of(tmp_path, {"diplomes.csv": PEOPLE * 50}).read_bytes()

    assert refusal(file_of(tmp_path, whole[:-30])).code == "truncated"


def test_a_damaged_entry_is_refused_with_its_name(tmp_path):
    path = zip_of(tmp_path, {"diplomes.csv": PEOPLE * 50})
    content = bytearray(path.read_bytes())
    content[60:70] = b"\xff" * 10

    fault = refusal(file_of(tmp_path, bytes(content)))

    assert (fault.code, fault.value) == ("zip_damaged", "diplomes.csv")


def test_too_many_entries_are_refused(tmp_path):
    path = zip_of(tmp_path, {f"{number}.csv": PEOPLE for number in range(2001)})

    assert (refusal(path).code, refusal(path).value) == ("zip_entries", "2001")


def test_an_entry_that_swells_is_refused_before_it_is_inflated(tmp_path, monkeypatch):
    path = zip_of(tmp_path, {"bombe.csv": b"a;b\n" * (5 * 1024 * 1024)})
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_: pytest.fail("inflated"))

    assert (refusal(path).code, refusal(path).value) == ("zip_ratio", "bombe.csv")


def test_entries_that_are_too_large_alone_or_together_are_refused(tmp_path):
    path = zip_of(tmp_path, {"a.csv": PEOPLE * 9, "b.csv": PEOPLE * 9})

    assert refusal(path, dataclasses.replace(LIMITS, entry=200)).code == "zip_size"
    assert refusal(path, dataclasses.replace(LIMITS, total=300)).code == "zip_total"
    assert refusal(path, dataclasses.replace(LIMITS, file=100)).code == "too_large"


def test_an_archive_inside_an_archive_is_refused(tmp_path):
    inside = zip_of(tmp_path, {"diplomes.csv": PEOPLE}, "inside").read_bytes()

    assert refusal(zip_of(tmp_path, {"diplomes.csv": PEOPLE, "encore.csv": inside})).code == "zip_nested"


@pytest.mark.parametrize(
    "name", ["../passwd.csv", "a/../../b.csv", "/etc/people.csv", "C:\\people.csv", "..\\people.csv"]
)
def test_a_name_that_points_outside_is_refused(tmp_path, name):
    assert refusal(zip_of(tmp_path, {"diplomes.csv": PEOPLE, name: PEOPLE})).code == "zip_path"


def test_a_link_is_refused(tmp_path):
    link = zipfile.ZipInfo("diplomes.csv")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "archive", "w") as archive:
        archive.writestr(link, "/etc/passwd")

    assert refusal(tmp_path / "archive").code == "zip_link"


def test_an_archive_under_a_password_is_refused(tmp_path):
    path = zip_of(tmp_path, {"diplomes.csv": PEOPLE})
    content = bytearray(path.read_bytes())
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1

    assert refusal(file_of(tmp_path, bytes(content))).code == "zip_encrypted"


def test_entries_that_share_their_bytes_are_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "archive", "w") as archive:
        archive.writestr("a.csv", PEOPLE)
        archive.writestr("b.csv", PEOPLE)
        archive.filelist[1].header_offset = archive.filelist[0].header_offset

    assert refusal(tmp_path / "archive").code == "zip_overlap"


def test_a_refusal_inside_an_archive_names_the_entry(tmp_path):
    fault = refusal(zip_of(tmp_path, {"diplomes.csv": "Nom;Nom\nHervé;Amélie\n"}), name="envoi.zip")

    assert (fault.code, fault.column, fault.value) == ("duplicate_header", "Nom", "envoi.zip › diplomes.csv")
