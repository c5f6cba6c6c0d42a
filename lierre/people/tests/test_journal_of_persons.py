"""The journal tells whoever may know it of whom its lines speak; to the others it tells a number."""

import pytest
from django.urls import reverse

from lierre.people.tests.witnesses import amelie

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("reader", "is_told"), [("maiwenn", True), ("helene", True), ("malo", False)])
def test_names_are_told_to_those_who_may_see_what_is_hidden(client, request, reader, is_told):
    person = amelie()
    client.force_login(request.getfixturevalue(reader))

    page = client.get(reverse("foundation:journal"), {"kind": "people.person"}).content.decode()
    file = b"".join(client.get(reverse("foundation:export_journal", args=["csv"])).streaming_content).decode()

    assert (str(person) in page, str(person) in file) == (is_told, is_told)
    assert (f"number {person.pk}" in page) is not is_told


@pytest.mark.parametrize(("reader", "finds"), [("maiwenn", True), ("malo", False)])
def test_a_name_that_may_not_be_told_finds_no_line(client, request, reader, finds):
    person = amelie()
    client.force_login(request.getfixturevalue(reader))

    page = client.get(reverse("foundation:journal"), {"q": person.family}).content.decode()

    assert ("No line answers this." not in page) is finds
