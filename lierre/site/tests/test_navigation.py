"""The masthead says where one is, on every page of a section."""

import pytest
from django.urls import reverse

from lierre.people.models import Person

pytestmark = pytest.mark.django_db


def current(page: str) -> str:
    return page.partition('aria-current="page"')[2].partition(">")[2].partition("<")[0]


def test_a_person_is_a_page_of_the_directory(client, solenn):
    client.force_login(solenn)
    person = Person.objects.create(given="Amélie", family="Hervé", sort="herve amelie")

    assert current(client.get(reverse("people:person", args=[person.public_id])).text) == "Directory"


def test_a_room_is_a_page_of_the_house(client, solenn):
    client.force_login(solenn)

    assert current(client.get(reverse("accounts:units")).text) == "The house"
    assert current(client.get(reverse("people:imports")).text) == "Imports"
