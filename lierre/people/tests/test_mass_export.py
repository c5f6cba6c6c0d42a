"""A long list leaves the house with a reason, a few times a day, and the journal says so."""

from datetime import date

import pytest
from django.urls import reverse

from lierre.foundation.models import Entry
from lierre.people.directory.mass import refuse_too_often
from lierre.people.tests.witnesses import tell

pytestmark = pytest.mark.django_db
ADDRESS = "people:export_directory"


@pytest.fixture
def five_people(settings) -> None:
    settings.MASS_EXPORT, settings.MASS_EXPORTS_A_DAY = 4, 2
    for number in range(5):
        tell(
            None, "school", date(2020, 9, 1), given=f"Erwan{number}", family="Bellec", student_number=f"2170000{number}"
        )


def csv_of(client, asked="", **said):
    address = f"{reverse(ADDRESS, args=['csv'])}?{asked}"
    return client.post(address, said) if said else client.get(address)


def test_a_short_list_asks_for_nothing(client, solenn, five_people):
    client.force_login(solenn)

    answer = csv_of(client, "q=erwan1")

    assert answer["Content-Type"].startswith("text/csv")
    assert Entry.objects.of_verb("persons.exported").get().details["total"] == 1


def test_a_long_list_asks_for_a_reason_and_the_journal_keeps_it(client, solenn, five_people):
    client.force_login(solenn)

    page = csv_of(client)
    assert (page.status_code, page["Content-Type"].split(";")[0]) == (200, "text/html")
    assert csv_of(client, reason="  ").status_code == 422
    assert not Entry.objects.of_verb("persons.exported").exists()

    answer = csv_of(client, reason="Enquête à 30 mois, demandée par le ministère.")

    assert b"".join(answer.streaming_content).count(b"Bellec") == 5
    line = Entry.objects.of_verb("persons.exported").get()
    assert (line.reason, line.details["total"], line.actor_id) == (
        "Enquête à 30 mois, demandée par le ministère.", 5, solenn.pk,
    )  # fmt: skip


def test_one_user_takes_few_long_lists_a_day_and_others_are_not_held_back(
    client, solenn, gwenael, maiwenn, five_people
):
    client.force_login(solenn)
    answers = [csv_of(client, reason="Enquête.").status_code for _time in range(3)]

    assert answers == [200, 200, 422]
    assert Entry.objects.of_verb("persons.exported").count() == 2
    assert csv_of(client, "q=erwan1").status_code == 200
    refuse_too_often(5, by=gwenael)


def test_the_link_to_a_long_list_opens_a_page_and_does_not_save_it(client, solenn, five_people):
    client.force_login(solenn)

    long, short = (client.get(reverse("people:directory"), asked).content.decode() for asked in ({}, {"q": "erwan1"}))

    assert 'annuaire.csv?">CSV' in long
    assert "download>CSV" in short
