"""Persons as a whole: made by hand, found to be one, erased."""

from datetime import date

import pytest
from django.urls import reverse

from lierre.foundation.models import Entry
from lierre.people.models import Decision, Person, Record, Suspicion
from lierre.people.tests.witnesses import amelie, tell

pytestmark = pytest.mark.django_db


@pytest.fixture
def her() -> Person:
    return amelie()


@pytest.fixture
def same_her(her) -> Person:
    return tell(None, "third", date(2026, 11, 20), given="Amélie", family="Hervé-Cariou", headline="Statisticienne")


def newcomer(**said: str) -> dict[str, str]:
    return {"given": "Erwan", "family": "Bellec", "reason": "Venu au forum.", **said}


def test_someone_whom_no_file_brings_is_added_by_hand(client, solenn, her):
    client.force_login(solenn)

    answer = client.post(
        reverse("people:new_person"),
        newcomer(email="Erwan.Bellec@courriel.example", degree="Master Données", year="2017"),
    )

    person = Person.objects.latest("pk")
    assert (answer.status_code, answer["Location"]) == (303, person.get_absolute_url())
    assert str(person) == "Erwan Bellec"
    assert person.contact_points.get().value == "erwan.bellec@courriel.example"
    assert person.studies.get().year == 2017
    assert Entry.objects.of_verb("person.created").about(person).get().reason == "Venu au forum."


def test_a_number_that_somebody_bears_stops_everything(client, solenn, her):
    client.force_login(solenn)

    for said in ({"ine": "0123456789a"}, {"email": "amelie.herve@courriel.example"}):
        page = client.post(reverse("people:new_person"), newcomer(**said, someone_else="on"))
        assert page.status_code == 422
        assert page.context["alike"].same_keys == [her]
    assert Person.objects.count() == 1


def test_a_name_that_somebody_bears_is_asked_about(client, solenn, her):
    client.force_login(solenn)
    said = newcomer(given="Amelie", family="Hervé Cariou")

    asked = client.post(reverse("people:new_person"), said)
    client.post(reverse("people:new_person"), {**said, "someone_else": "on"})

    assert asked.context["alike"].same_name == [her]
    assert her.get_absolute_url() in asked.content.decode()
    assert Person.objects.count() == 2


def test_a_person_needs_a_name_and_a_reason(client, solenn):
    client.force_login(solenn)

    page = client.post(reverse("people:new_person"), {"given": "Erwan"})

    assert set(page.context["form"].errors) == {"reason", "__all__"}


def test_two_pages_of_one_person_become_one_and_can_be_two_again(client, solenn, her, same_her):
    client.force_login(solenn)
    address = reverse("people:same_as", args=[same_her.public_id])

    found = client.get(address, {"q": "Amélie Hervé"}).context["found"]
    answer = client.post(address, {"personne": her.public_id, "reason": "Même visage."})
    decision = Decision.objects.get()

    assert [row.public_id for row in found] == [her.public_id]
    assert answer["Location"] == her.get_absolute_url()
    assert not Record.objects.filter(person=same_her).exists()
    assert Entry.objects.of_verb("person.merged").about(her).exists()

    client.post(reverse("people:undo", args=[decision.pk]))

    assert Record.objects.filter(person=same_her).count() == 1


def test_a_merge_of_many_records_is_taken_back_in_one_gesture(client, solenn, her, same_her):
    client.force_login(solenn)
    tell(same_her, "third", date(2026, 11, 21), headline="Énergie")
    client.post(
        reverse("people:same_as", args=[same_her.public_id]), {"personne": her.public_id, "reason": "Même visage."}
    )
    one = Decision.objects.latest("pk")

    page = client.get(reverse("people:history", args=[her.public_id])).content.decode()
    client.post(reverse("people:undo", args=[one.pk]), {"all": "1"})

    assert reverse("people:unmerge", args=[one.merge_id]) in page
    assert Record.objects.filter(person=same_her).count() == 2
    assert not Decision.objects.filter(undone_at=None).exists()
    assert str(Person.objects.get(pk=same_her.pk)) == "Amélie Hervé-Cariou"


@pytest.mark.parametrize("asked", ["21004412", "0123456789a", "AMELIE.herve@courriel.example"])
def test_the_other_one_is_found_by_a_number_too(client, solenn, her, same_her, asked):
    client.force_login(solenn)

    found = client.get(reverse("people:same_as", args=[same_her.public_id]), {"q": asked}).context["found"]

    assert [row.public_id for row in found] == [her.public_id]


def test_a_merge_that_was_refused_once_asks_whether_it_is_meant(client, solenn, her, same_her):
    low, high = sorted([her.pk, same_her.pk])
    Suspicion.objects.create(
        low_id=low, high_id=high, probability=0.9, worth=1, rule="1", state="different", judged_by="Gwenaël Riou",
        judged_at="2026-11-20T10:00:00Z",
    )  # fmt: skip
    client.force_login(solenn)
    address, said = reverse("people:same_as", args=[same_her.public_id]), {"personne": her.public_id, "reason": "Oui."}

    asked = client.post(f"{address}?q=Amélie", said)
    client.post(address, {**said, "despite": "on"})

    assert (asked.status_code, asked.context["may_insist"]) == (422, True)
    assert not Record.objects.filter(person=same_her).exists()


def test_nobody_is_the_same_as_oneself(client, solenn, her):
    client.force_login(solenn)

    page = client.post(reverse("people:same_as", args=[her.public_id]), {"personne": her.public_id, "reason": "?"})

    assert page.status_code == 422


def test_erasing_says_what_goes_and_waits_for_the_name(client, maiwenn, her):
    client.force_login(maiwenn)
    address = reverse("people:erase", args=[her.public_id])

    page = client.get(address)
    refused = client.post(address, {"name": "Amélie Hervé", "reason": "À sa demande."})

    assert page.context["traces"].records == 4
    assert set(refused.context["form"].errors) == {"name"}
    assert Person.objects.filter(pk=her.pk).exists()


def test_an_erased_person_leaves_one_line_without_a_name(client, maiwenn, her):
    client.force_login(maiwenn)

    answer = client.post(
        reverse("people:erase", args=[her.public_id]), {"name": "amélie hervé-cariou", "reason": "À sa demande."}
    )

    line = Entry.objects.of_verb("person.erased").get()
    assert answer.status_code == 303
    assert not Record.objects.exists()
    assert not Person.objects.exists()
    assert (line.subject_name, line.reason) == ("", "À sa demande.")


@pytest.mark.parametrize("name", ["solenn", "gwenael", "malo", "amelie_user"])
def test_only_the_data_protection_officer_erases(client, request, her, name):
    client.force_login(request.getfixturevalue(name))

    assert client.get(reverse("people:erase", args=[her.public_id])).status_code == 403
