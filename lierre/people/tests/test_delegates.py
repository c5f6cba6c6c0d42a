"""A class delegate says who was of their class: with what they must know, and without learning anything."""

import re
from datetime import date
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.urls import reverse

from conftest import someone
from lierre.accounts.models import User
from lierre.foundation.errors import Refused
from lierre.foundation.models import Entry
from lierre.foundation.personal_data import register
from lierre.people.claiming.recognising import see_to_claims
from lierre.people.models import Claim, Delegate, Person, Vouch
from lierre.people.tests.test_claims import SAID
from lierre.people.tests.witnesses import amelie, tell

pytestmark = pytest.mark.django_db
MASTER = "Master Statistique et société"


@pytest.fixture(autouse=True)
def nobody_was_counted() -> None:
    cache.clear()


@pytest.fixture
def her() -> Person:
    return amelie()


def delegate(given: str, unit: Any, by: Any, *, degree: str = MASTER, year: int = 2014) -> User:
    user = someone(f"{given} Quiniou", f"{given.lower()}@courriel.example", "graduate", unit)
    study = {"degree": degree, "year": year, "obtained": True}
    person = tell(None, "school", date(2014, 10, 8), given=given, family="Quiniou", studies=[study])
    Person.objects.filter(pk=person.pk).update(account=user)
    Delegate.appoint(user, year, "", by=by)
    return user


@pytest.fixture
def goulven(university, solenn) -> User:
    return delegate("Goulven", university, solenn)


@pytest.fixture
def maelle(university, solenn) -> User:
    return delegate("Maelle", university, solenn)


def claim(client: Any, **otherwise: str) -> Claim:
    client.logout()
    client.post(reverse("people:claim_record"), {"way": "number", **SAID, **otherwise})
    see_to_claims()
    return Claim.objects.latest("pk")


def answer(client: Any, user: User, claim: Claim, said: str) -> Any:
    client.force_login(user)
    return client.post(reverse("people:answer_for", args=[claim.pk]), {"answer": said}, follow=True)


def test_the_office_names_a_delegate_of_a_class_that_is_theirs(client, solenn, amelie_user, her):
    Person.objects.filter(pk=her.pk).update(account=amelie_user)
    client.force_login(solenn)

    page = client.post(
        reverse("people:delegates"), {"email": amelie_user.email, "year": "2014", "degree": ""}, follow=True
    )

    named = Delegate.objects.get()
    assert (named.degree, named.year, named.named_by) == (MASTER, 2014, "Solenn Kerbrat")
    assert "Amélie Hervé" in page.text
    assert Entry.objects.of_verb("delegate.named").get().actor_id == solenn.pk


def test_nobody_is_delegate_of_a_class_that_is_not_theirs(client, solenn, amelie_user, her):
    Person.objects.filter(pk=her.pk).update(account=amelie_user)
    client.force_login(solenn)

    page = client.post(reverse("people:delegates"), {"email": amelie_user.email, "year": "2015", "degree": ""})

    assert page.status_code == 422
    assert "they hold no such degree of 2015" in page.text
    assert not Delegate.objects.exists()


def test_a_delegate_reads_a_name_a_class_and_a_degree_and_nothing_else(client, goulven, her):
    claim(client, **{"number-degree": "master statistique"})
    client.force_login(goulven)

    page = client.get(reverse("people:my_class")).text

    assert "Amelie Herve" in page
    assert "master statistique" in page
    for hidden in ("a.h@ailleurs.example", "1991", "2100", "Hervé-Cariou", her.public_id):
        assert hidden not in page


def test_the_page_is_the_same_whether_we_know_them_or_not(client, goulven, her):
    known = claim(client)
    client.force_login(goulven)
    seen = client.get(reverse("people:my_class")).text
    known.delete()
    claim(client, **{"number-family": "Inconnue", "number-born": "18/06/1992", "number-number": "99999999"})
    client.force_login(goulven)

    unknown = client.get(reverse("people:my_class")).text.replace("Inconnue", "Herve")

    bare = [page[page.index("<main") : page.index("</main>")] for page in (seen, unknown)]
    assert without_numbers(bare[0]) == without_numbers(bare[1])


def without_numbers(page: str) -> str:
    return re.sub(r'ma-promotion/\d+/|value="[A-Za-z0-9]{64}"', "", page)


def test_two_delegates_are_worth_one_of_staff(client, goulven, maelle, her):
    waiting = claim(client)

    answer(client, goulven, waiting, "yes")
    see_to_claims()
    waiting.refresh_from_db()
    alone = waiting.state
    answer(client, maelle, waiting, "yes")
    see_to_claims()

    waiting.refresh_from_db()
    assert alone == "pending"
    assert (waiting.state, waiting.person, waiting.vouched) == ("sent", her, True)
    assert mail.outbox[0].to == ["a.h@ailleurs.example"]
    assert Entry.objects.of_verb("claim.answered").count() == 2


def test_one_no_leaves_it_to_staff(client, goulven, maelle, university, solenn, her):
    third = delegate("Erwan", university, solenn)
    waiting = claim(client)

    answer(client, goulven, waiting, "yes")
    answer(client, third, waiting, "no")
    answer(client, maelle, waiting, "yes")
    see_to_claims()

    waiting.refresh_from_db()
    assert waiting.state == "pending"
    assert mail.outbox == []
    client.force_login(solenn)
    page = client.get(waiting.get_absolute_url()).text
    assert "What the class says" in page
    assert "Erwan Quiniou" in page


@pytest.mark.parametrize(
    "otherwise",
    [{"number-number": "99999999"}, {"number-born": "18/06/1992"}, {"number-given": "Anne"}],
    ids=["another number", "another birth", "another given name"],
)
def test_delegates_are_not_enough_when_the_record_says_otherwise(client, goulven, maelle, her, otherwise):
    waiting = claim(client, **otherwise)
    for user in (goulven, maelle):
        answer(client, user, waiting, "yes")

    see_to_claims()

    waiting.refresh_from_db()
    assert (waiting.state, waiting.due_at) == ("pending", None)
    assert mail.outbox == []


def test_whoever_has_an_account_is_not_opened_another_one(client, goulven, maelle, amelie_user, her):
    Person.objects.filter(pk=her.pk).update(account=amelie_user)
    waiting = claim(client)
    for user in (goulven, maelle):
        answer(client, user, waiting, "yes")

    see_to_claims()

    waiting.refresh_from_db()
    assert waiting.state == "pending"


def test_a_delegate_answers_once_and_what_follows_looks_the_same(client, goulven, her):
    waiting = claim(client)

    first = answer(client, goulven, waiting, "yes")
    again = answer(client, goulven, waiting, "no")

    assert "It is noted." in first.text
    assert again.status_code == 404
    assert Vouch.objects.get().answer == "yes"


def test_another_class_is_not_asked(client, university, solenn, her):
    other = delegate("Erwan", university, solenn, degree="Licence Droit", year=2014)
    waiting = claim(client, **{"number-degree": "Master statistique"})

    assert answer(client, other, waiting, "yes").status_code == 404


def test_whoever_is_no_delegate_or_is_no_more_sees_nothing(client, amelie_user, goulven, solenn, her):
    waiting = claim(client)
    Delegate.objects.get(account=goulven).end(by=solenn)

    for user in (amelie_user, goulven):
        client.force_login(user)
        assert client.get(reverse("people:my_class")).status_code == 403
        assert answer(client, user, waiting, "yes").status_code == 403


def test_the_charge_of_a_class_is_said_on_ones_record(client, goulven):
    client.force_login(goulven)

    assert "trusts you to say who was of your class" in client.get(reverse("people:own_record")).text


def test_a_charge_ends_once(solenn, goulven):
    charge = Delegate.objects.get()
    charge.end(by=solenn)

    with pytest.raises(Refused, match="over already"):
        charge.end(by=solenn)


def test_what_is_held_of_a_delegate_goes_with_their_account(client, goulven, her):
    answer(client, goulven, claim(client), "yes")
    holdings = {each.model: each for each in register() if each.model in {"people.delegate", "people.vouch"}}

    shown = {model: len(each.export(goulven)) for model, each in holdings.items()}
    gone = {model: each.erase(goulven) for model, each in holdings.items() if each.erase}

    assert shown == gone == {"people.delegate": 1, "people.vouch": 1}
