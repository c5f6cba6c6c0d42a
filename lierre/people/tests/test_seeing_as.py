"""See as somebody else: the page that they would have, to the letter, and what each choice shows."""

import re
from typing import Any

import pytest
from django.urls import reverse

from conftest import someone
from lierre.accounts.models import User
from lierre.foundation.models import Entry
from lierre.people.fold.visibility import FINER
from lierre.people.models import Person
from lierre.people.readings.choices import LEVELS, LOOKERS
from lierre.people.readings.sheet import Sheet
from lierre.people.saying import say
from lierre.people.tests.witnesses import amelie, source

pytestmark = pytest.mark.django_db
EYES = re.compile(r'<div class="notice tone-note eyes">.*?</div></div>', re.DOTALL)


@pytest.fixture
def her(amelie_user) -> Person:
    person = amelie()
    Person.objects.filter(pk=person.pk).update(account=amelie_user)
    return Person.objects.get(pk=person.pk)


@pytest.fixture
def viewers(university, hugo, lena, yann, her, grouped) -> dict[str, User]:
    """Real ones: each signs in. Whoever shares a group with her is of no other audience."""
    companion = someone("Nolwenn Bihan", "nolwenn@ubn.example", "ambassador", university)
    hers = say({"given": "Nolwenn"}, source=source("school"), by="the tests").person
    Person.objects.filter(pk=hers.pk).update(account=companion)
    grouped(her, hers)
    mate = someone("Goulven Quiniou", "goulven@courriel.example", "graduate", university)
    his = say({"given": "Goulven", "studies": [{"degree": "Master", "year": 2014, "obtained": True}]},
              source=source("school"), by="the tests").person  # fmt: skip
    Person.objects.filter(pk=his.pk).update(account=mate)
    other = someone("Maëlle Prigent", "maelle@courriel.example", "graduate", university)
    return {
        "class": mate,
        "groups": companion,
        "graduates": other,
        "students": lena,
        "recruiters": hugo,
        "public": yann,
    }


def main_of(answer: Any) -> str:
    page = EYES.sub("", answer.content.decode())
    found = re.search(r"<main.*</main>", page, re.DOTALL)
    assert found is not None
    return re.sub(r"\s+", " ", found[0])


def choose(client: Any, user: User, **form: Any) -> None:
    client.force_login(user)
    assert client.post(reverse("people:own_choices"), form, follow=True).status_code == 200


MANY = {"name": ["graduates", "students", "recruiters", "public"], "position": ["students"], "email": ["recruiters"],
        "birth": ["public"], "study": ["class"]}  # fmt: skip
CHOICES = [
    {"level": "promotion"}, {"level": "groupes"}, {"level": "diplomes"}, {"level": "ouvert"}, {"level": "personne"},
    MANY,
    {"name": ["groups"], "position": ["groups"], "email": ["groups", "class"], "study": ["class"]},
]  # fmt: skip


@pytest.mark.parametrize("looker", LOOKERS)
@pytest.mark.parametrize("form", CHOICES)
def test_she_sees_what_they_see_to_the_letter(client, amelie_user, her, viewers, looker, form):
    choose(client, amelie_user, **form)
    borrowed = client.get(reverse("people:own_record"), {"comme": looker})

    client.force_login(viewers[looker])
    real = client.get(her.get_absolute_url())

    if real.status_code == 404:
        assert "For them this person does not exist" in borrowed.content.decode()
    else:
        assert main_of(borrowed) == main_of(real)


@pytest.mark.parametrize("looker", LOOKERS)
def test_the_table_says_what_the_page_shows(client, amelie_user, her, looker):
    choose(client, amelie_user, **MANY)
    sheet = Sheet.for_everyone_to_know(her)

    seen = {choice.family: dict(choice.seen)[looker] for choice in sheet.choices}
    page = client.get(reverse("people:own_record"), {"comme": looker}).content.decode()

    assert seen["birth"] is ("Morlaix" in page)
    assert seen["position"] is ("Armor Énergies" in page)
    assert seen["email"] is ("amelie.herve@courriel.example" in page)
    assert seen["study"] is ("Master Statistique et société" in page)


def test_an_address_may_be_shown_to_others_than_the_rest(client, amelie_user, her):
    choose(client, amelie_user, name=["graduates"], contact=["graduates"], email=[], phone=["graduates"])

    sheet = Sheet.for_everyone_to_know(her)

    assert sheet.seers("email") == []
    assert sheet.seers("phone") == ["class", "graduates"]


def test_what_nobody_chose_apart_follows_its_family(her):
    say(
        {"audience_contact": ["graduates"], "audience_position": ["graduates"]},
        source=source("member"),
        by="her",
        person=her,
    )

    sheet = Sheet.for_everyone_to_know(her)

    named = dict(zip(FINER, ("email", "phone", "address", "website", "summary"), strict=True))
    assert {finer: sheet.seers(name) for finer, name in named.items()} == {
        finer: ["class", "graduates"] for finer in FINER
    }


@pytest.mark.parametrize("level", LEVELS)
def test_a_level_fills_the_whole_table(client, amelie_user, her, level):
    choose(client, amelie_user, level=level)

    values = Sheet.for_everyone_to_know(her).folded.values

    assert {family: tuple(values[f"audience_{family}"]) for family in LEVELS[level].seen_by} == LEVELS[level].seen_by


def test_staff_who_helps_borrows_eyes_and_it_is_written(client, solenn, her):
    client.force_login(solenn)

    client.get(her.get_absolute_url(), {"comme": "students"})

    line = Entry.objects.of_verb("person.seen_as").about(her).get()
    assert (line.actor_id, line.details) == (solenn.pk, {"looker": "students"})


def test_the_communication_office_borrows_nobody_s_eyes(client, gwenael, her):
    client.force_login(gwenael)

    page = client.get(her.get_absolute_url(), {"comme": "recruiters"}).content.decode()

    assert "Armor Énergies" in page
    assert 'href="?comme=' not in page
    assert not Entry.objects.of_verb("person.seen_as").exists()


def test_a_usage_name_does_not_tell_that_another_was_borne_at_birth(client, viewers, her):
    client.force_login(viewers["graduates"])

    page = client.get(her.get_absolute_url()).content.decode()

    assert "Hervé-Cariou" in page
    assert "Usage name" not in page
