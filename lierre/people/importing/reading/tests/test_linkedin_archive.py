"""A member's LinkedIn archive: recognised by what it holds, and of it only what is allowed is ever opened."""

import dataclasses
import zipfile

import pytest

from lierre.people.faults import Fault
from lierre.people.importing.reading import LIMITS, entry_names, open_bytes, open_upload, read_allowed
from lierre.people.importing.reading.tests.files import file_of, lines_of, refusal, zip_of
from lierre.people.importing.statement import Unreadable
from lierre.people.importing.table import Document

PROFILE = "First Name,Last Name,Maiden Name,Headline\nAmélie,Hervé,,Statisticienne\n"
POSITIONS = (
    'Company Name,Title,Description,Location,Started On,Finished On\nArmor,Chargée,"Une\nligne",Brest,Mar 2020,\n'
)
OTHERS = {"Connections.csv": "Yann,Le Goff\n" * 99, "messages.csv": "Bonjour\n" * 99, "Jobs/Positions.csv": "x\n" * 99}
NEW = {"Profile.csv": PROFILE, "Positions.csv": POSITIONS, "Email Addresses.csv": "Email Address,Confirmed\n", **OTHERS}
OLD = {f"Basic_LinkedInDataExport_01-02-2018/{name.replace(' ', '_')}": content for name, content in NEW.items()}
ALLOWED = {"Profile.csv", "Positions.csv", "Email Addresses.csv", "Skills.csv"}


def with_others_damaged(path):
    """The compressed bytes of everything that is not allowed are overwritten: opening them would fail."""
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        for entry in archive.infolist():
            if entry.filename.endswith(("Connections.csv", "messages.csv", "Jobs/Positions.csv")):
                start = entry.header_offset + 30 + len(entry.filename.encode())
                content[start : start + entry.compress_size] = b"\xff" * entry.compress_size
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("layout", [NEW, OLD])
def test_an_archive_old_or_new_is_one_document(tmp_path, layout):
    path = zip_of(tmp_path, layout)

    assert open_upload(path, "n’importe quoi.zip") == [
        Document(name="n’importe quoi.zip", kind="linkedin", path=path, size=path.stat().st_size)
    ]


def test_a_quick_archive_with_connections_alone_is_not_taken_for_a_table(tmp_path):
    (document,) = open_upload(zip_of(tmp_path, {"Connections.csv": OTHERS["Connections.csv"]}), "Connections.zip")

    assert (document.kind, list(read_allowed(document.path, ALLOWED))) == ("linkedin", [])


def test_connections_put_beside_a_table_refuse_the_archive_and_are_not_opened(tmp_path, monkeypatch):
    path = zip_of(
        tmp_path, {"Connections.csv": OTHERS["Connections.csv"], "diplomes.csv": "Nom;Prénom\nHervé;Amélie\n"}
    )
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_: pytest.fail("inflated"))

    assert refusal(path, name="envoi.zip") == Fault("others_data", value="envoi.zip › Connections.csv")


@pytest.mark.parametrize(
    "header",
    [
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On",
        "Prénom,Nom,URL,Adresse e-mail,Entreprise,Poste,Date de connexion",
        "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,DATE,SUBJECT,CONTENT,FOLDER",
        "From,To,Sent At,Message,Direction",
    ],
)
def test_contacts_and_messages_of_a_member_are_refused_even_alone(tmp_path, header):
    line = ",".join("x" for _column in header.split(","))
    notes = 'Notes:\r\n"When exporting your connection data…"\r\n\r\n'

    for content in (f"{header}\r\n{line}\r\n", f"{notes}{header}\r\n{line}\r\n"):
        assert refusal(file_of(tmp_path, content), name="liste.csv") == Fault("others_data", value="liste.csv")


@pytest.mark.parametrize("layout", [NEW, OLD])
def test_connections_and_messages_are_never_opened(tmp_path, layout, monkeypatch):
    path = with_others_damaged(zip_of(tmp_path, layout))
    opened, as_it_was = [], zipfile.ZipFile.open
    monkeypatch.setattr(
        zipfile.ZipFile,
        "open",
        lambda self, name, *rest, **more: opened.append(name) or as_it_was(self, name, *rest, **more),
    )

    (document,) = open_upload(path, "archive.zip")
    read = dict(read_allowed(document.path, ALLOWED))

    assert set(read) == {"Profile.csv", "Positions.csv", "Email Addresses.csv"}
    assert len(opened) == 3
    assert not [name for name in opened if "onnections" in name or "essages" in name or "Jobs" in name]


def test_opening_what_is_not_allowed_would_have_failed(tmp_path):
    """The proof of the proof: the damage is real."""
    path = with_others_damaged(zip_of(tmp_path, NEW))

    with pytest.raises(Unreadable):
        list(read_allowed(path, {"messages.csv"}))


def test_what_is_read_streams_as_a_table(tmp_path):
    read = dict(read_allowed(zip_of(tmp_path, NEW), ALLOWED))

    assert lines_of(open_bytes(read["Positions.csv"], "Positions.csv")) == [
        (2, ("Armor", "Chargée", "Une\nligne", "Brest", "Mar 2020", ""))
    ]


def test_what_was_not_read_can_be_named(tmp_path):
    assert entry_names(zip_of(tmp_path, OLD)) == sorted(name.replace(" ", "_") for name in NEW)


def test_a_bomb_among_the_allowed_files_is_refused_and_another_does_not_matter(tmp_path):
    bomb = b"0" * (16 * 1024 * 1024)

    assert len(list(read_allowed(zip_of(tmp_path, NEW | {"messages.csv": bomb}), ALLOWED))) == 3
    with pytest.raises(Unreadable) as refused:
        list(read_allowed(zip_of(tmp_path, NEW | {"Profile.csv": bomb}), ALLOWED))
    assert (refused.value.fault.code, refused.value.fault.value) == ("zip_size", "Profile.csv")
    with pytest.raises(Unreadable) as refused:
        list(read_allowed(zip_of(tmp_path, NEW), ALLOWED, dataclasses.replace(LIMITS, member_total=100)))
    assert refused.value.fault.code == "zip_total"


def test_an_ordinary_archive_of_tables_is_none(tmp_path):
    table = "Nom;Prénom\nHervé;Amélie\n"

    found = open_upload(zip_of(tmp_path, {"skills.csv": table, "events.csv": table}), "envoi.zip")

    assert len(found) == 2
