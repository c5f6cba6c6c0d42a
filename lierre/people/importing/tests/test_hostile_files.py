"""Files that are broken, or made to harm: a clear sentence, nothing written, nothing left behind."""

import dataclasses
import io
import struct
import zipfile
import zlib

import pypdf
import pytest
import xlsxwriter
from django.conf import settings

from lierre.foundation.errors import Refused
from lierre.people.importing.reading import LIMITS
from lierre.people.importing.tests.bringing import AMELIE, APOGEE, ERWAN, GWEN, base, bring, counts, file, rehearse
from lierre.people.models import Delivery, Import, QuarantinedLine

pytestmark = pytest.mark.django_db
SCHOOL = file(APOGEE, AMELIE, ERWAN)
ENTITIES = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><Candidate>&b;</Candidate>'


def archive(members: dict[str, bytes | str]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in members.items():
            written.writestr(name, content)
    return held.getvalue()


def workbook(*rows: list[str]) -> bytes:
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    return held.getvalue()


def pdf_with(xml: str) -> bytes:
    writer, held = pypdf.PdfWriter(), io.BytesIO()
    writer.add_blank_page(72, 72)
    writer.add_attachment("attachment.xml", xml.encode())
    writer.write(held)
    return held.getvalue()


def lying_bomb() -> bytes:
    """A small entry whose header promises little, and whose bytes would inflate without end."""
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    content = packed.compress(b"0" * 30_000_000) + packed.flush()
    held = bytearray(archive({"bombe.csv": "x"}))
    entry = struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, 0, 8, 0, 33, 0, len(content), 40, 9, 0) + b"bombe.csv" + content
    central = struct.pack(
        "<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, 0, 8, 0, 33, 0, len(content), 40, 9, 0, 0, 0, 0, 0, 0
    )
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 1, 1, len(central) + 9, len(entry), 0)
    held[:] = entry + central + b"bombe.csv" + end
    return bytes(held)


REFUSED = {
    "nothing at all": (b"", "is empty"),
    "blanks only": (b"\r\n \r\n", "is empty"),
    "a header and no line": (file(APOGEE), "no line"),
    "two columns of one name": (b"Nom;Pr\xc3\xa9nom;NOM\nHerv\xc3\xa9;Am\xc3\xa9lie;x\n", "bear the same name"),
    "a zero byte in the name of a column": (SCHOOL.replace(b"COD_ETU", b"COD\0_ETU"), "holds a character that is no text"),
    "five hundred columns": (";".join(f"c{n}" for n in range(500)).encode() + b"\nx\n", "500 columns"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "no file that can be read"),
    "a program": (b"\x7fELF" + b"\x00\x01\x02" * 300, "no file that can be read"),
    "an archive cut short": (archive({"a.csv": SCHOOL})[:-30], "cut short"),
    "a workbook cut short": (workbook(["NOM"], ["Hervé"])[:-200], "cut short"),
    "an archive in an archive": (archive({"a.csv": SCHOOL, "b.zip": archive({"c.csv": SCHOOL})}), "inside an archive"),
    "too many entries": (archive({f"{n}.csv": "a;b\n1;2\n" for n in range(2001)}), "2001 files"),
    "an entry that swells": (archive({"bombe.csv": b"a;b\n" * 5_000_000}), "swell"),
    "an entry that lies about its size": (lying_bomb(), ""),
    "a path out of the archive": (archive({"a.csv": SCHOOL, "../../passwd.csv": SCHOOL}), "points outside"),
    "a path from the root": (archive({"/etc/cron.d/x.csv": SCHOOL}), "points outside"),
    "entities in XML": (ENTITIES.encode(), "declares entities"),
    "an entity that reads a file": (
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><Candidate>&a;</Candidate>', "declares entities",
    ),
    "entities in the XML of a PDF": (pdf_with(ENTITIES), "declares entities"),
    "a PDF to look at": (pdf_with("<Unknown/>")[:400], ""),
    "XML cut short": (b"<Candidate><CandidatePerson>", "not well-formed"),
    "JSON cut short": (b'[{"id": 1, "firstname": "Am', "cut short"),
    "JSON too deep": (b'{"a":' * 99 + b"1" + b"}" * 99, "nested deeper"),
    "XML of something else": (b"<?xml version='1.0'?><feed><title>x</title></feed>", "no file that can be read"),
    "a page of the web": (b"<!DOCTYPE html><html><body><table></table></body></html>", "web page"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "told"), REFUSED.values(), ids=REFUSED.keys())
def test_a_file_that_cannot_be_taken_is_refused_with_a_sentence_and_leaves_nothing(content, told):
    with pytest.raises(Refused) as refusal:
        bring(("envoi.csv", content))

    sentence = str(refusal.value)
    assert told in sentence
    assert sentence.endswith(".")
    assert "Traceback" not in sentence
    assert (Import.objects.count(), Delivery.objects.count()) == (0, 0)
    assert not [each for each in (settings.DATA_DIR / "imports").glob("*/*") if each.read_bytes() == content]


def test_one_bad_file_refuses_those_that_came_with_it():
    with pytest.raises(Refused, match="cut short"):
        bring(("apogee.csv", SCHOOL), ("envoi.zip", archive({"a.csv": SCHOOL})[:-30]))

    assert Import.objects.count() == 0


PUT_ASIDE = {
    "a cell too few": (AMELIE.rpartition(";")[0], "wrong_column_count"),
    "a cell too many": (AMELIE + ";x", "wrong_column_count"),
    "two hundred columns": (";".join(["x"] * 200), "too_many_cells"),
    "a zero byte": (AMELIE.replace("HERVE", "HER\0VE"), "nul_byte"),
    "a formula": (AMELIE.replace("14 rue des Sternes", "=cmd|'/c calc'!A1"), "suspicious_formula"),
    "a day that does not exist": (AMELIE.replace("17/05/1991", "31/02/1991"), "impossible_date"),
    "a quote that never closes": (AMELIE.replace("14 rue", '"14 rue'), "truncated"),
    "nobody": (AMELIE.replace("20901412;1407412058;K;HERVE", ";;;"), "no_name"),
}


@pytest.mark.parametrize(("line", "code"), PUT_ASIDE.values(), ids=PUT_ASIDE.keys())
def test_a_bad_line_is_put_aside_with_its_number_and_its_reason_and_the_others_go_on(line, code):
    imported = rehearse(bring(file(APOGEE, ERWAN, line, GWEN)))

    (aside,) = QuarantinedLine.objects.all()
    assert (aside.line, aside.code) == (3, code)
    assert aside.reason
    assert aside.what_to_do
    assert counts(imported) == {"new": 2, "rejected": 1}
    assert not any(base().values())


def test_an_encoding_that_changes_half_way_is_told_line_by_line():
    lines = [AMELIE.replace("HERVE", "HERVÉ"), *[ERWAN] * 3]
    content = file(APOGEE, *lines) + ERWAN.replace("rue du Port", "rue du Béaut").encode("cp1252") + b"\r\n"

    imported = rehearse(bring(content))

    assert [(each.line, each.code) for each in QuarantinedLine.objects.all()] == [(6, "encoding_changes")]
    assert counts(imported)["rejected"] == 1


def test_a_csv_that_is_a_workbook_is_read_as_what_it_is():
    imported = bring(("apogee.csv", workbook(APOGEE.split(";"), AMELIE.split(";"))))

    assert counts(rehearse(imported)) == {"new": 1}


def test_three_lines_of_utf_16_without_a_mark_are_read():
    imported = bring(("apogee.txt", file(APOGEE, AMELIE.replace("HERVE", "HERVÉ"), ERWAN).decode().encode("utf-16-le")))

    assert counts(rehearse(imported)) == {"new": 2}


def test_limits_are_those_of_the_document_that_states_them():
    """A bound that somebody raises to nothing would silence these tests."""
    bounds = dataclasses.asdict(LIMITS)

    assert bounds["entries"] <= 2_000
    assert bounds["member_entry"] <= 15 * 1024 * 1024
    assert bounds["member_total"] <= 40 * 1024 * 1024
    assert bounds["depth"] <= 64
