"""A page asks the base the same number of questions, whatever the number of its lines."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lierre.accounts.models import Invitation, Role, Unit, User

pytestmark = pytest.mark.django_db

MOST = 12


@pytest.fixture
def crowd(malo, university, iut):
    """Answers a function that adds people, units, roles and invitations."""

    def add(first, last):
        for n in range(first, last):
            unit = Unit.add(code=f"U{n}", name=f"Unité {n}", kind="department", parent=iut, by="test")
            user = User.objects.create_user(f"u{n}@ubn.example", name=f"Personne {n}")
            Role.give(user, "ambassador", unit, by=malo)
            Role.give(user, "hr", iut, by=malo)
            Role.give(malo, "hr", unit, by=user)
            Invitation.invite(f"i{n}@courriel.example", "graduate", iut, by=malo)

    return add


def questions(client, address):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize(
    "name", ["units", "unit", "users", "user", "rights", "right", "invitations", "my_account", "give_role", "invite"]
)
def test_a_page_asks_few_questions_and_no_more_for_a_crowd(client, malo, iut, crowd, name):
    given = {"unit": [iut.pk], "user": [malo.pk], "right": ["see_units"], "give_role": [malo.pk]}.get(name, [])
    address = reverse(f"accounts:{name}", args=given)
    client.force_login(malo)
    crowd(0, 2)
    questions(client, address)  # the session is noted by the first page
    few = questions(client, address)
    crowd(2, 8)

    assert questions(client, address) == few
    assert few <= MOST
