"""The list of letters: looked through by state, subject, unit, days and words; page by page; taken away as it is seen."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from conftest import someone
from lierre.accounts.models import Unit
from lierre.publishing.mailing.listing import Asked, latest_first
from lierre.publishing.models import Mailing
from lierre.publishing.tests.mailings import TOPIC, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def letters(gwenael, iut: Unit) -> None:
    january = datetime(2027, 1, 10, 9, tzinfo=ZoneInfo("Europe/Paris"))
    written(gwenael, name="Vœux de la présidente", subject="Une année d’Été", due_at=january)
    written(gwenael, name="Lettre de l’IUT", unit=iut, due_at=january + timedelta(days=20), campaign="Portes ouvertes")
    written(gwenael, name="Emplois de février", topic="jobs", due_at=january + timedelta(days=30))
    cancelled = written(gwenael, name="Jamais", due_at=january + timedelta(days=40))
    Mailing.objects.filter(pk=cancelled.pk).update(state="cancelled")
    written(gwenael, name="Sans heure", due_at=None)


def found(**asked: Any) -> list[str]:
    said = QueryDict(mutable=True)
    said.update({name: str(value) for name, value in asked.items()})
    return [each.name for each in latest_first(Asked.of(said).rows()).rows]


def test_it_is_looked_through_by_each_of_what_one_knows_of_a_letter(letters):
    assert found() == ["Jamais", "Emplois de février", "Lettre de l’IUT", "Vœux de la présidente", "Sans heure"]
    assert found(q="ete presidente") == ["Vœux de la présidente"]
    assert found(q="PORTES") == ["Lettre de l’IUT"]
    assert found(etat="cancelled") == ["Jamais"]
    assert found(sujet="jobs") == ["Emplois de février"]
    assert found(unite="UBN") == found(unite="IUTM") == ["Lettre de l’IUT"]
    assert found(unite="NULLE") == []
    assert found(du="2027-01-30", au="2027-02-09") == ["Emplois de février", "Lettre de l’IUT"]
    assert found(du="hier", etat="perdue", au="9999-99-99") == found()


def test_each_page_goes_on_after_the_last_line_and_none_is_lost_or_seen_twice(client, gwenael):
    same = timezone.now() + timedelta(days=3)
    for number in range(7):
        written(gwenael, name=f"Lettre {number}", due_at=same if number < 5 else None)
    seen: list[int] = []
    before: str | None = None

    while True:
        page = latest_first(Mailing.objects.all(), before, size=3)
        seen += [each.pk for each in page.rows]
        before = str(page.older)
        if page.older is None:
            break

    assert len(seen) == len(set(seen)) == 7
    assert latest_first(Mailing.objects.all(), "autre chose", size=3).is_first


def test_the_page_says_when_nothing_answers_and_the_file_holds_what_is_seen(client, letters, gwenael, helene):
    client.force_login(helene)
    none = client.get(reverse("publishing:mailings"), {"q": "rien de tel"}).content.decode()
    page = client.get(reverse("publishing:mailings"), {"sujet": "jobs"}).content.decode()
    export = reverse("publishing:export_mailings", args=["csv"])
    whole = b"".join(client.get(export, {"sujet": "jobs"})).decode()

    assert "No letter answers this." in none
    assert "See every letter" in none
    assert f"{export}?sujet=jobs" in page
    assert "Emplois de février" in page
    assert "Lettre de l’IUT" not in page
    assert "Emplois de février" in whole
    assert "Lettre de l’IUT" not in whole


def test_nothing_is_written_yet_and_the_page_says_what_to_do(client, gwenael, helene):
    pages = {}
    for user in (gwenael, helene):
        client.force_login(user)
        pages[user.name] = client.get(reverse("publishing:mailings")).content.decode()

    assert all("No mailing yet" in page for page in pages.values())
    assert "Write the first one" in pages[gwenael.name]
    assert "Write the first one" not in pages[helene.name]


def test_a_hundred_letters_cost_no_more_questions_than_one(client, gwenael):
    counted = []
    client.force_login(gwenael)
    for number in range(60):
        written(gwenael, name=f"Lettre {number}")
        if number in {0, 59}:
            client.get(reverse("publishing:mailings"))
            with CaptureQueriesContext(connection) as asked:
                page = client.get(reverse("publishing:mailings")).content.decode()
            counted.append(len(asked))

    assert counted[0] == counted[1] <= 12
    assert "Older ones" in page


def test_a_faculty_writes_and_changes_its_own_letters_and_not_those_of_the_institution(client, gwenael, iut: Unit):
    rozenn = someone("Rozenn Salaün", "rozenn.salaun@ubn.example", "communication", iut)
    general, theirs = written(gwenael, name="Générale"), written(gwenael, name="De l’IUT", unit=iut)
    typed = {
        "name": "Rentrée", "topic": TOPIC, "segment": general.segment_id, "sender_name": "IUT", "subject": "La rentrée",
        "section-TOTAL_FORMS": "1", "section-INITIAL_FORMS": "0", "section-0-text": "Il fait beau.",
    }  # fmt: skip
    client.force_login(rozenn)

    def answers(mailing: Mailing) -> list[int]:
        card = {"post": f"l{mailing.pk}", "to": "out", "version": mailing.version}
        return [
            client.get(reverse("publishing:compose_mailing", args=[mailing.pk])).status_code,
            client.get(reverse("publishing:ask_outside_mailing", args=[mailing.pk])).status_code,
            client.post(reverse("publishing:move"), {"post": f"l{mailing.pk}", "day": "2030-01-01"}).status_code,
            client.post(reverse("publishing:move_card"), card).status_code,
            client.post(reverse("publishing:mailing_act", args=[mailing.pk, "annuler"])).status_code,
        ]

    refused = client.post(reverse("publishing:new_mailing"), typed).status_code
    client.post(reverse("publishing:new_mailing"), typed | {"unit": iut.pk})
    page = client.get(general.get_absolute_url()).content.decode()

    assert answers(general) == [403] * 5
    assert set(answers(theirs)) <= {200, 303}
    assert client.get(reverse("publishing:mailing_rules")).status_code == 403
    assert refused == 422
    assert Mailing.objects.get(name="Rentrée").unit == iut
    assert "Cancel the mailing" not in page
