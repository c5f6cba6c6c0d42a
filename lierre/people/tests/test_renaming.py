"""A first name changed by law: the former one stands nowhere any more, and nothing else is lost."""

from typing import Any

import pytest
from django.urls import reverse

from lierre.foundation.errors import Refused
from lierre.foundation.models import Entry
from lierre.people.models import Import, Person, Record, Study
from lierre.people.rebuilding import rebuild
from lierre.people.renaming import rename
from lierre.people.tests import test_erasing
from lierre.people.tests.test_erasing import everything_in_the_base, everything_in_the_files

pytestmark = pytest.mark.django_db
enora, enora_user, files_of_this_test = test_erasing.enora, test_erasing.enora_user, test_erasing.files_of_this_test
FORM = {"given": "Camille", "given_others": "", "sex": "x", "seen": "on", "gone": ["enora.t@courriel.example"]}


def where(word: str, account: Any) -> list[str]:
    """What holds the word, but for the address that they sign in with, which is theirs to change."""
    told = f"{everything_in_the_base()}\n{everything_in_the_files()}".replace(account.email, "")
    return [line[:200] for line in told.splitlines() if word in line]


def test_the_former_name_stands_nowhere(client, solenn, enora, enora_user):
    before = set(Study.objects.filter(person=enora).values_list("year", flat=True))
    records = set(Record.objects.filter(person=enora).values_list("pk", flat=True))
    client.force_login(solenn)

    answer = client.post(reverse("people:rename", args=[enora.public_id]), FORM)

    enora_user.refresh_from_db()
    person = Person.objects.get(pk=enora.pk)
    assert answer.status_code == 303
    assert where("enora", enora_user) == []
    assert (person.given, person.get_sex_display(), enora_user.name) == ("Camille", "other", "Camille Trégastel")
    assert set(Study.objects.filter(person=enora).values_list("year", flat=True)) == before
    assert set(Record.objects.filter(person=enora).values_list("pk", flat=True)) == records
    assert rebuild(only_check=True).differences == 0


def test_the_journal_says_that_somebody_was_corrected_and_not_what(client, solenn, enora):
    client.force_login(solenn)
    client.post(reverse("people:rename", args=[enora.public_id]), FORM)

    line = Entry.objects.of_verb("person.corrected").latest("pk")
    assert (line.reason, line.details, line.actor_id) == ("At their request.", {}, solenn.pk)


def test_the_others_lose_nothing(client, solenn, enora):
    erwan = Person.objects.get(given="Erwan")
    before = list(Record.objects.filter(person=erwan).values_list("pk", "raw", "facts"))

    rename(enora, {"given": "Camille"}, by=solenn)

    assert list(Record.objects.filter(person=erwan).values_list("pk", "raw", "facts")) == before


def test_only_what_was_said_of_the_name_changes(solenn, enora):
    before = {record.pk: dict(record.said) for record in Record.objects.filter(person=enora)}

    rename(enora, {"given": "Camille"}, by=solenn)

    for record in Record.objects.filter(person=enora):
        expected = before[record.pk] | ({"given": "Camille"} if "given" in before[record.pk] else {})
        assert dict(record.said) == expected


def test_the_decision_must_have_been_seen_and_a_name_given(client, solenn, enora):
    client.force_login(solenn)

    answer = client.post(reverse("people:rename", args=[enora.public_id]), {"given": "Camille"})

    assert answer.status_code == 422
    assert Person.objects.get(pk=enora.pk).given == "Enora"


def test_nobody_is_renamed_while_a_file_is_being_read(solenn, enora):
    Import.objects.filter(pk=Import.objects.latest("pk").pk).update(state="applying")

    with pytest.raises(Refused, match="An import is being read"):
        rename(enora, {"given": "Camille"}, by=solenn)


def test_only_the_office_changes_a_name(client, gwenael, amelie_user, enora):
    for user in (gwenael, amelie_user):
        client.force_login(user)
        assert client.get(reverse("people:rename", args=[enora.public_id])).status_code == 403
