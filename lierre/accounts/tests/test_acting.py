"""Seeing the house in the place of somebody else: to look only, for half an hour, and they are told."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lierre.accounts.duties import end_acting, tell_acted_for
from lierre.accounts.models import Acting, Role, User
from lierre.accounts.models.acting import LASTS, MOST_A_DAY
from lierre.accounts.permissions import IN_THE_PLACE_OF, may_act_for
from lierre.accounts.tests.replacing import WHY, at_the_keyboard, in_the_place_of
from lierre.foundation.abilities import ability
from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import Entry

pytestmark = pytest.mark.django_db


def test_nothing_is_sent_in_the_place_of_another(malo, amelie_user):
    client = in_the_place_of(amelie_user, malo)

    refused = client.post(reverse("accounts:my_account"), {"name": "Autre", "language": "fr"})

    assert refused.status_code == 403
    assert "nothing can be changed or sent" in refused.text
    assert User.objects.get(pk=amelie_user.pk).name == "Amélie Hervé"


@pytest.mark.parametrize(
    "name", ["accounts:my_account", "account_email", "mfa_index", "usersessions_list", "account_reauthenticate"]
)
def test_how_they_sign_in_stays_closed(malo, amelie_user, name):
    client = in_the_place_of(amelie_user, malo)

    assert "alone: nobody opens it" in client.get(reverse(name)).text


def test_the_password_is_asked_again_first(malo, amelie_user):
    client = Client()
    client.force_login(malo)

    answer = client.get(reverse("accounts:act_as", args=[amelie_user.pk]))

    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_reauthenticate"))


def test_a_reason_is_asked(malo, amelie_user):
    answer = at_the_keyboard(malo).post(reverse("accounts:act_as", args=[amelie_user.pk]), {"reason": ""})

    assert answer.status_code == 422
    assert not Acting.objects.exists()


@pytest.mark.parametrize("who", ["helene", "solenn", "gwenael", "maiwenn"])
def test_the_it_department_is_never_in_the_place_of_those_who_see_or_may_more(malo, request, who):
    shown = request.getfixturevalue(who)
    client = at_the_keyboard(malo)

    assert client.get(reverse("accounts:act_as", args=[shown.pk])).status_code == 404
    assert "See as they do" not in client.get(shown.get_absolute_url()).text


def test_no_role_is_lent_that_gives_more_than_whoever_acts_has():
    for actor, kinds in IN_THE_PLACE_OF.items():
        for kind in kinds:
            assert kind not in ability("act_as").roles
            for name in ("see_hidden_values", "manage_users", "give_staff_roles", "read_journal", "erase_persons"):
                assert kind not in ability(name).roles or actor in ability(name).roles, (actor, kind, name)


def test_one_role_too_high_is_enough_and_a_faculty_is_not_the_top(malo, maiwenn, amelie_user, yann, university, iut):
    assert may_act_for(maiwenn, yann)
    Role.objects.create(user=yann, unit=iut, kind="it")
    faculty = User.objects.create_user(email="it@ubn.example", name="Informatique de l’IUT")
    Role.objects.create(user=faculty, unit=iut, kind="it")

    assert not may_act_for(maiwenn, User.objects.get(pk=yann.pk))
    assert not may_act_for(faculty, amelie_user)
    assert not may_act_for(malo, malo)
    amelie_user.is_active = False
    assert not may_act_for(malo, amelie_user)


def test_the_time_passes_and_whoever_acted_is_themselves_again(malo, amelie_user):
    client = in_the_place_of(amelie_user, malo)
    Acting.objects.update(until=timezone.now() - timedelta(seconds=1), began_at=timezone.now() - LASTS)

    answer = client.get(reverse("people:own_record"), follow=True)

    assert "you are yourself again" in answer.text
    assert Acting.objects.get().ended_at is not None
    assert Entry.objects.filter(verb="acting.ended").count() == 1


def test_the_journal_says_that_it_ended_even_if_nobody_comes_back(malo, amelie_user):
    in_the_place_of(amelie_user, malo)
    Acting.objects.update(until=timezone.now() - timedelta(seconds=1))

    end_acting()
    end_acting()

    assert Entry.objects.filter(verb="acting.ended", subject_id=str(amelie_user.pk)).count() == 1


def test_a_role_that_is_withdrawn_ends_it_at_once(malo, amelie_user):
    client = in_the_place_of(amelie_user, malo)
    Role.objects.filter(user=malo).delete()

    assert "in the place of Amélie" not in client.get("/", follow=True).text
    assert Acting.objects.get().ended_at is not None


def test_she_is_told_by_mail_once_and_at_home(malo, amelie_user, client):
    in_the_place_of(amelie_user, malo)

    tell_acted_for()
    tell_acted_for()

    (letter,) = mail.outbox
    assert letter.to == [amelie_user.email]
    assert "Malo Quéré" in letter.subject
    assert WHY in letter.body
    client.force_login(amelie_user)
    assert "Malo Quéré saw the house in your place" in client.get("/").text
    assert WHY in client.get(reverse("accounts:my_account")).text


def test_somebody_acts_a_few_times_a_day_and_in_one_place_at_a_time(malo, amelie_user, lena):
    Acting.begin(amelie_user, by=malo, why=WHY)
    with pytest.raises(Refused, match="stop there first"):
        Acting.begin(lena, by=malo, why=WHY)
    for _ in range(MOST_A_DAY - 1):
        Acting.objects.standing().get().end(by=malo)
        Acting.begin(amelie_user, by=malo, why=WHY)
    Acting.objects.standing().get().end(by=malo)

    with pytest.raises(Refused, match="wait until tomorrow"):
        Acting.begin(amelie_user, by=malo, why=WHY)
