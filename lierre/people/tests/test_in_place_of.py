"""Persons seen in the place of somebody else: what that other may see, written under the name of whoever looks."""

import pytest
from django.test import Client
from django.urls import reverse

from lierre.accounts.models import User
from lierre.accounts.tests.replacing import WHY, in_the_place_of
from lierre.foundation.models.journal import Entry
from lierre.people.models import Person
from lierre.people.tests.townsfolk import AMELIE, HIDDEN, settle

pytestmark = pytest.mark.django_db


def verbs(by: User) -> list[str]:
    return list(Entry.objects.by(by).filter(verb__startswith="acting.").order_by("id").values_list("verb", flat=True))


def test_the_it_department_sees_what_a_graduate_sees_and_stops(malo, amelie_user):
    (person,) = settle(AMELIE)
    Person.objects.filter(pk=person.pk).update(account=amelie_user)
    client = in_the_place_of(amelie_user, malo)

    home = client.get("/").text
    assert "You see the house in the place of Amélie Hervé." in home
    assert "Hello Amélie" in home
    assert "Sign out" not in home
    assert client.get(reverse("people:own_record")).status_code == 200
    assert client.get(reverse("accounts:users")).status_code == 403  # which is Malo’s, and not hers

    page = client.post(reverse("accounts:stop_acting"), follow=True)
    assert "You are yourself again." in page.text
    assert "in the place of Amélie" not in client.get("/").text
    assert client.get(reverse("accounts:users")).status_code == 200
    assert verbs(malo) == ["acting.began", "acting.saw", "acting.saw", "acting.ended"]
    began = Entry.objects.get(verb="acting.began")
    assert (began.reason, began.subject_id) == (WHY, str(amelie_user.pk))


def test_a_hidden_person_that_is_looked_at_is_written_under_the_name_of_whoever_acts(maiwenn, solenn):
    (person,) = settle({**AMELIE, **HIDDEN})
    own, address = Client(), reverse("people:person", args=[person.public_id])
    own.force_login(solenn)
    own.get(address)

    in_the_place_of(solenn, maiwenn).get(address)

    seen = Entry.objects.filter(verb="person.seen", subject_id=str(person.pk)).order_by("id")
    assert [(line.actor_id, line.details.get("in_place_of")) for line in seen] == [
        (solenn.pk, None),
        (maiwenn.pk, solenn.pk),
    ]
