"""Rights that are used: asked by anybody, checked, answered in time; and erased for good."""

import io
import json
import zipfile
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from lierre.foundation.errors import Refused
from lierre.foundation.models import Entry
from lierre.people.models import Person
from lierre.privacy.contacting import may_contact
from lierre.privacy.duties import forget_requests
from lierre.privacy.models import Consent, Request

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_asked_yet() -> None:
    cache.clear()


def asked(right="access", **more) -> Request:
    said = {"name": "Amélie Hervé", "email": "amelie.herve@courriel.example", "by": "the tests"} | more
    return Request.receive(right, **said)


def test_anybody_asks_and_follows_by_a_link(client):
    said = {"right": "access", "name": "Amélie Hervé", "email": "amelie@courriel.example", "message": "Tout."}

    page = client.post(reverse("privacy:ask"), said, follow=True)

    request = Request.objects.get()
    assert page.resolver_match.view_name == "privacy:follow"
    assert (request.state, request.due_on > timezone.localdate() + timedelta(days=27)) == ("received", True)
    assert "amelie@courriel.example" not in page.content.decode()
    assert "Amélie" not in str(Entry.objects.about(request).values())


def test_the_same_page_follows_whether_they_are_known_or_not(client, amelie):
    said = {"right": "access", "message": ""}
    known = client.post(
        reverse("privacy:ask"), {**said, "name": "Amélie Hervé", "email": "a@courriel.example"}, follow=True
    )
    other = client.post(
        reverse("privacy:ask"), {**said, "name": "Nobody Here", "email": "b@courriel.example"}, follow=True
    )

    first, second = (page.content.decode().split("<main")[1].split("</main")[0] for page in (known, other))
    assert first == second


def test_too_many_requests_from_one_place_are_refused(client):
    said = {"right": "access", "name": "A", "email": "a@courriel.example"}
    answers = [client.post(reverse("privacy:ask"), said).status_code for _time in range(6)]

    assert answers == [303, 303, 303, 303, 303, 422]


def test_who_is_signed_in_has_proved_who_they_are(client, amelie, amelie_user):
    amelie.account = amelie_user
    amelie.save(update_fields=["account"])
    client.force_login(amelie_user)

    client.post(reverse("privacy:ask"), {"right": "portability", "message": ""})

    request = Request.objects.get()
    assert (request.state, request.proof, request.person) == ("identified", "account", amelie)


def test_nothing_is_given_before_somebody_says_who_asks(client, maiwenn, amelie):
    request = asked()
    client.force_login(maiwenn)

    refused = client.post(reverse("privacy:package", args=[request.pk]), follow=True)
    assert "Check who asks" in refused.content.decode()
    with pytest.raises(Refused):
        request.settle(by=maiwenn, answer="Voici.")

    page = client.post(
        reverse("privacy:identify_request", args=[request.pk]), {"person": amelie.public_id, "proof": "address"}
    )
    assert page.status_code == 303
    request.refresh_from_db()
    assert (request.person, request.state) == (amelie, "identified")


def test_everything_known_is_one_archive(client, maiwenn, amelie, letter):
    Consent.write(amelie, "yes", purpose=letter, how="link", words="La lettre, chaque mois.", by="the tests")
    request = asked()
    request.identify(amelie, "address", by=maiwenn)
    client.force_login(maiwenn)

    answer = client.post(reverse("privacy:package", args=[request.pk]))

    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    known = json.loads(archive.read("everything.json"))
    assert {each["source"] for each in known["testimonies"]} >= {"Scolarité", "La personne elle-même"}
    assert known["held"]["privacy.consent"]["rows"][0]["words"] == "La lettre, chaque mois."
    assert "0123456789A" in archive.read("read-me.html").decode()
    assert any(name.startswith("csv/") for name in archive.namelist())
    assert Entry.objects.filter(verb="request.packed", actor_id=maiwenn.pk).exists()


def test_the_alumni_office_answers_only_what_it_was_given(client, solenn, maiwenn):
    request = asked()
    client.force_login(solenn)
    address = reverse("privacy:request", args=[request.pk])
    assert client.get(address).status_code == 404

    request.give_to(solenn, by=maiwenn)

    assert client.get(address).status_code == 200
    assert client.get(reverse("privacy:request_act", args=[request.pk, "effacer"])).status_code == 403


def test_the_deadline_moves_once_with_a_reason_and_in_time(maiwenn):
    request = asked(received_on=date(2026, 1, 31))
    assert request.due_on == date(2026, 2, 28)
    with pytest.raises(Refused, match="first month"):
        request.extend(by=maiwenn, reason="Archives papier.")

    fresh = asked(received_on=timezone.localdate())
    fresh.extend(by=maiwenn, reason="Archives papier.")
    assert fresh.due_on > timezone.localdate() + timedelta(days=88)
    with pytest.raises(Refused, match="once"):
        fresh.extend(by=maiwenn, reason="Encore.")


def test_an_objection_holds_while_it_is_handled_and_after(maiwenn, amelie, network):
    request = asked("objection", person=amelie)
    assert may_contact(amelie, network).reason == "They object, and their request is being handled."

    from lierre.privacy.answering import answer

    answer(request, "Plus rien ne vous sera envoyé.", by=maiwenn)

    assert may_contact(amelie, network).reason == "They asked not to be written to."
    assert Consent.objects.get().how == "request"


def test_a_settled_request_changes_no_more(maiwenn, amelie):
    request = asked(person=amelie)
    request.settle(by=maiwenn, answer="Voici.")

    with pytest.raises(Refused, match="settled already"):
        request.settle(by=maiwenn, answer="Encore.")


def test_an_old_request_is_forgotten_and_a_recent_one_is_not(maiwenn, amelie):
    old, recent = asked(person=amelie), asked(person=amelie)
    for each in (old, recent):
        each.settle(by=maiwenn, answer="Voici.")
    Request.objects.filter(pk=old.pk).update(settled_on=date(2020, 1, 1))

    forget_requests()

    assert list(Request.objects.all()) == [recent]


def test_erasing_by_the_desk_leaves_a_request_without_a_name(client, maiwenn, amelie):
    request = asked("erasure", person=amelie, message="Je suis Amélie Hervé.")
    client.force_login(maiwenn)

    client.post(reverse("privacy:request_act", args=[request.pk, "effacer"]), {"answer": "C’est fait.", "sure": "on"})

    request.refresh_from_db()
    assert (request.state, request.name, request.message, request.person) == ("answered", "", "", None)
    assert not Person.objects.filter(pk=amelie.pk).exists()
    assert Entry.objects.filter(verb="request.fulfilled").exists()
