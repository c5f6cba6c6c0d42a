"""Roles: given by others, felt below, ended on their day, and never the last one that lets people in."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from lierre.accounts.duties import end_roles
from lierre.accounts.models import Role, User
from lierre.foundation.errors import Refused
from lierre.foundation.models import Entry

pytestmark = pytest.mark.django_db


def asked(kind, unit, **others):
    return {"kind": kind, "unit": unit.pk, "since": timezone.localdate().isoformat(), "reason": "Nomination", **others}


def again(user):
    """The same person, as the next request finds them."""
    return User.objects.get(pk=user.pk)


def test_the_it_department_gives_a_role_with_its_days_and_its_reason(client, malo, yann, iut):
    client.force_login(malo)
    end = timezone.localdate() + timedelta(days=30)

    client.post(reverse("accounts:give_role", args=[yann.pk]), asked("communication", iut, until=end.isoformat()))

    role = Role.objects.get(user=yann, kind="communication")
    assert (role.unit, role.until, role.reason) == (iut, end, "Nomination")
    assert Entry.objects.of_verb("role.given").about(yann).get().reason == "Nomination"


def test_nobody_gives_a_role_to_themselves(client, malo, university):
    client.force_login(malo)

    page = client.post(reverse("accounts:give_role", args=[malo.pk]), asked("direction", university))

    assert page.status_code == 422
    assert "Nobody gives a role to themselves" in page.text
    assert not again(malo).holds("direction")


def test_a_role_is_felt_in_every_unit_below(malo, yann, university, iut):
    Role.give(yann, "communication", university, by=malo)

    assert again(yann).holds("communication", unit=iut)


def test_a_role_is_not_felt_above(malo, lena, university, iut):
    Role.give(lena, "communication", iut, by=malo)

    assert again(lena).holds("communication")
    assert not again(lena).holds("communication", unit=university)
    assert not again(lena).holds_everywhere("communication")


def test_a_role_counts_neither_before_its_first_day_nor_after_its_last(malo, yann, university):
    today = timezone.localdate()
    later = Role.give(yann, "hr", university, by=malo, since=today + timedelta(days=1))
    Role.objects.create(
        user=yann, unit=university, kind="direction", since=today - timedelta(9), until=today - timedelta(1)
    )

    assert not later.is_in_force
    assert not again(yann).holds("hr", "direction")


def test_a_role_is_withdrawn_with_a_reason(client, malo, yann):
    role = yann.roles.get()
    client.force_login(malo)

    client.post(reverse("accounts:withdraw_role", args=[yann.pk, role.pk]), {"reason": "Départ"})

    assert not yann.roles.exists()
    assert Entry.objects.of_verb("role.withdrawn").about(yann).get().reason == "Départ"


def test_the_last_administrator_is_not_removed(client, malo):
    role = malo.roles.get()
    client.force_login(malo)

    page = client.post(reverse("accounts:withdraw_role", args=[malo.pk, role.pk]), {"reason": "Départ"})

    assert page.status_code == 422
    assert "Nobody else could administer Lierre any more" in page.text
    with pytest.raises(Refused, match="Nobody else could administer"):
        malo.deactivate(by="test", why="Départ")
    with pytest.raises(Refused, match="Nobody else could administer"):
        malo.erase(by="test")
    assert again(malo).holds_everywhere("it")


def test_an_administrator_is_removed_when_another_remains(malo, yann, university):
    Role.give(yann, "it", university, by=malo)

    malo.roles.get().withdraw(by=yann, why="Départ")

    assert not again(malo).holds("it")


def test_the_it_of_a_faculty_does_not_count_as_an_administrator(malo, yann, iut):
    Role.give(yann, "it", iut, by=malo)

    with pytest.raises(Refused, match="Nobody else could administer"):
        malo.roles.get().withdraw(by=yann, why="?")


def test_the_alumni_office_gives_the_roles_of_graduates_only(client, solenn, lena, university):
    client.force_login(solenn)

    offered = client.get(reverse("accounts:give_role", args=[lena.pk])).context["form"].fields["kind"].choices
    refused = client.post(reverse("accounts:give_role", args=[lena.pk]), asked("it", university))
    client.post(reverse("accounts:give_role", args=[lena.pk]), asked("graduate", university))

    assert {value for value, _label in offered} == {"graduate", "student", "recruiter"}
    assert refused.status_code == 422
    assert {role.kind for role in lena.roles.all()} == {"student", "graduate"}


def test_the_alumni_office_does_not_take_a_role_of_staff_back(client, solenn, yann):
    client.force_login(solenn)

    answer = client.post(reverse("accounts:withdraw_role", args=[yann.pk, yann.roles.get().pk]), {"reason": "?"})

    assert answer.status_code == 403
    assert yann.roles.exists()


def test_a_role_is_not_given_outside_the_units_where_one_may(client, malo, yann, lena, iut, university):
    Role.give(yann, "alumni_office", iut, by=malo)
    Role.give(lena, "graduate", iut, by=malo)
    client.force_login(yann)

    page = client.post(reverse("accounts:give_role", args=[lena.pk]), asked("student", university))

    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"unit"}


def test_a_deactivated_account_receives_no_role(malo, yann, university):
    yann.deactivate(by=malo, why="Départ")

    with pytest.raises(Refused, match="reactivate the account first"):
        Role.give(yann, "hr", university, by=malo)


@pytest.mark.parametrize("days", [{"until": "2020-01-01"}, {"since": "2040-01-02", "until": "2040-01-01"}])
def test_a_last_day_does_not_come_before_the_first_nor_before_today(client, malo, yann, university, days):
    client.force_login(malo)

    page = client.post(reverse("accounts:give_role", args=[yann.pk]), asked("hr", university, **days))

    assert set(page.context["form"].errors) == {"until"}


def test_a_role_given_again_takes_the_new_days(malo, yann, university):
    end = timezone.localdate() + timedelta(days=3)
    Role.give(yann, "hr", university, by=malo)

    Role.give(yann, "hr", university, by=malo, until=end)

    assert Role.objects.get(user=yann, kind="hr").until == end
    assert Entry.objects.of_verb("role.changed").about(yann).exists()


def test_roles_whose_last_day_has_passed_leave_the_lists(malo, yann, university):
    today = timezone.localdate()
    Role.objects.create(user=yann, unit=university, kind="hr", since=today - timedelta(9), until=today - timedelta(1))
    Role.objects.create(user=yann, unit=university, kind="direction", since=today - timedelta(9), until=today)

    said = end_roles()

    assert said == "1 role ended."
    assert not yann.roles.filter(kind="hr").exists()
    assert yann.roles.filter(kind="direction").exists()
    assert Entry.objects.of_verb("role.ended").about(yann).get().by_name == "accounts.end_roles"
    assert end_roles() == "0 roles ended."
