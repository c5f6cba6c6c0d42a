"""The list of users and the page of each: who sees whom, what is done to an account."""

import pytest
from django.urls import reverse

from lierre.accounts.models import Role, User
from lierre.foundation.models import Entry

pytestmark = pytest.mark.django_db


def test_the_list_shows_everybody_with_their_roles(client, malo, yann, amelie_user):
    client.force_login(malo)

    page = client.get(reverse("accounts:users"))

    assert {user.name for user in page.context["page"].rows} == {"Malo Quéré", "Yann Le Goff", "Amélie Hervé"}
    assert "ambassador" in page.text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=le+goff", {"Yann Le Goff"}),
        ("q=courriel.example", {"Amélie Hervé"}),
        ("role=graduate", {"Amélie Hervé"}),
        ("state=inactive", {"Lena Cadiou"}),
        ("role=nonsense", {"Malo Quéré", "Yann Le Goff", "Amélie Hervé", "Lena Cadiou"}),
    ],
)
def test_the_list_is_narrowed(client, malo, yann, amelie_user, lena, query, found):
    lena.deactivate(by=malo, why="Départ")
    client.force_login(malo)

    page = client.get(f"{reverse('accounts:users')}?{query}")

    assert {user.name for user in page.context["page"].rows} == found


def test_the_list_is_narrowed_to_a_unit_and_what_hangs_on_it(client, malo, yann, lena, iut, university):
    Role.give(lena, "ambassador", iut, by=malo)
    client.force_login(malo)

    at_the_iut = client.get(reverse("accounts:users"), {"unit": iut.pk})
    everywhere = client.get(reverse("accounts:users"), {"unit": university.pk, "role": "ambassador"})

    assert [user.name for user in at_the_iut.context["page"].rows] == ["Lena Cadiou"]
    assert {user.name for user in everywhere.context["page"].rows} == {"Lena Cadiou", "Yann Le Goff"}


def test_the_office_of_a_faculty_sees_only_those_who_hold_a_role_there(client, malo, yann, lena, amelie_user, iut):
    Role.give(yann, "alumni_office", iut, by=malo)
    Role.give(lena, "graduate", iut, by=malo)
    client.force_login(yann)

    page = client.get(reverse("accounts:users"))

    assert {user.name for user in page.context["page"].rows} == {"Yann Le Goff", "Lena Cadiou"}
    assert client.get(reverse("accounts:user", args=[amelie_user.pk])).status_code == 404


def test_long_lists_go_on_where_they_stopped(client, malo, university):
    User.objects.bulk_create(User(email=f"u{n}@ubn.example", name=f"U {n}", password="!") for n in range(60))
    client.force_login(malo)

    first = client.get(reverse("accounts:users") + "?state=active").context["page"]
    second = client.get(reverse("accounts:users"), {"state": "active", "before": first.older}).context["page"]

    assert (len(first.rows), len(second.rows), second.older) == (50, 11, None)


def test_the_list_leaves_as_a_file_and_the_journal_knows(client, malo, yann, amelie_user):
    client.force_login(malo)

    answer = client.get(reverse("accounts:export_users", args=["csv"]), {"role": "graduate"})

    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Name;E-mail;State;Roles")
    assert [line.split(";")[0] for line in lines[1:]] == ["Amélie Hervé"]
    assert Entry.objects.of_verb("users.exported").get().details["asked"] == {"role": "graduate"}
    assert client.get(reverse("accounts:export_users", args=["xlsx"])).status_code == 200


def test_the_page_of_a_user_tells_what_their_roles_let_them_do_and_where(client, malo, yann, iut):
    Role.give(yann, "communication", iut, by=malo)
    client.force_login(malo)

    page = client.get(reverse("accounts:user", args=[yann.pk]))

    abilities = {ability.name: [unit.code for unit in units] for ability, units in page.context["abilities"]}
    assert abilities["welcome_ambassadors"] == ["IUTM"]
    assert abilities["see_units"] == ["UBN"]  # the IUT is inside it


def test_the_page_of_a_user_shows_the_journal_to_those_who_may_read_it(client, malo, solenn, yann, iut):
    Role.give(yann, "hr", iut, by=malo, why="Mission")
    client.force_login(malo)
    read = client.get(reverse("accounts:user", args=[yann.pk]))
    client.force_login(solenn)
    hidden = client.get(reverse("accounts:user", args=[yann.pk]))

    assert "Mission" in str([entry.reason for entry in read.context["entries"]])
    assert hidden.context["entries"] is None


def test_deactivating_closes_every_session_at_once(client, malo, yann):
    client.force_login(yann)
    client.get(reverse("accounts:my_account"))
    office = type(client)()
    office.force_login(malo)

    office.post(reverse("accounts:user_act", args=[yann.pk, "desactiver"]), {"reason": "Départ en retraite"})

    assert client.get(reverse("accounts:my_account")).status_code == 302
    entry = Entry.objects.of_verb("user.deactivated").about(yann).get()
    assert (entry.reason, entry.details) == ("Départ en retraite", {"sessions_ended": 1})


def test_a_deactivated_user_does_not_sign_in_and_comes_back_with_the_roles_kept(client, malo, yann):
    yann.deactivate(by=malo, why="Congé")
    assert not client.login(email=yann.email, password="ivy on the old wall")
    client.force_login(malo)

    client.post(reverse("accounts:user_act", args=[yann.pk, "reactiver"]), {"reason": "Retour"})

    assert client.login(email=yann.email, password="ivy on the old wall")
    assert User.objects.get(pk=yann.pk).holds("ambassador")


def test_nobody_deactivates_their_own_account(client, malo):
    client.force_login(malo)

    page = client.post(reverse("accounts:user_act", args=[malo.pk, "desactiver"]), {"reason": "?"})

    assert page.status_code == 422
    assert "You cannot deactivate your own account" in page.text


def test_a_reason_is_asked_for(client, malo, yann):
    client.force_login(malo)

    page = client.post(reverse("accounts:user_act", args=[yann.pk, "desactiver"]), {"reason": ""})

    assert page.status_code == 422
    assert User.objects.get(pk=yann.pk).is_active


def test_an_act_that_does_not_exist_is_not_found(client, malo, yann):
    client.force_login(malo)

    assert client.get(reverse("accounts:user_act", args=[yann.pk, "promouvoir"])).status_code == 404


@pytest.mark.parametrize("act", ["desactiver", "reactiver", "deconnecter", "oublier-cles"])
@pytest.mark.parametrize("name", ["solenn", "maiwenn"])
def test_accounts_are_closed_by_the_it_department_alone(client, request, yann, name, act):
    client.force_login(request.getfixturevalue(name))

    assert client.post(reverse("accounts:user_act", args=[yann.pk, act]), {"reason": "?"}).status_code == 403


@pytest.mark.parametrize("name", ["gwenael", "helene", "yann", "amelie_user", "hugo"])
def test_the_list_is_hidden_from_those_who_may_not_see_it(client, request, malo, name):
    client.force_login(request.getfixturevalue(name))

    for address in ("accounts:users", "accounts:export_users", "accounts:user", "accounts:give_role"):
        given = {"accounts:users": [], "accounts:export_users": ["csv"]}.get(address, [malo.pk])
        assert client.get(reverse(address, args=given)).status_code == 403


def test_whoever_is_not_signed_in_is_sent_to_the_door(client, malo):
    for address in ("users", "units", "rights", "invitations", "my_account"):
        answer = client.get(reverse(f"accounts:{address}"))
        assert answer["Location"].startswith(reverse("account_login"))
