"""What somebody hides does not exist for a machine either: neither found, nor filtered by, nor sorted, nor counted."""

from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from lierre.accounts.models import Role
from lierre.interchange.models import Token
from lierre.interchange.tests.conftest import OPEN, Machine, known
from lierre.people.directory import snapshot
from lierre.people.models import Person, Source

pytestmark = pytest.mark.django_db
SECRET = {
    "studies": [{"degree": "Zqdiplome", "year": 1987, "level": "doctorate", "discipline": "Zqdiscipline"}],
    "positions": [{"employer": "Zqpatron", "title": "Zqmetier", "city": "Zqville", "department": "29"}],
    "contacts": [{"kind": "email", "value": "zq@courriel.example"}], "born": "1960-01-02",
}  # fmt: skip
ASKED = (
    {"q": "zqpatron"}, {"q": "zqmetier"}, {"q": "zqdiplome"}, {"year": "1987"}, {"level": "doctorate"},
    {"degree": "Zqdiplome"}, {"discipline": "Zqdiscipline"}, {"employer": "Zqpatron"}, {"department": "29"},
    {"freshness": "six-mois"}, {"order": "year"}, {"order": "heard"}, {"q": "rozenn"}, {},
)  # fmt: skip


@pytest.fixture(autouse=True)
def fresh():
    snapshot.forget()
    yield
    snapshot.forget()


@pytest.fixture
def outsider(solenn, university) -> Machine:
    """The machine of someone who was in the office, and is a recruiter of the house today."""
    token, text = Token.make("Orbis", ["persons:read", "records:read", "persons:write"], by=solenn)
    solenn.roles.all().delete()
    Role.objects.create(user=solenn, unit=university, kind="recruiter_relations")
    return Machine(token, text)


def everything_asked(machine: Machine, *persons: str) -> list[tuple[int, bytes]]:
    paths = [reverse("api:person", args=[each]) for each in persons]
    answers = [machine.get("/api/v1/persons", asked) for asked in ASKED]
    answers += [machine.get(path) for path in paths] + [machine.get(f"{path}/records") for path in paths]
    answers += [machine.get("/api/v1/persons", {"cursor": each}) for each in persons]
    return [(answer.status_code, answer.content) for answer in answers]


BLANK = {
    "study": {"studies": [{"year": 1987}]},
    "position": {"positions": [{"department": "29"}]},
    "place": {"positions": [{"employer": "Zqpatron", "title": "Zqmetier"}]},
}


def told_of(machine: Machine, school: Source, facts: dict[str, Any]) -> list[tuple[int, bytes]]:
    """What is answered about a base where somebody said this, and then never did."""
    with transaction.atomic():
        person = known(school, "Rozenn", "Le Bihan", **facts)
        Person.objects.filter(pk=person.pk).update(public_id="zzzzzzzzzzzz")
        snapshot.forget()
        told = everything_asked(machine, "zzzzzzzzzzzz")
        transaction.set_rollback(True)
    snapshot.forget()
    return told


@pytest.mark.parametrize("family", ["study", "position", "place"])
def test_a_hidden_family_moves_nothing(outsider, school, amelie, family):
    """The same answers as from a base where these values were never said."""
    said = {"studies": SECRET["studies"], "positions": SECRET["positions"], f"audience_{family}": []}

    hidden, never = told_of(outsider, school, said), told_of(outsider, school, {**said, **BLANK[family]})
    shown = told_of(outsider, school, {**said, f"audience_{family}": OPEN["name"]})

    assert hidden == never
    assert hidden != shown
    assert b"zzzzzzzzzzzz" in hidden[ASKED.index({"q": "rozenn"})][1]


def test_somebody_who_hides_is_as_somebody_who_does_not_exist(outsider, school, amelie):
    without = everything_asked(outsider, "zzzzzzzzzzzz")
    person = known(school, "Rozenn", "Le Bihan", **{**SECRET, **{f"audience_{family}": [] for family in OPEN}})
    Person.objects.filter(pk=person.pk).update(public_id="zzzzzzzzzzzz")
    snapshot.forget()

    assert everything_asked(outsider, "zzzzzzzzzzzz") == without
    assert {status for status, _content in without} == {200, 403, 404, 422}


def test_a_token_never_says_more_than_the_page_of_its_owner(outsider, school):
    person = known(school, "Rozenn", "Zqjeunefille", usage="Le Bihan", **SECRET)

    told = outsider.get(reverse("api:person", args=[person.public_id])).json()

    assert told["name"] == "Rozenn Le Bihan"
    assert "Zqjeunefille" not in str(told)
    assert "family" not in told["values"]
    assert told["contacts"] == []
    assert "born" not in told["values"]
    assert [each["employer"] for each in told["positions"]] == ["Zqpatron"]
