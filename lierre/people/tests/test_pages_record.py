"""The page of a record: as it came, as it was understood, of whom it speaks."""

import json
from datetime import date

import pytest
from django.urls import reverse

from lierre.people.models import Decision, Delivery, Import, Person, Record
from lierre.people.tests.witnesses import amelie, source, tell

pytestmark = pytest.mark.django_db


@pytest.fixture
def her() -> Person:
    return amelie()


@pytest.fixture
def line(her) -> Record:
    """A line of the school's file."""
    imported = Import.objects.create(source=source("school"), state="applied", by_name="Solenn Kerbrat")
    delivery = Delivery.objects.create(
        imported=imported, name="apogee-2014.csv", file="01", sha256="", size=1, header=["NOM", "PRENOM", "COTIS"]
    )
    return Record.objects.create(
        delivery=delivery, line=412, person=her, source=source("school"), asserted=16_351, digest=77, linked_by=1,
        raw=json.dumps(["HERVE", "Amélie", ""]), facts=json.dumps({"family": "Hervé", "given": "Amélie"}),
    )  # fmt: skip


def page_of(client, record, user) -> str:
    client.force_login(user)
    return client.get(reverse("people:record", args=[record.pk])).content.decode()


def test_the_line_as_it_came_stands_beside_what_was_understood(client, solenn, line):
    page = page_of(client, line, solenn)

    assert "<code>NOM</code>" in page
    assert "HERVE" in page
    assert '<dd class="value">Hervé</dd>' in page
    assert "apogee-2014.csv" in page
    assert "412" in page
    assert "<code>77</code>" in page


def test_empty_cells_are_counted_and_not_shown(client, solenn, line):
    assert "<code>COTIS</code>" not in page_of(client, line, solenn)


def test_what_was_typed_here_came_as_it_is(client, solenn, her):
    typed = Record.objects.latest("pk")

    page = page_of(client, typed, solenn)

    assert 'id="as-it-came"' not in page
    assert "Responsable données" in page


def test_a_document_is_shown_as_text_and_never_runs(client, solenn, line):
    document = Record.objects.create(
        person=line.person, source=line.source, delivery=line.delivery, asserted=1, digest=1,
        raw=json.dumps({"Profile": "<script>alert(1)</script>"}), facts="{}",
    )  # fmt: skip

    page = page_of(client, document, solenn)

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page


def test_a_record_of_somebody_else_is_separated_and_given_back(client, solenn, line, her):
    client.force_login(solenn)

    answer = client.post(reverse("people:separate", args=[line.pk]), {"reason": "Deux Amélie."})
    line.refresh_from_db()
    other = line.person

    assert other != her
    assert answer["Location"] == other.get_absolute_url()
    client.post(reverse("people:undo", args=[Decision.objects.get().pk]))
    line.refresh_from_db()
    assert line.person == her


def test_the_only_record_of_a_person_cannot_be_separated(client, solenn):
    erwan = tell(None, "school", date(2017, 10, 1), given="Erwan", family="Bellec")
    client.force_login(solenn)

    page = client.post(reverse("people:separate", args=[erwan.record_id]), {"reason": "?"})

    assert page.status_code == 422
    assert not Decision.objects.exists()


def test_a_record_is_given_to_another_person_with_a_reason(client, solenn, line):
    erwan = tell(None, "school", date(2017, 10, 1), given="Erwan", family="Bellec")
    client.force_login(solenn)
    address = reverse("people:attach", args=[line.pk])

    found = client.get(address, {"q": "bellec"}).context["found"]
    refused = client.post(address, {"personne": erwan.public_id, "reason": ""})
    client.post(address, {"personne": erwan.public_id, "reason": "Numéro échangé."})

    line.refresh_from_db()
    assert [row.name for row in found] == ["Erwan Bellec"]
    assert refused.status_code == 422
    assert line.person == erwan


def test_a_decision_followed_by_another_is_not_undone_first(client, solenn, line):
    client.force_login(solenn)
    client.post(reverse("people:separate", args=[line.pk]), {"reason": "Deux Amélie."})
    erwan = tell(None, "school", date(2017, 10, 1), given="Erwan", family="Bellec")
    client.post(reverse("people:attach", args=[line.pk]), {"personne": erwan.public_id, "reason": "C’est lui."})

    answer = client.post(reverse("people:undo", args=[Decision.objects.earliest("pk").pk]), follow=True)

    line.refresh_from_db()
    assert line.person == erwan
    assert "notice tone-bad" in answer.content.decode()


@pytest.mark.parametrize("name", ["malo", "yann", "amelie_user", "hugo"])
def test_records_are_for_staff_in_charge(client, request, line, name):
    client.force_login(request.getfixturevalue(name))

    assert client.get(reverse("people:record", args=[line.pk])).status_code == 403


def test_communication_reads_records_and_moves_none(client, gwenael, line):
    page = page_of(client, line, gwenael)

    assert reverse("people:separate", args=[line.pk]) not in page
    assert client.post(reverse("people:separate", args=[line.pk]), {"reason": "?"}).status_code == 403
