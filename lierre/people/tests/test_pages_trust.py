"""Sources and the policy: who speaks, and who is believed first."""

from datetime import date

import pytest
from django.urls import reverse

from lierre.foundation.models import Entry, Work
from lierre.people.facts import SOURCE_KINDS
from lierre.people.fold import DEFAULT_POLICY
from lierre.people.models import PolicyVersion, Source
from lierre.people.models.policy import policy_in_force
from lierre.people.readings.trust import Draft
from lierre.people.tests.witnesses import amelie, source, tell

pytestmark = pytest.mark.django_db

ASSOCIATION = {"name": "Association des diplômés", "siglum": "A", "kind": "third"}


def test_a_source_is_made_with_its_mark(client, solenn):
    client.force_login(solenn)

    answer = client.post(reverse("people:new_source"), {**ASSOCIATION, "applies_alone": "on"})

    made = Source.objects.get(name="Association des diplômés")
    assert answer["Location"] == reverse("people:sources")
    assert (made.siglum, made.kind, made.applies_alone) == ("A", "third", True)
    assert Entry.objects.of_verb("source.created").about(made).get().actor_id == solenn.pk


def test_two_sources_bear_neither_the_same_name_nor_the_same_mark(client, solenn):
    source("third")
    client.force_login(solenn)

    page = client.post(reverse("people:new_source"), {**ASSOCIATION, "name": "association des diplômés"})

    assert set(page.context["form"].errors) == {"name", "siglum"}
    assert Source.objects.count() == 1


def test_a_source_that_has_spoken_is_renamed_but_keeps_its_kind(client, solenn):
    amelie()
    survey = source("survey")
    client.force_login(solenn)

    client.post(
        reverse("people:source", args=[survey.pk]), {"name": "Enquête 30 mois", "siglum": "E", "kind": "school"}
    )

    survey.refresh_from_db()
    assert (survey.name, survey.kind) == ("Enquête 30 mois", "survey")
    assert Entry.objects.of_verb("source.changed").about(survey).exists()


def test_a_source_that_has_not_spoken_may_change_kind(client, solenn):
    quiet = source("third")
    client.force_login(solenn)

    client.post(reverse("people:source", args=[quiet.pk]), {**ASSOCIATION, "kind": "platform"})

    quiet.refresh_from_db()
    assert quiet.kind == "platform"


@pytest.mark.parametrize("name", ["gwenael", "maiwenn", "amelie_user"])
def test_sources_belong_to_those_who_bring_files(client, request, name):
    client.force_login(request.getfixturevalue(name))

    assert client.get(reverse("people:sources")).status_code == 403
    assert client.post(reverse("people:new_source"), ASSOCIATION).status_code == 403


def test_the_table_shows_every_group_with_every_kind_in_order(client, maiwenn):
    client.force_login(maiwenn)

    rows = client.get(reverse("people:policy")).context["rows"]

    identity = next(row for row in rows if row.group == "identity")
    assert [place.kind for place in identity.places][:2] == ["staff", "school"]
    assert all({place.kind for place in row.places} == set(SOURCE_KINDS) for row in rows if row.group != "contacts")


def test_for_contact_points_the_latest_is_believed_until_somebody_orders_the_sources(client, maiwenn):
    client.force_login(maiwenn)

    page = client.get(reverse("people:change_policy"))
    contacts = next(row for row in page.context["rows"] if row.group == "contacts")
    ordered = client.get(reverse("people:change_policy") + contacts.other)
    row = next(row for row in ordered.context["rows"] if row.group == "contacts")
    back = client.get(reverse("people:change_policy") + row.other)

    assert contacts.places == ()
    assert "Whoever spoke last, whatever the source" in page.content.decode()
    assert {place.kind for place in row.places} == set(SOURCE_KINDS)
    assert (row.changed, back.context["query"]) == (True, "")


def test_an_order_of_contact_points_is_adopted_and_taken_back(client, maiwenn):
    client.force_login(maiwenn)
    order = ".".join(SOURCE_KINDS)
    address = reverse("people:change_policy")

    client.post(f"{address}?contacts={order}", {"reason": "Essai."})
    assert policy_in_force().orders["contacts"] == tuple(SOURCE_KINDS)
    client.post(f"{address}?contacts=latest", {"reason": "Retour."})

    assert policy_in_force().orders["contacts"] == ()


def test_a_kind_moves_up_and_down_by_addresses_alone(client, maiwenn):
    client.force_login(maiwenn)
    start = client.get(reverse("people:change_policy"))
    survey = place_of(start, "positions", "survey")

    moved = client.get(reverse("people:change_policy") + survey.earlier)
    back = client.get(reverse("people:change_policy") + place_of(moved, "positions", "survey").later)

    assert place_of(moved, "positions", "survey").rank == survey.rank - 1
    assert moved.context["query"].startswith("positions=")
    assert back.context["query"] == ""


def place_of(page, group, kind):
    row = next(row for row in page.context["rows"] if row.group == group)
    return next(place for place in row.places if place.kind == kind)


def survey_first() -> str:
    draft = Draft.of(DEFAULT_POLICY)
    while draft.orders["profile"][0] != "survey":
        draft = draft.moved("profile", "survey", -1)
    return draft.query(DEFAULT_POLICY)


def test_the_effect_of_a_draft_is_shown_on_real_persons(client, solenn):
    her = amelie()
    client.force_login(solenn)

    page = client.get(f"{reverse('people:change_policy')}?{survey_first()}")

    found = page.context["preview"]
    assert (found["read"], found["altered"], found["values"]) == (1, 1, {"usage": 1})
    assert her.get_absolute_url() in page.content.decode()
    assert "HERVE CARIOU" in page.content.decode()


def test_nobody_who_hides_is_shown_as_an_example(client, solenn):
    tell(amelie(), "member", date(2026, 11, 2), audience_name=[])
    client.force_login(solenn)

    page = client.get(f"{reverse('people:change_policy')}?{survey_first()}")

    assert page.context["preview"]["altered"] == 1
    assert "HERVE CARIOU" not in page.content.decode()


def test_an_order_that_was_left_can_be_put_back(client, maiwenn):
    client.force_login(maiwenn)
    client.post(f"{reverse('people:change_policy')}?{survey_first()}", {"reason": "L’enquête est plus à jour."})
    page = client.get(reverse("people:policy"))
    (version,) = page.context["versions"]

    back = client.get(f"{reverse('people:change_policy')}?{page.context['usual']}")

    assert [str(label) for label in version.changed] == ["Profile"]
    assert version.draft == ""
    assert place_of(back, "profile", "survey").rank > 1
    assert "Back to the usual order" in page.content.decode()


def test_the_page_says_which_sources_are_of_each_kind(client, maiwenn):
    source("survey")
    client.force_login(maiwenn)

    kinds = dict(client.get(reverse("people:policy")).context["kinds"])

    assert [str(each) for each in kinds["Survey"]] == ["Enquête d’insertion"]


def test_a_draft_is_adopted_with_a_reason_and_everybody_is_read_again(client, maiwenn):
    client.force_login(maiwenn)
    address = f"{reverse('people:change_policy')}?{survey_first()}"

    refused = client.post(address, {"reason": ""})
    answer = client.post(address, {"reason": "L’enquête est plus à jour."})

    version = PolicyVersion.objects.get()
    assert refused.status_code == 422
    assert answer["Location"] == reverse("foundation:work", args=[Work.objects.get().pk])
    assert policy_in_force().orders["profile"][0] == "survey"
    assert (version.by_name, version.reason) == ("Maïwenn Tanguy", "L’enquête est plus à jour.")
    assert "L’enquête est plus à jour." in client.get(reverse("people:policy")).content.decode()


@pytest.mark.parametrize("query", ["identity=staff", "identity=staff.staff.school", "identity=x.y", "autre=staff"])
def test_a_draft_that_cannot_be_read_is_what_is_in_force(client, maiwenn, query):
    client.force_login(maiwenn)

    page = client.get(f"{reverse('people:change_policy')}?{query}")

    assert page.context["query"] == ""
    assert page.context["preview"] is None


@pytest.mark.parametrize("name", ["gwenael", "malo", "amelie_user", "hugo"])
def test_trust_is_decided_by_the_office_and_the_data_protection_officer(client, request, name):
    tell(None, "school", date(2014, 10, 8), given="Erwan", family="Bellec")
    client.force_login(request.getfixturevalue(name))

    assert client.get(reverse("people:policy")).status_code == 403
    assert client.post(reverse("people:change_policy"), {"reason": "?"}).status_code == 403
