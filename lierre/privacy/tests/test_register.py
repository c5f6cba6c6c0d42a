"""The register says what is in force, as a page and as a file; notices too; breaches have their clock."""

import io
import zipfile
from datetime import timedelta

import pytest
from defusedxml import ElementTree
from django.urls import reverse
from django.utils import timezone

from lierre.foundation.errors import Refused
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
    text = text_of(client.get(reverse("privacy:export_register")).content)

    for told in (gifts.label, gifts.recipients, *(str(holding.label) for holding in register())):
        assert told in text
    assert gifts.label in page
    assert gifts.balance_test in text


def test_changing_a_purpose_changes_the_register_and_the_notice(client, maiwenn, gifts):
    gifts.keep({"why": "Soutenir les étudiants & leurs projets."}, by=maiwenn, reason="Plus clair.")
    client.force_login(maiwenn)

    assert "Soutenir les étudiants & leurs projets." in text_of(client.get(reverse("privacy:export_register")).content)
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
    answer = client.get(reverse("privacy:export_notice", args=[slug]))

    text, page = text_of(answer.content), client.get(reverse("privacy:notice", args=[slug]))
    purposes = [each for _controller, found in page.context["notice"].controllers for each in found]
    assert purposes
    for purpose in purposes:
        assert purpose.label in text
        assert purpose.why in text
    assert (gifts.label in text) == (slug == "diplomes")
    assert "CNIL" in text
    assert client.get(reverse("privacy:export_notice", args=["autres"])).status_code == 404


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
