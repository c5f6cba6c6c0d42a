"""Whoever of the staff looks at someone who is hidden leaves a trace, whatever the page."""

from datetime import date

import pytest
from django.urls import reverse

from lierre.foundation.models import Entry
from lierre.people.linking import separate
from lierre.people.models import Person, Record
from lierre.people.tests.witnesses import amelie, tell
from lierre.people.urls import person_patterns

pytestmark = pytest.mark.django_db
# Not about one person yet.
NOBODYS = {"new_person"}
READERS = {"erase": "maiwenn"}


@pytest.fixture
def hidden() -> Person:
    return tell(amelie(), "member", date(2026, 11, 2), audience_name=[])


def address_of(name: str, person: Person) -> str:
    """Of each page about one person, with whatever its address asks for."""
    record = Record.objects.filter(person=person).order_by("pk").last()
    assert record is not None
    match name:
        case "correct" | "add":
            return reverse(f"people:{name}", args=[person.public_id, "postes"])
        case "record" | "separate" | "attach":
            return reverse(f"people:{name}", args=[record.pk])
    return reverse(f"people:{name}", args=[person.public_id])


PAGES = [path.name for path in person_patterns if path.name not in {*NOBODYS, "undo", "correct_item"}]


@pytest.mark.parametrize("name", PAGES)
def test_every_page_about_one_person_writes_who_looked(client, request, hidden, name):
    reader = request.getfixturevalue(READERS.get(name, "solenn"))
    client.force_login(reader)

    answer = client.get(address_of(name, hidden))

    looks = Entry.objects.of_verb("person.seen").about(hidden)
    assert answer.status_code in {200, 405}
    assert [look.actor_id for look in looks] == ([reader.pk] if answer.status_code == 200 else [])


def test_a_correction_is_reached_by_a_page_that_writes_it_too(client, solenn, hidden):
    client.force_login(solenn)
    page = client.get(reverse("people:correct", args=[hidden.public_id, "postes"]))
    Entry.objects.of_verb("person.seen").about(hidden).get()

    assert client.get(page.context["items"][0][1]).status_code == 200


def test_undoing_a_decision_shows_nothing_by_itself(client, solenn, hidden):
    record = Record.objects.filter(person=hidden).order_by("pk")[1]
    decision = separate(record, by=solenn, reason="Une autre personne.")
    client.force_login(solenn)

    answer = client.post(reverse("people:undo", args=[decision.pk]))

    assert answer.status_code == 303


def test_the_person_herself_leaves_no_such_trace(client, amelie_user, hidden):
    Person.objects.filter(pk=hidden.pk).update(account=amelie_user)
    client.force_login(amelie_user)

    client.get(reverse("people:own_record"))

    assert not Entry.objects.of_verb("person.seen").exists()


def test_a_name_that_was_typed_is_marked_and_not_kept(client, solenn, hidden):
    client.force_login(solenn)

    client.get(reverse("people:directory"), {"q": "hervé"})

    line = Entry.objects.of_verb("persons.listed").get()
    assert "herv" not in str(line.details).lower()
    assert line.details["hidden"] == 1


@pytest.mark.parametrize("typed", ["bellec", "21004412", "hevre"])
def test_someone_looked_for_to_be_brought_together_is_seen_as_in_the_directory(client, solenn, hidden, typed):
    other = tell(None, "third", date(2026, 11, 20), given="Erwan", family="Bellec")
    tell(other, "member", date(2026, 11, 21), audience_name=[])
    client.force_login(solenn)
    record = Record.objects.filter(person=other).order_by("pk")[0]
    sought, address = (
        (other, reverse("people:same_as", args=[hidden.public_id]))
        if typed == "bellec"
        else (hidden, reverse("people:attach", args=[record.pk]))
    )

    for _twice in range(2):
        shown = [row.public_id for row in client.get(address, {"q": typed}).context["found"]]

    line = Entry.objects.of_verb("persons.listed").get()
    assert shown == [sought.public_id]
    assert line.actor_id == solenn.pk
    assert (line.details["hidden"], line.details["total"]) == (1, 1)
    assert typed not in str(line.details)


def test_nobody_hidden_leaves_no_trace_of_a_search(client, solenn):
    she = amelie()
    tell(None, "third", date(2026, 11, 20), given="Erwan", family="Bellec")
    client.force_login(solenn)

    shown = client.get(reverse("people:same_as", args=[she.public_id]), {"q": "bellec"}).context["found"]

    assert len(shown) == 1
    assert not Entry.objects.of_verb("persons.listed").exists()
