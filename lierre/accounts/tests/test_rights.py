"""Who can do what: the table of the house, and the people behind each line."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from lierre.accounts import rights
from lierre.accounts.models import Role
from lierre.accounts.permissions import MANAGE_USERS, SEE_USERS
from lierre.foundation.abilities import declared
from lierre.foundation.models import Entry

pytestmark = pytest.mark.django_db


def line(ability):
    return next(right for right in rights.table() if right.ability == ability)


def test_every_ability_of_the_house_has_its_line(client, maiwenn):
    client.force_login(maiwenn)

    page = client.get(reverse("accounts:rights"))

    assert {right.ability.name for right in page.context["rights"]} == {ability.name for ability in declared()}


def test_a_line_says_which_roles_give_the_ability_and_how_many_hold_it(malo, solenn, maiwenn, gwenael):
    found = line(SEE_USERS)

    assert set(found.roles) == {"IT department", "alumni office", "data protection officer"}
    assert found.holders == 3


def test_someone_who_holds_two_of_the_roles_counts_once(malo, solenn, university):
    Role.give(solenn, "it", university, by=malo)

    assert line(SEE_USERS).holders == 2


def test_an_ability_of_the_top_is_not_held_from_a_faculty(malo, yann, iut):
    Role.give(yann, "it", iut, by=malo)

    assert line(MANAGE_USERS).holders == 1
    assert [role.user for role in rights.holding(MANAGE_USERS)] == [malo]


def test_roles_out_of_force_and_closed_accounts_do_not_count(malo, yann, lena, university):
    today = timezone.localdate()
    Role.objects.create(user=yann, unit=university, kind="it", since=today - timedelta(9), until=today - timedelta(1))
    Role.give(lena, "it", university, by=malo)
    lena.deactivate(by=malo, why="Départ")

    assert line(MANAGE_USERS).holders == 1


def test_the_page_of_an_ability_names_who_holds_it(client, maiwenn, malo):
    client.force_login(maiwenn)

    page = client.get(reverse("accounts:right", args=["manage_users"]))

    assert "Malo Quéré" in page.text
    assert client.get(reverse("accounts:right", args=["fly"])).status_code == 404


def test_the_table_leaves_as_a_file_one_line_per_person_and_ability(client, maiwenn, malo):
    client.force_login(maiwenn)

    answer = client.get(reverse("accounts:export_rights", args=["csv"]))

    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert "Malo Quéré;malo.quere@ubn.example;IT department;Université de Bretagne-Nord;invite recruiters" in lines
    assert Entry.objects.of_verb("rights.exported").get().actor_id == maiwenn.pk


@pytest.mark.parametrize("name", ["solenn", "gwenael", "yann", "amelie_user", "hugo"])
def test_rights_are_read_by_those_who_answer_for_them(client, request, name):
    client.force_login(request.getfixturevalue(name))

    assert client.get(reverse("accounts:rights")).status_code == 403
    assert client.get(reverse("accounts:right", args=["see_users"])).status_code == 403
    assert client.get(reverse("accounts:export_rights", args=["xlsx"])).status_code == 403
