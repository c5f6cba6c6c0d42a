"""Documents: JSON, XML, and the XML inside a PDF. Looked through whole before they are taken."""

import dataclasses
import io
import json

import pypdf
import pytest

from lierre.people.importing.reading import LIMITS, document_bytes, open_upload
from lierre.people.importing.reading.tests.files import file_of, refusal, zip_of

CV = '<?xml version="1.0" encoding="UTF-8"?>\n<Candidate xmlns="http://www.europass.eu/1.0"><Name>Amélie</Name></Candidate>'
RESUME = {"basics": {"name": "Amélie Hervé", "email": "amelie.herve@courriel.example"}, "work": []}


def pdf_with(attachments):
    writer = pypdf.PdfWriter()
    writer.add_blank_page(72, 72)
    for name, content in attachments.items():
        writer.add_attachment(name, content)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


@pytest.mark.parametrize("content", [json.dumps(RESUME).encode(), b"\xef\xbb\xbf" + json.dumps([RESUME]).encode()])
def test_json_is_a_document_that_streams_from_its_first_character(tmp_path, content):
    (document,) = open_upload(file_of(tmp_path, content), "cv.txt")

    assert (document.kind, document.member) == ("json", "")
    with document_bytes(document) as stream:
        assert json.loads(stream.read()) in (RESUME, [RESUME])


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (json.dumps(RESUME).encode()[:-3], "truncated"),
        (b'{"basics": }', "json_damaged"),
        (b'{"a": 1} {"b": 2}', "json_damaged"),
        ('{"basics": "é"}'.encode("cp1252"), "json_damaged"),
        (b'{"a":' * 100 + b"1" + b"}" * 100, "too_deep"),
    ],
)
def test_json_that_cannot_be_read_to_the_end_is_refused(tmp_path, content, code):
    assert refusal(file_of(tmp_path, content)).code == code


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_europass_xml_is_a_document(tmp_path, mark):
    (document,) = open_upload(file_of(tmp_path, mark + CV.encode()), "cv.pdf")

    assert document.kind == "xml"
    assert document_bytes(document).read().endswith(b"</Candidate>")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ('<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><x>&b;</x>', "xml_entities"),
        ('<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>', "xml_entities"),
        ('<!DOCTYPE x SYSTEM "https://piege.example/x.dtd"><x/>', "xml_entities"),
        ("<Candidate><Name>Amélie</Candidate>", "xml_damaged"),
        (CV[:-20], "xml_damaged"),
        ("<a>" * 100 + "</a>" * 100, "too_deep"),
        ("<!DOCTYPE html><html><body>Bonjour</body></html>", "web_page"),
        (
            '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet/></Workbook>',
            "web_page",
        ),
    ],
)
def test_dangerous_or_damaged_xml_is_refused(tmp_path, content, code):
    assert refusal(file_of(tmp_path, content)).code == code


def test_the_xml_inside_a_europass_pdf_is_the_document(tmp_path):
    (document,) = open_upload(
        file_of(tmp_path, pdf_with({"photo.png": b"\x89PNG", "attachment.xml": CV.encode()})), "cv.pdf"
    )

    assert (document.kind, document.member) == ("xml", "attachment.xml")
    assert document_bytes(document).read() == CV.encode()


def test_documents_inside_an_archive_are_found(tmp_path):
    path = zip_of(tmp_path, {"amelie.pdf": pdf_with({"attachment.xml": CV.encode()}), "yann.json": json.dumps(RESUME)})

    cv, resume = open_upload(path, "cvs.zip")

    assert (cv.kind, cv.member, resume.kind, resume.member) == ("xml", "amelie.pdf", "json", "yann.json")
    assert document_bytes(cv).read() == CV.encode()
    assert json.loads(document_bytes(resume).read()) == RESUME


def test_a_pdf_without_data_and_a_damaged_one_are_refused(tmp_path):
    whole = pdf_with({"attachment.xml": CV.encode()})

    assert refusal(file_of(tmp_path, pdf_with({}))).code == "pdf_without_data"
    assert refusal(file_of(tmp_path, b"%PDF-1.7\n" + b"garbage " * 40)).code == "pdf_damaged"
    assert refusal(file_of(tmp_path, whole[:200])).code in {"pdf_damaged", "pdf_without_data"}


def test_a_pdf_whose_streams_swell_is_refused(tmp_path):
    reader = pypdf.PdfReader(io.BytesIO(pdf_with({"attachment.xml": b"<a>" + b"0" * 5_000_000 + b"</a>"})))
    writer = pypdf.PdfWriter(clone_from=reader)
    for number, part in enumerate(writer._objects):
        if isinstance(part, pypdf.generic.StreamObject) and len(part.get_data()) > 1000:
            writer._objects[number] = part.flate_encode()
    written = io.BytesIO()
    writer.write(written)
    assert len(written.getvalue()) < 50_000

    limits = dataclasses.replace(LIMITS, document=1_000_000)

    assert refusal(file_of(tmp_path, written.getvalue()), limits).code == "pdf_too_dense"


def test_a_pdf_that_carries_an_entity_bomb_is_refused(tmp_path):
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">]><x>&a;</x>'

    assert refusal(file_of(tmp_path, pdf_with({"attachment.xml": bomb}))).code == "xml_entities"


def test_documents_that_are_too_large_are_refused(tmp_path):
    limits = dataclasses.replace(LIMITS, document=40, json=40)

    for content in (CV.encode(), json.dumps(RESUME).encode(), pdf_with({"attachment.xml": CV.encode()})):
        assert refusal(file_of(tmp_path, content), limits).code == "too_large"
