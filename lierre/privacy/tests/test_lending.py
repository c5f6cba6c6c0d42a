"""What the association may see of the school's base is what the agreement in force says, everywhere, and until it ends."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from conftest import someone
from lierre.accounts.models import Unit, User
from lierre.foundation.abilities import may
from lierre.people.directory import snapshot
from lierre.people.directory.viewer import Viewer
from lierre.people.models import Person, Segment
from lierre.people.permissions import EDIT_PERSONS, SEE_EVERYTHING
from lierre.people.segments import people
from lierre.people.tests.witnesses import tell
from lierre.privacy.models import Agreement, Controller, Purpose

pytestmark = pytest.mark.django_db
NAMES_AND_POSITIONS = ["given", "family", "usage", "positions"]


@pytest.fixture(autouse=True)
def directory_of_this_test() -> None:
    snapshot.forget()


@pytest.fixture
def association(university) -> Controller:
    unit = Unit.add(code="ASSO", name="Association des diplômés", kind="service", parent=university, by="the tests")
    controller = Controller.objects.get(key="association")
    controller.describe({"unit": unit}, by="the tests")
    return controller


@pytest.fixture
def nolwenn(association) -> User:
    """The secretary of the association."""
    return someone("Nolwenn Le Bris", "nolwenn@asso.example", "alumni_office", association.unit)


@pytest.fixture
def gaelle(db) -> Person:
    return tell(
        None, "school", date(2026, 9, 1), given="Gaëlle", family="Tanguy", born="1990-02-03",
        studies=[{"degree": "Licence Histoire", "year": 2012}],
        positions=[{"title": "Archiviste", "employer": "Ville de Morlaix", "city": "Morlaix", "department": "29"}],
        contacts=[{"kind": "email", "value": "gaelle@courriel.example"}],
    )  # fmt: skip


def agree(fields, maiwenn, **days) -> Agreement:
    school, association = Controller.objects.get(key="ecole"), Controller.objects.get(key="association")
    agreement = Agreement(giver=school, taker=association, fields=fields, **days)
    agreement.sign([Purpose.objects.get(key="lettre-association")], by=maiwenn)
    return agreement


def found_by(client, words="Tanguy") -> str:
    return client.get(reverse("people:directory"), {"q": words}).content.decode()


def test_without_an_agreement_the_association_sees_nobody(client, nolwenn, gaelle):
    client.force_login(nolwenn)

    assert "Gaëlle" not in found_by(client)
    assert client.get(gaelle.get_absolute_url()).status_code == 404


def test_the_fields_of_the_agreement_are_seen_and_the_others_are_not(client, maiwenn, nolwenn, gaelle):
    agree(NAMES_AND_POSITIONS, maiwenn)
    client.force_login(nolwenn)

    page = client.get(gaelle.get_absolute_url()).content.decode()

    assert "Gaëlle Tanguy" in found_by(client)
    assert "Archiviste" in page
    assert not [word for word in ("gaelle@courriel", "Licence Histoire", "1990", "Morlaix, ") if word in page]
    assert "Gaëlle" not in found_by(client, "Licence Histoire")


def test_what_they_hide_from_graduates_is_hidden_from_the_association(client, maiwenn, nolwenn, gaelle):
    agree([*NAMES_AND_POSITIONS, "studies", "contacts"], maiwenn)
    tell(gaelle, "member", date(2026, 10, 1), audience_name=[])
    client.force_login(nolwenn)

    assert "Gaëlle" not in found_by(client)
    assert client.get(gaelle.get_absolute_url()).status_code == 404


def test_an_agreement_that_ends_hides_at_once_in_pages_lists_exports_and_segments(client, maiwenn, nolwenn, gaelle):
    agreement = agree(NAMES_AND_POSITIONS, maiwenn)
    export = reverse("people:export_directory", args=["csv"])
    question = {"group": "all", "members": [{"on": "employer", "how": "in", "values": ["Ville de Morlaix"]}]}
    segment = Segment.objects.keep("Morlaix", question, by=maiwenn)
    client.force_login(nolwenn)

    def seen() -> list[bool]:
        taken = client.get(export)
        lines = b"".join(taken.streaming_content) if taken.streaming else taken.content
        return [
            "Gaëlle" in found_by(client), client.get(gaelle.get_absolute_url()).status_code == 200,
            "Tanguy" in lines.decode(),
            people(segment, Viewer.of(User.objects.get(pk=nolwenn.pk))) == [gaelle.pk],
        ]  # fmt: skip

    assert seen() == [True] * 4
    agreement.end(by=maiwenn, reason="Dénoncée.")
    assert seen() == [False] * 4


def test_an_agreement_that_has_not_begun_or_is_over_lets_nothing_flow(client, maiwenn, nolwenn, gaelle):
    today = timezone.localdate()
    agree(NAMES_AND_POSITIONS, maiwenn, signed_on=today + timedelta(days=1))
    agree(NAMES_AND_POSITIONS, maiwenn, signed_on=date(2020, 1, 1), ends_on=today - timedelta(days=1))
    client.force_login(nolwenn)

    assert "Gaëlle" not in found_by(client)


def test_closing_the_purposes_of_an_agreement_ends_what_flows(client, maiwenn, nolwenn, gaelle):
    agree(NAMES_AND_POSITIONS, maiwenn)
    Purpose.objects.get(key="lettre-association").close(by=maiwenn, reason="Plus de lettre.")
    client.force_login(nolwenn)

    assert "Gaëlle" not in found_by(client)


def test_their_role_opens_nothing_else_of_the_base(client, maiwenn, nolwenn, gaelle):
    agree(NAMES_AND_POSITIONS, maiwenn)
    client.force_login(nolwenn)
    record = gaelle.records.get()

    assert not may(nolwenn, SEE_EVERYTHING)
    assert not may(nolwenn, EDIT_PERSONS)
    for address in (
        reverse("people:record", args=[record.pk]), reverse("people:imports"), reverse("people:quarantine"),
        reverse("privacy:person", args=[gaelle.public_id]), reverse("people:correct", args=[gaelle.public_id, "profil"]),
    ):  # fmt: skip
        assert client.get(address).status_code in {403, 404}, address


def test_the_same_role_in_the_school_is_as_it_was(client, solenn, association, gaelle):
    client.force_login(solenn)

    assert may(solenn, SEE_EVERYTHING)
    assert "gaelle@courriel" in client.get(gaelle.get_absolute_url()).content.decode()


def test_the_page_of_the_agreement_says_who_sees_what(client, maiwenn, association):
    agreement = agree(NAMES_AND_POSITIONS, maiwenn)
    client.force_login(maiwenn)

    page = client.get(agreement.get_absolute_url())

    assert "Whoever works in “Association des diplômés” acts for" in page.content.decode()
    assert [flows for _label, flows in page.context["seen"]] == [True, False, True, False, False, False, False, False]
