"""A machine reads persons as its owner sees them, and says something as a source of its own."""

import pytest
from django.urls import reverse

from lierre.foundation.models.journal import Entry
from lierre.interchange.tests.conftest import known
from lierre.people.directory import snapshot
from lierre.people.models import Record

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh():
    snapshot.forget()
    yield
    snapshot.forget()


def test_persons_are_found_and_paged(machine, solenn, school):
    for given in ("Anna", "Berthe", "Corentine"):
        known(school, given, "Tanguy")
    asked = machine(solenn, "persons:read")

    first = asked.get("/api/v1/persons", {"limit": 2, "q": "tanguy"}).json()
    second = asked.get("/api/v1/persons", {"limit": 2, "q": "tanguy", "cursor": first["next"]}).json()

    assert [each["name"] for each in first["persons"]] == ["Anna Tanguy", "Berthe Tanguy"]
    assert [each["name"] for each in second["persons"]] == ["Corentine Tanguy"]
    assert (first["total"], second["next"]) == (3, None)


def test_persons_are_narrowed_by_the_filters_of_the_directory(machine, solenn, school, amelie):
    known(school, "Berthe", "Tanguy", year=2009)
    asked = machine(solenn, "persons:read")

    by_year = asked.get("/api/v1/persons", {"year": ["2008-2010"]}).json()
    by_town = asked.get("/api/v1/persons", {"department": ["29"], "year": ["2014"]}).json()
    by_nothing = asked.get("/api/v1/persons", {"employer": ["Nulle part"]}).json()

    assert [each["name"] for each in by_year["persons"]] == ["Berthe Tanguy"]
    assert [(each["name"], each["employer"]) for each in by_town["persons"]] == [("Amélie Hervé", "Armor Énergies")]
    assert by_nothing == {"persons": [], "total": 0, "next": None}


def test_a_filter_that_means_nothing_is_refused_with_what_to_correct(machine, solenn, amelie):
    answer = machine(solenn, "persons:read").get("/api/v1/persons", {"year": "lately", "limit": 0})

    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert {tuple(each["at"]) for each in answer.json()["errors"]} == {("query", "year", "0"), ("query", "limit")}


def test_one_person_is_read_with_a_mark_that_spares_reading_again(machine, solenn, amelie):
    asked, path = machine(solenn, "persons:read"), reverse("api:person", args=[amelie.public_id])

    first = asked.get(path)
    same = asked.get(path, **{"if-none-match": first["ETag"]})
    known_again = asked.get(path, **{"if-none-match": 'W/"other"'})

    assert first.json()["values"]["family"] == "Hervé"
    assert first.json()["contacts"] == [{"kind": "email", "value": "amelie.herve@courriel.example"}]
    assert (same.status_code, same.content) == (304, b"")
    assert known_again.json() == first.json()


def test_what_a_machine_says_is_a_record_of_its_own(machine, solenn, amelie):
    asked = machine(solenn, "persons:read", "records:read", "persons:write", name="Orbis")
    path = reverse("api:records", args=[amelie.public_id])
    statement = {"facts": {"headline": "Responsable qualité"}, "asserted_on": "2026-11-02", "reason": "Lu dans Orbis."}

    answer = asked.post(path, statement)

    kept = Record.objects.get(pk=answer.json()["id"])
    assert (answer.status_code, answer["Location"]) == (201, path)
    assert (kept.source.name, kept.source.kind, kept.said_by) == ("API Orbis", "third", "API Orbis (Solenn Kerbrat)")
    assert (kept.said, str(kept.asserted_on)) == ({"headline": "Responsable qualité"}, "2026-11-02")
    assert (
        asked.get(reverse("api:person", args=[amelie.public_id])).json()["values"]["headline"] == "Responsable qualité"
    )
    assert [each["source"] for each in asked.get(path).json()["records"]] == ["API Orbis", "Scolarité"]
    assert Entry.objects.about(amelie).of_verb("person.told").latest("id").by_name == "API Orbis (Solenn Kerbrat)"


@pytest.mark.parametrize(
    "facts",
    [{}, {"nickname": "Mél"}, {"born": "1991-02-30"}, {"ine": "0123456789A"}, {"sex": "?"}, {"headline": "a\0b"},
     {"contacts": [{"kind": "pigeon", "value": "vers l’ouest"}]}, {"positions": "archiviste"}],
)  # fmt: skip
def test_what_cannot_be_said_is_refused_and_nothing_is_kept(machine, solenn, amelie, facts):
    before = Record.objects.count()

    answer = machine(solenn, "persons:write").post(reverse("api:records", args=[amelie.public_id]), {"facts": facts})

    assert answer.status_code in {409, 422}
    assert answer.json()["detail"].endswith((".", "it again."))
    assert Record.objects.count() == before


def test_reading_somebody_who_hides_leaves_a_trace_as_on_pages(machine, solenn, goulven):
    asked = machine(solenn, "persons:read", name="Orbis")

    asked.get(reverse("api:person", args=[goulven.public_id]))
    asked.get("/api/v1/persons")

    seen, listed = Entry.objects.of_verb("person.seen").get(), Entry.objects.of_verb("persons.listed").get()
    assert (seen.subject_id, seen.by_name) == (str(goulven.pk), "API Orbis (Solenn Kerbrat)")
    assert listed.details["hidden"] == 1


def test_the_filters_offer_what_the_directory_knows():
    from typing import get_args

    from lierre.interchange.operations.persons import Band
    from lierre.interchange.shapes.statement import Level
    from lierre.people.directory.facets import BANDS
    from lierre.people.facts import LEVELS

    assert get_args(Level) == tuple(LEVELS)
    assert get_args(Band) == tuple(BANDS)


def test_a_filter_that_is_misspelt_does_not_give_the_whole_base_away(machine, solenn, amelie):
    answer = machine(solenn, "persons:read").get("/api/v1/persons", {"employeur": "Nulle part"})

    assert (answer.status_code, answer.json()["errors"][0]["at"]) == (422, ["query", "employeur"])
