"""The page of a person: every value with its witness for staff, what she allows for the others."""

import re
from datetime import date

import pytest
from django.urls import reverse

from lierre.foundation.models import Entry
from lierre.people.facts import AUDIENCES
from lierre.people.models import Person
from lierre.people.readings.sheet import Sheet
from lierre.people.tests.witnesses import amelie, tell

pytestmark = pytest.mark.django_db


@pytest.fixture
def her() -> Person:
    return amelie()


def page_of(client, person: Person, user) -> str:
    client.force_login(user)
    return client.get(person.get_absolute_url()).content.decode()


def reading_of(page: str, value: str) -> str:
    """The row of the page that shows this value."""
    rows = re.findall(r"<div><dt>.*?</div>", page, re.S)
    return next(row for row in rows if value in row)


def test_each_value_names_its_witness_and_its_date(client, solenn, her):
    page = page_of(client, her, solenn)

    post, birth = reading_of(page, "<strong>Responsable données</strong>"), reading_of(page, "Morlaix")
    assert 'class="siglum round own"' in post
    assert "La personne elle-même" in post
    assert 'class="siglum"' in birth
    assert "2014" in birth
    assert reverse("people:record", args=[her.record_id]) in birth


def test_competing_values_wait_underneath_with_the_rule_that_decided(her):
    sheet = Sheet.for_everyone_to_know(her)

    post = sheet.today[0]
    usage = next(reading for reading in sheet.identity if reading.name == "usage")

    assert [rival.text for rival in post.rivals] == [
        "Data engineer, Armor Énergies", "Ingénieure statisticienne, Observatoire des ports",
    ]  # fmt: skip
    assert usage.text == "Hervé-Cariou"
    assert usage.rivals[0].text == "HERVE CARIOU"
    assert usage.rivals[0].why != post.rivals[0].why


def test_the_reason_says_who_comes_first_and_who_is_older(client, solenn, her):
    tell(her, "third", date(2026, 11, 20), born="1990-05-17")
    client.force_login(solenn)

    page = client.get(her.get_absolute_url(), headers={"accept-language": "en"}).content.decode()

    assert "the information system comes before third parties" in reading_of(page, "1991")
    assert "older, and the person comes before the survey" in page


def test_those_who_say_the_same_stand_beside_and_compete_with_nothing(client, solenn, her):
    page = page_of(client, her, solenn)

    reading = reading_of(page, "Hervé-Cariou")
    assert "The same was said by" in reading
    assert "Enquête d’insertion" in reading
    assert "Another testimony" not in reading


def test_staff_sees_the_page_as_others_see_it(client, solenn, her):
    client.force_login(solenn)

    graduates = client.get(her.get_absolute_url(), {"comme": "graduates"}).content.decode()
    recruiters = client.get(her.get_absolute_url(), {"comme": "recruiters"}).content.decode()

    assert "Master Statistique et société" in graduates
    assert "Armor Énergies" not in graduates
    assert "For them this person does not exist" in recruiters
    assert "Hervé-Cariou</h1>" not in recruiters


def test_nobody_else_may_borrow_the_eyes_of_others(client, amelie_user, her):
    tell(her, "member", date(2026, 11, 2), audience_name=["graduates", "recruiters"], audience_position=["recruiters"])
    client.force_login(amelie_user)

    assert "Armor Énergies" not in client.get(her.get_absolute_url(), {"comme": "recruiters"}).content.decode()


def test_what_she_allows_is_told_with_its_date(client, solenn, her):
    tell(her, "member", date(2026, 11, 2), audience_name=["class"])
    page = page_of(client, her, solenn)
    tell(her, "member", date(2026, 11, 3), do_not_contact=True)
    silent = page_of(client, her, solenn)

    assert "Chosen by the person on" in page
    assert "May be written to" in page
    assert "Does not want to be contacted" in silent
    assert "May be written to" not in silent


def test_freshness_and_what_is_missing_are_told(her):
    sheet = Sheet.for_everyone_to_know(her)

    assert sheet.needs.heard_on == date(2026, 3, 12)
    assert (sheet.needs.known, sheet.needs.expected) == (9, 10)
    assert str(sheet.needs.most_useful)
    assert her.completeness == 90


def test_a_birth_does_not_go_stale_but_a_place_of_work_does(her):
    sheet = Sheet.for_everyone_to_know(her)

    born = next(reading for reading in sheet.identity if reading.name == "born")
    tell(her, "member", date(2020, 1, 1), headline="Statisticienne")

    assert born.moon == "full"
    assert Sheet.for_everyone_to_know(her).profile[0].moon == "hollow"


def test_an_address_that_comes_back_is_shown_last_and_said(client, solenn, her):
    page = page_of(client, her, solenn)

    assert page.index("amelie.herve@courriel.example") < page.index("a.herve@etu.ubn.example")
    assert Sheet.for_everyone_to_know(her).is_reachable


def test_a_page_costs_few_questions_to_the_base(client, solenn, her, django_assert_max_num_queries):
    page_of(client, her, solenn)

    with django_assert_max_num_queries(12):
        client.get(her.get_absolute_url())


def test_a_graduate_sees_the_name_and_the_studies_and_nothing_else(client, amelie_user, lena, her):
    page = page_of(client, her, amelie_user)

    assert "Amélie Hervé-Cariou" in page
    assert "Master Statistique et société" in page
    for hidden in ("Armor Énergies", "courriel.example", "Morlaix", "1991", "Scolarité", "HERVE CARIOU", "21004412"):
        assert hidden not in page
    client.force_login(lena)
    assert client.get(her.get_absolute_url()).status_code == 404


def test_what_she_opens_appears_to_those_she_opened_it_to(client, amelie_user, hugo, her):
    tell(
        her, "member", date(2026, 11, 2), audience_name=["graduates", "recruiters"], audience_position=["recruiters"],
        audience_contact=["graduates"],
    )  # fmt: skip

    graduate, recruiter = page_of(client, her, amelie_user), page_of(client, her, hugo)

    assert "amelie.herve@courriel.example" in graduate
    assert "Armor Énergies" not in graduate
    assert "Armor Énergies" in recruiter
    assert "Brest" not in recruiter
    assert "amelie.herve@courriel.example" not in recruiter


def test_nobody_but_staff_finds_someone_who_hides_her_name(client, amelie_user, gwenael, her):
    tell(her, "member", date(2026, 11, 2), audience_name=[])

    client.force_login(amelie_user)
    assert client.get(her.get_absolute_url()).status_code == 404
    assert "Armor Énergies" in page_of(client, her, gwenael)


def test_a_look_at_someone_hidden_is_written_once_in_the_journal(client, solenn, her):
    tell(her, "member", date(2026, 11, 2), audience_name=[], audience_study=[])

    page_of(client, her, solenn)
    page_of(client, her, solenn)

    looks = Entry.objects.of_verb("person.seen").about(her)
    assert [(look.actor_id, look.subject_name) for look in looks] == [(solenn.pk, "")]


def test_a_look_at_someone_visible_is_no_news(client, solenn, her):
    page_of(client, her, solenn)

    assert not Entry.objects.of_verb("person.seen").exists()


def test_the_history_tells_what_was_heard_the_latest_first(client, solenn, her):
    client.force_login(solenn)

    page = client.get(reverse("people:history", args=[her.public_id]))

    days = [witness.asserted_on for witness, _said in page.context["heard"]]
    assert days == sorted(days, reverse=True)
    assert len(days) == 4
    assert "Responsable données" in page.content.decode()


def test_the_dead_are_dated(client, solenn, her):
    tell(her, "staff", date(2026, 11, 2), died="2024-01-02")

    assert "Jan. 2, 2024" in page_of(client, her, solenn)


def test_every_name_she_bore_is_told_to_staff(client, solenn, amelie_user, her):
    tell(her, "staff", date(2026, 11, 2), former="Hervé-Le Goff")

    page = page_of(client, her, solenn)

    for name in ("Hervé-Cariou", "Birth name : Hervé", "Former name : Hervé-Le Goff"):
        assert name in page
    assert "Le Goff" not in page_of(client, her, amelie_user)


def test_the_table_shows_what_each_audience_sees(client, solenn, her):
    tell(her, "member", date(2026, 11, 2), audience_position=["recruiters"])

    choices = {choice.family: dict(choice.seen) for choice in Sheet.for_everyone_to_know(her).choices}

    assert choices["name"] == {name: name in {"class", "graduates"} for name in AUDIENCES}
    assert not any(choices["position"].values())
    assert page_of(client, her, solenn).count('class="seen"') > 6


def test_only_those_who_may_act_are_offered_to_act(client, solenn, gwenael, maiwenn, her):
    pages = {user: page_of(client, her, user) for user in (solenn, gwenael, maiwenn)}

    correct = reverse("people:correct", args=[her.public_id, "identite"])
    erase = reverse("people:erase", args=[her.public_id])
    assert [correct in pages[user] for user in (solenn, gwenael, maiwenn)] == [True, False, False]
    assert [erase in pages[user] for user in (solenn, gwenael, maiwenn)] == [False, False, True]


def test_the_history_tells_every_witness_and_the_journal(client, solenn, her):
    client.force_login(solenn)

    page = client.get(reverse("people:history", args=[her.public_id])).content.decode()

    assert page.count('class="journal"') == 1
    for name in ("Scolarité", "Enquête d’insertion", "Export LinkedIn de la personne", "La personne elle-même"):
        assert name in page


@pytest.mark.parametrize("name", ["malo", "yann"])
def test_the_history_is_for_staff_in_charge(client, request, her, name):
    client.force_login(request.getfixturevalue(name))

    assert client.get(reverse("people:history", args=[her.public_id])).status_code == 403


def test_the_dead_are_shown_to_staff_only_and_never_as_reachable(client, solenn, amelie_user, her):
    tell(her, "staff", date(2026, 11, 3), died="2026-10-30")

    her.refresh_from_db()
    client.force_login(amelie_user)
    assert client.get(her.get_absolute_url()).status_code == 404
    assert "tone-bad" in page_of(client, her, solenn)
    assert not Sheet.for_everyone_to_know(her).is_reachable
