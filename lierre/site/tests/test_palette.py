"""Going to a page or to a person by a few letters: nobody finds what they may not open."""

import pytest
from django.urls import reverse

from lierre.people.tests.townsfolk import AMELIE, HIDDEN, SHOWN_TO_GRADUATES, settle

pytestmark = pytest.mark.django_db


def found(client, user, query: str, **headers) -> str:
    client.force_login(user)
    return client.get(reverse("site:go"), {"q": query}, headers=headers).content.decode()


def test_solenn_finds_a_page_by_the_beginning_of_its_words(client, solenn):
    page = found(client, solenn, "quar", HX_Request="true")

    assert f'href="{reverse("people:quarantine")}"' in page
    assert f'href="{reverse("people:imports")}"' not in page


def test_solenn_finds_a_person_typing_errors_forgiven(client, solenn):
    settle(AMELIE)

    assert "Amélie Hervé-Cariou" in found(client, solenn, "hervé am")
    assert "Amélie Hervé-Cariou" in found(client, solenn, "carriou")


def test_only_the_options_come_when_the_palette_asks(client, solenn):
    settle(AMELIE)

    options, page = found(client, solenn, "cariou", HX_Request="true"), found(client, solenn, "cariou")

    assert "<main" not in options
    assert 'role="option"' in options
    assert "<main" in page
    assert 'role="option"' not in page


def test_a_student_finds_no_room_of_the_staff(client, lena):
    page = found(client, lena, "", HX_Request="true")

    assert reverse("people:quarantine") not in page
    assert reverse("foundation:journal") not in page
    assert reverse("foundation:works") in page


def test_a_person_hidden_from_a_viewer_is_not_found(client, amelie_user):
    settle(AMELIE | HIDDEN, {"given": "Amaury", "family": "Hervé"} | SHOWN_TO_GRADUATES)

    assert "Cariou" not in found(client, amelie_user, "herve")


def test_a_query_of_hostile_letters_is_a_query(client, solenn):
    page = found(client, solenn, '"><script>', HX_Request="true")

    assert "<script>" not in page


def test_the_palette_is_for_those_who_are_signed_in(client):
    assert client.get(reverse("site:go")).status_code == 302
