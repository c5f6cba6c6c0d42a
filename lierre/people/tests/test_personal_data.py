"""What the register says of the base of persons is true: everything about someone is shown, and goes with them."""

from datetime import date

import pytest

from lierre.foundation.models import Entry
from lierre.foundation.personal_data import register
from lierre.people.models import DirectoryEntry, Person, PolicyVersion, QuarantinedLine, Record, SavedSearch
from lierre.people.tests.test_pages_imports import brought, refused
from lierre.people.tests.witnesses import amelie, tell

pytestmark = pytest.mark.django_db


@pytest.fixture
def holdings():
    return {holding.model: holding for holding in register() if holding.model.startswith("people.")}


@pytest.fixture
def erwan():
    return tell(None, "school", date(2017, 10, 1), given="Erwan", family="Bellec", student_number="21704413")


def test_everything_that_is_known_of_amelie_is_shown_and_nothing_of_erwan(holdings, solenn, erwan):
    her = amelie()
    refused(brought("applied"), 90, value="Hervé Amélie", raw='["Hervé", "Amélie"]')

    held = {model: holding.export(her) for model, holding in holdings.items()}

    assert [row["family"] for row in held["people.person"]] == ["Hervé"]
    assert {row["employer__label"] for row in held["people.position"]} == {"Armor Énergies", "Observatoire des ports"}
    assert "amelie.herve@courriel.example" in {row["value"] for row in held["people.contactpoint"]}
    assert len(held["people.record"]) == 4
    assert len(held["people.quarantinedline"]) == 1
    assert all(held[f"people.{name}"] for name in ("study", "directoryentry", "recordkey"))
    assert "Bellec" not in str(held)


def test_amelie_goes_whole_whatever_the_table_that_is_emptied_first(holdings, erwan):
    her = amelie()
    tell(her, "member", date(2026, 4, 1), audience_name=["graduates"])

    counts = [
        holding.erase(her) for holding in holdings.values() if holding.erase and holding.model != "people.savedsearch"
    ]

    assert sorted(counts)[-2:] == [0, 5]
    assert {model: holding.export(her) for model, holding in holdings.items() if holding.export(her)} == {}
    assert list(Person.objects.all()) == [erwan]
    assert Record.objects.get().person == erwan
    assert Entry.objects.get(verb="person.erased").by_name == "privacy"


def test_somebody_of_the_same_name_keeps_their_record(holdings, erwan):
    other = tell(None, "school", date(2017, 10, 1), given="Erwan", family="Bellec", student_number="21704414")

    holdings["people.person"].erase(erwan)

    assert list(Person.objects.all()) == [other]
    assert DirectoryEntry.objects.get().person == other


def test_a_user_is_not_taken_for_a_person(holdings, solenn, amelie_user):
    her = amelie()
    her.account = amelie_user
    her.save(update_fields=["account"])

    assert holdings["people.person"].export(amelie_user) == []
    assert holdings["people.person"].erase(amelie_user) == 0
    assert Person.objects.get() == her


def test_the_searches_of_amelie_are_hers_by_her_account_and_as_a_person(holdings, amelie_user, solenn):
    her = amelie()
    her.account = amelie_user
    her.save(update_fields=["account"])
    SavedSearch.objects.keep("Ma promotion", "promotion=2014", by=amelie_user)
    SavedSearch.objects.keep("Les masters", "niveau=master", by=solenn)

    held = [[row["name"] for row in holdings["people.savedsearch"].export(someone)] for someone in (amelie_user, her)]

    assert held == [["Ma promotion"], ["Ma promotion"]]
    assert holdings["people.savedsearch"].erase(her) == 1
    assert SavedSearch.objects.get().owner == solenn


def test_what_staff_signed_is_shown_to_them_and_kept(holdings, solenn, gwenael):
    PolicyVersion.objects.create(orders={}, reason="Le rectorat fait foi.", by_name=str(solenn))

    versions = holdings["people.policyversion"]

    assert len(versions.export(solenn)) == 1
    assert versions.export(gwenael) == []
    assert versions.erase is None


def test_a_waiting_line_that_might_be_hers_is_shown(holdings, erwan):
    her = amelie()
    line = refused(brought("applied"), 91, code=QuarantinedLine.TO_DECIDE, candidates=[her.pk, erwan.pk])

    assert [row["line"] for row in holdings["people.quarantinedline"].export(her)] == [line.line]
