"""The register says what is in force, as a page and as a file; notices too; breaches have their clock."""

import io
import zipfile
from collections import Counter
from datetime import timedelta

import pytest
from defusedxml import ElementTree
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from lierre.foundation.errors import Refused
from lierre.foundation.models import Entry
from lierre.foundation.personal_data import register
from lierre.privacy.models import Breach

pytestmark = pytest.mark.django_db


def text_of(content: bytes) -> str:
    """What a word processor would show; refused by the parser if it is not well formed."""
    archive = zipfile.ZipFile(io.BytesIO(content))
    first = archive.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    parts = {name: ElementTree.fromstring(archive.read(name)) for name in archive.namelist() if name.endswith(".xml")}
    return " ".join(parts["content.xml"].itertext())


def test_the_register_says_each_purpose_and_each_table(client, maiwenn, gifts):
    client.force_login(maiwenn)

    page = client.get(reverse("privacy:register")).content.decode()
    text = text_of(client.get(reverse("privacy:export_register", args=["odt"])).content)

    for told in (gifts.label, gifts.recipients, *(str(holding.label) for holding in register())):
        assert told in text
    assert gifts.label in page
    assert gifts.balance_test in text


def test_changing_a_purpose_changes_the_register_and_the_notice(client, maiwenn, gifts):
    gifts.keep({"why": "Soutenir les étudiants & leurs projets."}, by=maiwenn, reason="Plus clair.")
    client.force_login(maiwenn)

    register_as_text = client.get(reverse("privacy:export_register", args=["odt"])).content
    assert "Soutenir les étudiants & leurs projets." in text_of(register_as_text)
    assert (
        "Soutenir les étudiants &amp; leurs"
        in client.get(reverse("privacy:notice", args=["diplomes"])).content.decode()
    )


def test_a_notice_is_read_by_anybody_and_speaks_of_one_population(client, gifts):
    students = client.get(reverse("privacy:notice", args=["etudiants"])).content.decode()

    assert "Stages et premières offres" in students
    assert gifts.label not in students


@pytest.mark.parametrize("slug", ["diplomes", "etudiants", "personnels", "recruteurs"])
def test_a_notice_is_taken_away_as_a_document_with_the_words_of_the_page(client, slug, gifts):
    answer = client.get(reverse("privacy:export_notice", args=[slug, "odt"]))

    text, page = text_of(answer.content), client.get(reverse("privacy:notice", args=[slug]))
    purposes = [each for _controller, found in page.context["notice"].controllers for each in found]
    assert purposes
    for purpose in purposes:
        assert purpose.label in text
        assert purpose.why in text
    assert (gifts.label in text) == (slug == "diplomes")
    assert "CNIL" in text
    assert client.get(reverse("privacy:export_notice", args=["autres", "odt"])).status_code == 404


def test_a_closed_purpose_leaves_the_register(client, maiwenn, gifts):
    gifts.close(by=maiwenn, reason="La fondation a fermé.")
    client.force_login(maiwenn)

    assert gifts.label not in client.get(reverse("privacy:register")).content.decode()


def test_a_breach_has_seventy_two_hours(maiwenn):
    breach = Breach()
    breach.keep(
        {"title": "Ordinateur perdu", "nature": "availability", "noticed_at": timezone.now() - timedelta(hours=70)},
        by=maiwenn,
    )
    assert breach.hours_left == 1

    breach.tell_authority(timezone.now(), by=maiwenn)

    assert breach.was_in_time
    with pytest.raises(Refused, match="decided already"):
        breach.not_tell("Disque chiffré.", by=maiwenn)


def test_not_telling_the_authority_needs_a_reason(client, maiwenn):
    breach = Breach()
    breach.keep({"title": "Ordinateur perdu", "nature": "availability"}, by=maiwenn)
    client.force_login(maiwenn)
    address = reverse("privacy:authority", args=[breach.pk])

    assert client.post(address, {"told": "no", "reason": " "}).status_code == 422
    assert client.post(address, {"told": "no", "reason": "Disque chiffré."}).status_code == 303
    assert client.get(reverse("privacy:breach", args=[breach.pk])).status_code == 200


def tagged(content: bytes) -> tuple[PdfReader, str]:
    """The file, and its text; refused when it cannot be read aloud."""
    reader = PdfReader(io.BytesIO(content))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    return reader, " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


def kinds_in(node, found=None) -> Counter[str]:
    """The kinds of elements of the structure: headings, tables, cells."""
    found = Counter() if found is None else found
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for each in node:
            kinds_in(each, found)
    elif isinstance(node, dict):
        if "/S" in node:
            found[str(node["/S"])] += 1
        if "/K" in node:
            kinds_in(node["/K"], found)
    return found


def test_the_register_is_a_pdf_that_is_read_aloud(client, maiwenn, gifts):
    client.force_login(maiwenn)

    answer = client.get(reverse("privacy:export_register", args=["pdf"]))

    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    reader, text = tagged(answer.content)
    assert reader.metadata.title == "Register of processing"
    assert gifts.label in text
    kinds = kinds_in(reader.trailer["/Root"]["/StructTreeRoot"])
    assert min(kinds[each] for each in ("/H1", "/H2", "/H3", "/L", "/LI", "/Table", "/TH", "/TD")) > 0
    assert Entry.objects.of_verb("register.exported").get().subject_name == "PDF"


@pytest.mark.parametrize("slug", ["diplomes", "etudiants", "personnels", "recruteurs"])
def test_a_notice_is_the_same_as_a_pdf(client, slug):
    answer = client.get(reverse("privacy:export_notice", args=[slug, "pdf"]))

    _reader, text = tagged(answer.content)
    page = client.get(reverse("privacy:notice", args=[slug]))
    for _controller, purposes in page.context["notice"].controllers:
        for purpose in purposes:
            assert purpose.label.split()[0] in text
    assert "CNIL" in text


def test_words_of_somebody_are_never_commands_of_the_typesetter(client, maiwenn, gifts):
    gifts.keep({"why": "#panic(1) $ * _ <label> @here \\ `raw`"}, by=maiwenn, reason="Essai.")
    client.force_login(maiwenn)

    _reader, text = tagged(client.get(reverse("privacy:export_register", args=["pdf"])).content)

    assert "#panic(1) $ * _ <label> @here" in text


def test_the_notification_of_a_breach_is_filled_in_and_says_what_is_missing(client, maiwenn):
    breach = Breach()
    said = {
        "title": "Ordinateur perdu",
        "nature": "availability",
        "happened": "Oublié dans un train.",
        "about": "40 noms.",
    }
    breach.keep(said, by=maiwenn)
    client.force_login(maiwenn)

    text = text_of(client.get(reverse("privacy:breach_notification", args=[breach.pk, "odt"])).content)
    _reader, pdf = tagged(client.get(reverse("privacy:breach_notification", args=[breach.pk, "pdf"])).content)

    for told in ("Ordinateur perdu", "Oublié dans un train.", "40 noms.", "Article 33"):
        assert told in text
        assert told in pdf
    assert "Still to be completed: how many persons, what may follow for them, what was done." in text
    assert Entry.objects.of_verb("notification.filled").count() == 2
