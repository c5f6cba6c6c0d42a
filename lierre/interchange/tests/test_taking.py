"""A machine that walks through the base takes a list away: with a reason, few times a day, and a line of the journal."""

import pytest

from lierre.foundation.models import Entry
from lierre.people.directory import snapshot
from lierre.people.models import Source
from lierre.people.saying import say

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def long_lists_begin_at_four(settings) -> None:
    settings.MASS_EXPORT, settings.MASS_EXPORTS_A_DAY = 4, 2
    snapshot.forget()


@pytest.fixture
def six_persons(school: Source) -> None:
    for at in range(6):
        say({"given": f"Erwan{at}", "family": "Riou"}, source=school, by="the tests")


def test_a_few_persons_are_read_without_a_word(machine, solenn, six_persons):
    asking = machine(solenn, "persons:read")

    assert asking.get("/api/v1/persons", {"limit": 4}).status_code == 200
    assert not Entry.objects.of_verb("persons.exported").exists()


def test_beyond_it_asks_why_and_the_journal_keeps_it_once_for_a_walk(machine, solenn, six_persons):
    asking = machine(solenn, "persons:read")
    first = asking.get("/api/v1/persons", {"limit": 3}).json()

    refused = asking.get("/api/v1/persons", {"limit": 3, "cursor": first["next"]})
    assert (refused.status_code, refused.json()["type"]) == (403, "urn:lierre:problem:reason")
    assert "Riou" not in refused.content.decode()

    told = asking.get("/api/v1/persons", {"limit": 3, "cursor": first["next"]}, reason="Copie%20nocturne")
    assert len(told.json()["persons"]) == 3
    line = Entry.objects.of_verb("persons.exported").get()
    assert (line.actor_id, line.reason, line.details["form"], line.details["total"]) == (
        solenn.pk, "Copie nocturne", "API", 6,
    )  # fmt: skip


def test_too_many_long_lists_in_a_day_are_refused_whoever_takes_them(machine, solenn, six_persons):
    one, other = machine(solenn, "persons:read"), machine(solenn, "persons:read")
    asked = {"limit": 6}

    answers = [each.get("/api/v1/persons", asked, reason="Copie").status_code for each in (one, other, one)]

    assert answers == [200, 200, 429]
    assert Entry.objects.of_verb("persons.exported").count() == 2
