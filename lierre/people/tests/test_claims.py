"""Somebody finds their own record again, and nobody else does."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from lierre.accounts.models import User
from lierre.foundation.models import Entry
from lierre.people.claiming.recognising import see_to_claims
from lierre.people.models import Claim, Person
from lierre.people.personal_data import erase_whole
from lierre.people.tests.witnesses import amelie, tell

pytestmark = pytest.mark.django_db
HERS = "amelie.herve@courriel.example"
SAID = {
    "number-given": "Amelie", "number-family": "Herve", "number-year": "2014", "number-born": "17/05/1991",
    "number-number": "2100 4412", "number-email": "a.h@ailleurs.example",
}  # fmt: skip


@pytest.fixture(autouse=True)
def nobody_was_counted() -> None:
    cache.clear()


@pytest.fixture
def her() -> Person:
    return amelie()


def ask(client: Any, email: str) -> Any:
    return client.post(reverse("people:claim_record"), {"way": "address", "address-email": email})


def ask_by_number(client: Any, **otherwise: str) -> Claim:
    client.post(reverse("people:claim_record"), {"way": "number", **SAID, **otherwise})
    see_to_claims()
    return Claim.objects.latest("pk")


def link_of(message: Any) -> str:
    found = re.search(r"/retrouver/lien/\S+", message.body)
    assert found is not None
    return found[0]


def open_with(client: Any, path: str, **form: str) -> Any:
    return client.post(path, {"name": "Amélie Hervé-Cariou", "password": "le lierre sur le vieux mur", **form})


def test_she_opens_her_account_by_an_address_that_we_hold(client, university, her):
    ask(client, HERS.upper())
    see_to_claims()
    path = link_of(mail.outbox[0])

    page = client.get(path)
    answer = open_with(client, path)

    her.refresh_from_db()
    assert (mail.outbox[0].to, page.status_code) == ([HERS], 200)
    assert answer["Location"] == reverse("people:own_record")
    assert client.get(answer["Location"]).status_code == 200
    assert her.account is not None
    assert her.account.email == HERS
    assert her.account.holds("graduate")
    assert Entry.objects.of_verb("person.account_linked").about(her).exists()


def test_a_link_that_is_only_looked_at_changes_nothing(client, university, her):
    ask(client, HERS)
    see_to_claims()

    for _each in range(3):
        assert client.get(link_of(mail.outbox[0])).status_code == 200

    assert not User.objects.filter(email=HERS).exists()
    assert Claim.objects.get().state == "sent"


def test_a_link_opens_once(client, university, her):
    ask(client, HERS)
    see_to_claims()
    open_with(client, link_of(mail.outbox[0]))
    client.logout()

    again = open_with(client, link_of(mail.outbox[0]))

    assert again.status_code == 410
    assert User.objects.count() == 1


def test_a_link_expires(client, university, her):
    ask(client, HERS)
    see_to_claims()
    Claim.objects.update(expires_at=timezone.now() - timedelta(minutes=1))

    assert client.get(link_of(mail.outbox[0])).status_code == 410


def test_the_answer_is_the_same_whether_we_know_the_address_or_not(client, her):
    ask(client, "premiere@ailleurs.example")
    with CaptureQueriesContext(connection) as asked:
        known = ask(client, HERS)
    with CaptureQueriesContext(connection) as otherwise:
        unknown = ask(client, "personne@ailleurs.example")

    shapes = [
        [re.sub(r"'[^']*'|\d+", "…", query["sql"]) for query in each.captured_queries] for each in (asked, otherwise)
    ]
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert shapes[0] == shapes[1]
    assert not any("contactpoint" in shape for shape in shapes[0])
    assert mail.outbox == []


def test_nothing_is_sent_to_an_address_that_nobody_has(client, her):
    ask(client, "personne@ailleurs.example")

    see_to_claims()

    claim = Claim.objects.get()
    assert mail.outbox == []
    assert (claim.state, claim.person) == ("dropped", None)


def test_an_address_that_comes_back_proves_nothing(client, her):
    ask(client, "a.herve@etu.ubn.example")

    see_to_claims()

    assert mail.outbox == []


def test_the_dead_are_left_in_peace(client, her):
    tell(her, "staff", timezone.localdate(), died="2025")
    ask(client, HERS)

    see_to_claims()

    assert mail.outbox == []


def test_whoever_has_an_account_is_told_where_to_sign_in(client, amelie_user, her):
    Person.objects.filter(pk=her.pk).update(account=amelie_user)
    ask(client, HERS)

    see_to_claims()

    assert "/compte/login/" in mail.outbox[0].body
    assert "/retrouver/lien/" not in mail.outbox[0].body


def test_an_account_that_answers_there_already_is_linked_by_whoever_signs_in(client, amelie_user, her):
    ask(client, HERS)
    see_to_claims()
    path = link_of(mail.outbox[0])

    before = open_with(client, path)
    client.force_login(amelie_user)
    client.post(path, {"link": "1"})

    her.refresh_from_db()
    assert before.status_code == 200
    assert her.account == amelie_user


def test_the_account_of_somebody_else_is_not_linked(client, hugo, her, university):
    ask(client, HERS)
    see_to_claims()
    client.force_login(hugo)

    client.post(link_of(mail.outbox[0]), {"link": "1"})

    her.refresh_from_db()
    assert her.account is None


def test_the_same_address_is_written_to_three_times_a_day_at_most(client, her):
    for _each in range(5):
        ask(client, HERS)
        see_to_claims()

    assert len(mail.outbox) == 3


def test_a_place_asks_six_times_an_hour_at_most(client, her):
    answers = [ask(client, f"{number}@ailleurs.example").status_code for number in range(8)]

    assert answers == [303] * 6 + [422] * 2
    assert Claim.objects.count() == 6


def test_programs_are_sent_away(client, her):
    answer = client.post(
        reverse("people:claim_record"),
        {"way": "address", "address-email": HERS, "address-website": "https://x.example"},
    )

    assert answer.status_code == 422
    assert not Claim.objects.exists()


def test_a_server_that_is_down_is_tried_again_with_the_same_link(client, her, settings):
    ask(client, HERS)
    settings.EMAIL_BACKEND = "nothing.of.the.kind"
    see_to_claims()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    Claim.objects.update(due_at=timezone.now())

    see_to_claims()

    assert len(mail.outbox) == 1
    assert client.get(link_of(mail.outbox[0])).status_code == 200


def test_what_only_she_and_we_know_is_judged_side_by_side(client, solenn, her):
    claim = ask_by_number(client)
    client.force_login(solenn)

    page = client.get(claim.get_absolute_url())
    client.post(reverse("people:judge_claim", args=[claim.pk, "accepter"]), {"person": her.public_id})
    see_to_claims()

    clues = {str(clue.label): clue.agrees for clue in page.context["candidates"][0].clues}
    claim.refresh_from_db()
    assert clues["Family name"] is clues["Date of birth"] is clues["Student number or INE"] is clues["Class"] is True
    assert mail.outbox[0].to == ["a.h@ailleurs.example"]
    assert (claim.vouched, claim.judged_by) == (False, "Solenn Kerbrat")
    assert Entry.objects.of_verb("claim.accepted").about(claim).exists()


def test_what_does_not_agree_must_be_vouched_for_with_a_reason(client, solenn, her):
    claim = ask_by_number(client, **{"number-number": "99999999"})
    client.force_login(solenn)
    address = reverse("people:judge_claim", args=[claim.pk, "accepter"])

    client.post(address, {"person": her.public_id})
    claim.refresh_from_db()
    before = claim.state
    client.post(address, {"person": her.public_id, "reason": "Je l’ai eue au téléphone, je reconnais sa voix."})

    claim.refresh_from_db()
    assert (before, claim.state, claim.vouched) == ("pending", "accepted", True)


def test_a_refusal_sends_nothing_and_forgets_what_was_said(client, solenn, her):
    claim = ask_by_number(client)
    client.force_login(solenn)

    client.post(reverse("people:judge_claim", args=[claim.pk, "refuser"]), {"reason": "La date ne va pas."})
    see_to_claims()

    claim.refresh_from_db()
    assert mail.outbox == []
    assert (claim.state, claim.given, claim.born, claim.number, claim.year) == ("refused", "", "", "", None)


def test_the_same_person_is_guessed_three_times_a_day_at_most(client, her):
    for number in range(5):
        cache.clear()
        ask_by_number(client, **{"number-number": f"2100{number}", "number-email": f"{number}@ailleurs.example"})

    assert [claim.state for claim in Claim.objects.order_by("pk")] == ["pending"] * 3 + ["dropped"] * 2


def test_only_the_alumni_office_judges(client, gwenael, her):
    claim = ask_by_number(client)
    client.force_login(gwenael)

    assert client.get(claim.get_absolute_url()).status_code == 403
    assert client.post(reverse("people:judge_claim", args=[claim.pk, "refuser"]), {"reason": "Non."}).status_code == 403


def test_a_claim_goes_with_the_person(client, her):
    ask(client, HERS)
    see_to_claims()

    erase_whole(her)

    assert not Claim.objects.exists()


def test_nobody_is_named_on_the_public_pages(client, her):
    ask(client, HERS)
    pages = [client.get(reverse(f"people:{name}")).content.decode() for name in ("claim_record", "claim_answered")]

    assert not any("Amélie" in page or HERS in page for page in pages)
