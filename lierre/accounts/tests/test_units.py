"""The tree of the units: what hangs on what, and what a change of the tree carries along."""

import pytest
from django.urls import reverse

from lierre.accounts.models import Role, Unit
from lierre.accounts.tree import grow
from lierre.foundation.errors import Refused
from lierre.foundation.models import Entry

pytestmark = pytest.mark.django_db

BIOLOGY = {"name": "Département de biologie", "code": "SCT-BIO", "kind": "department"}


@pytest.fixture
def sciences(university):
    return Unit.add(code="SCT", name="Faculté des sciences", kind="faculty", parent=university, by="test")


@pytest.fixture
def biology(sciences):
    return Unit.add(code="BIO", name="Biologie", kind="department", parent=sciences, by="test")


def test_the_page_shows_the_whole_tree_with_its_levels(client, malo, biology):
    client.force_login(malo)

    page = client.get(reverse("accounts:units"))

    root = page.context["root"]
    assert [branch.unit.code for branch in root.branches] == ["SCT"]
    assert [branch.unit.level for branch in root.branches[0].branches] == [2]
    assert "level 2" in page.text


def test_roles_are_counted_where_they_are_held_and_below(malo, yann, biology):
    Role.give(yann, "ambassador", biology, by=malo)

    root = grow()

    assert (root.held, root.below) == (2, 1)
    assert root.branches[0].branches[0].held == 1


def test_a_unit_is_added_below_another(client, malo, sciences):
    client.force_login(malo)

    client.post(reverse("accounts:new_unit"), {**BIOLOGY, "parent": sciences.pk})

    added = Unit.objects.get(code="SCT-BIO")
    assert added.path == "/UBN/SCT/SCT-BIO/"
    assert Entry.objects.of_verb("unit.created").about(added).get().actor_id == malo.pk


def test_two_units_do_not_share_a_code_whatever_its_case(client, malo, sciences):
    client.force_login(malo)

    page = client.post(reverse("accounts:new_unit"), {**BIOLOGY, "code": "sct", "parent": sciences.pk})

    assert page.status_code == 422
    assert "Faculté des sciences already has this code." in page.text


def test_what_hangs_on_a_unit_follows_its_new_code(client, malo, sciences, biology):
    client.force_login(malo)

    client.post(
        reverse("accounts:change_unit", args=[sciences.pk]), {"name": "Sciences", "code": "SCI", "kind": "faculty"}
    )

    biology.refresh_from_db()
    assert biology.path == "/UBN/SCI/BIO/"


def test_the_institution_keeps_its_kind(client, malo, university):
    client.force_login(malo)

    client.post(reverse("accounts:change_unit", args=[university.pk]), {"name": "UBN", "code": "UBN", "kind": "school"})

    university.refresh_from_db()
    assert (university.name, university.kind) == ("UBN", "institution")


def test_a_unit_moves_with_all_that_hangs_on_it(client, malo, iut, sciences, biology):
    client.force_login(malo)

    client.post(reverse("accounts:move_unit", args=[sciences.pk]), {"under": iut.pk, "reason": "Réforme de 2027"})

    biology.refresh_from_db()
    assert biology.path == "/UBN/IUTM/SCT/BIO/"
    assert Entry.objects.of_verb("unit.moved").get().reason == "Réforme de 2027"


def test_moving_a_unit_cannot_make_a_ring(client, malo, sciences, biology):
    client.force_login(malo)

    with pytest.raises(Refused, match="nor under what hangs on it"):
        sciences.move(biology, by=malo)
    page = client.post(reverse("accounts:move_unit", args=[sciences.pk]), {"under": biology.pk, "reason": "?"})

    assert page.status_code == 422
    assert Unit.objects.get(pk=sciences.pk).path == "/UBN/SCT/"


def test_the_institution_neither_moves_nor_closes(malo, university, sciences):
    with pytest.raises(Refused, match="top of the tree"):
        university.move(sciences, by=malo)
    with pytest.raises(Refused, match="cannot be closed"):
        university.close(by=malo, why="?")


def test_a_unit_on_which_others_hang_is_not_closed(client, malo, sciences, biology):
    client.force_login(malo)

    page = client.post(reverse("accounts:close_unit", args=[sciences.pk]), {"reason": "Réforme"})

    assert page.status_code == 422
    assert "1 open unit hangs on it" in page.text


def test_closing_a_unit_ends_the_roles_held_there(client, malo, yann, biology):
    Role.give(yann, "ambassador", biology, by=malo)
    client.force_login(malo)

    client.post(reverse("accounts:close_unit", args=[biology.pk]), {"reason": "Fusion de départements"})

    biology.refresh_from_db()
    assert not biology.is_open
    assert not biology.roles.exists()
    assert Entry.objects.of_verb("role.withdrawn").about(yann).exists()
    with pytest.raises(Refused, match="is closed"):
        Role.give(yann, "ambassador", biology, by=malo)


def test_a_closed_unit_is_hidden_until_asked_for_and_can_be_reopened(client, malo, sciences, biology):
    biology.close(by=malo, why="Fusion")
    client.force_login(malo)

    assert "Biologie" not in client.get(reverse("accounts:units")).text
    assert "Biologie" in client.get(reverse("accounts:units") + "?closed=1").text
    client.post(reverse("accounts:reopen_unit", args=[biology.pk]), {"reason": "Erreur"})

    biology.refresh_from_db()
    assert biology.is_open


def test_a_unit_does_not_reopen_below_a_closed_one(malo, sciences, biology):
    biology.close(by=malo, why="Fusion")
    sciences.close(by=malo, why="Fusion")

    with pytest.raises(Refused, match="reopen it first"):
        Unit.objects.get(pk=biology.pk).reopen(by=malo, why="?")


def test_the_page_of_a_unit_names_who_holds_a_role_here_and_above(client, malo, gwenael, yann, biology):
    Role.give(yann, "ambassador", biology, by=malo)
    client.force_login(gwenael)

    page = client.get(reverse("accounts:unit", args=[biology.pk]))

    assert [role.user for role in page.context["held"]] == [yann]
    assert gwenael in {role.user for role in page.context["inherited"]}
    assert reverse("accounts:close_unit", args=[biology.pk]) not in page.text


def test_graduates_are_counted_not_named(client, malo, amelie_user, lena, university):
    client.force_login(malo)

    page = client.get(reverse("accounts:unit", args=[university.pk]))

    assert dict(page.context["members"]) == {"graduate": 1, "student": 1}
    assert "Amélie" not in page.text


@pytest.mark.parametrize("act", ["new_unit", "change_unit", "move_unit", "close_unit", "reopen_unit"])
def test_only_the_it_department_changes_the_tree(client, gwenael, biology, act):
    client.force_login(gwenael)
    address = reverse(f"accounts:{act}", args=[] if act == "new_unit" else [biology.pk])

    assert client.get(address).status_code == 403
    assert client.post(address, {"reason": "?"}).status_code == 403


def test_the_it_of_a_faculty_changes_only_what_is_below_it(client, yann, malo, iut, biology, sciences):
    Role.give(yann, "it", sciences, by=malo)
    client.force_login(yann)

    assert client.get(reverse("accounts:move_unit", args=[iut.pk])).status_code == 403
    assert client.get(reverse("accounts:move_unit", args=[biology.pk])).status_code == 200
    refused = client.post(reverse("accounts:new_unit"), {**BIOLOGY, "parent": iut.pk})
    assert set(refused.context["form"].errors) == {"parent"}


def test_without_an_institution_the_page_says_how_to_begin(client, malo, university, monkeypatch):
    client.force_login(malo)
    monkeypatch.setattr("lierre.accounts.views.units.grow", lambda **_asked: None)

    assert "create-admin" in client.get(reverse("accounts:units")).text
