"""Corrections by staff: first what would change, then a new record with its reason; nothing is overwritten."""

from datetime import date

import pytest
from django.urls import reverse

from lierre.foundation.models import Entry
from lierre.people.models import ContactPoint, Person, Position, Record, Study
from lierre.people.tests.witnesses import amelie, tell

pytestmark = pytest.mark.django_db

WHY = "Au téléphone, le 24 novembre."


@pytest.fixture
def her() -> Person:
    return amelie()


def correcting(person: Person, group: str) -> str:
    return reverse("people:correct", args=[person.public_id, group])


def identity(**changed: str) -> dict[str, str]:
    """The form of the identity as the page first shows it."""
    return {
        "given": "Amélie", "family": "Hervé", "usage": "Hervé-Cariou", "sex": "f", "born": "17/05/1991",
        "birth_place": "Morlaix", "student_number": "21004412", "ine": "0123456789A", "reason": WHY, **changed,
    }  # fmt: skip


def test_the_effect_is_shown_before_anything_is_written(client, solenn, her):
    client.force_login(solenn)
    records = Record.objects.count()

    page = client.post(correcting(her, "identite"), identity(born="18/05/1991", look="1"))

    effect = page.context["effect"]
    assert [(line.before, line.after) for line in effect.lines] == [("May 17, 1991", "May 18, 1991")]
    assert Record.objects.count() == records
    assert 'name="write"' in page.content.decode()


def test_a_correction_is_a_new_record_with_its_reason(client, solenn, her):
    client.force_login(solenn)

    answer = client.post(correcting(her, "identite"), identity(born="18/05/1991", write="1"))

    her.refresh_from_db()
    kept = Record.objects.latest("pk")
    assert (answer.status_code, answer["Location"]) == (303, her.get_absolute_url())
    assert her.born == "1991-05-18"
    assert (kept.said, kept.reason, kept.source.kind) == ({"born": "1991-05-18"}, WHY, "staff")
    assert Entry.objects.of_verb("person.corrected").about(her).get().actor_id == solenn.pk


def test_a_correction_that_would_not_be_shown_says_so(client, solenn, her):
    client.force_login(solenn)

    page = client.post(correcting(her, "identite"), identity(usage="Cariou", look="1"))

    kept = page.context["effect"].kept
    assert [(one.text, one.shown) for one in kept] == [("Cariou", "Hervé-Cariou")]


@pytest.mark.parametrize(
    "changed",
    [{"born": "31/02/1991"}, {"reason": ""}, {"born": "hier"}, {"born": "17/05/1791"}, {"given": "A" * 300}],
)
def test_what_cannot_be_is_refused_beside_its_field(client, solenn, her, changed):
    client.force_login(solenn)
    records = Record.objects.count()

    page = client.post(correcting(her, "identite"), identity(**changed, write="1"))

    assert page.status_code == 422
    assert set(page.context["form"].errors) == set(changed)
    assert Record.objects.count() == records
    assert 'role="alert"' in page.content.decode()


def test_nothing_changed_is_nothing_to_write(client, solenn, her):
    client.force_login(solenn)

    page = client.post(correcting(her, "identite"), identity(look="1"))

    assert page.status_code == 422
    assert "effect" not in page.context


def test_an_empty_field_takes_nothing_away(client, solenn, her):
    client.force_login(solenn)

    client.post(correcting(her, "identite"), identity(birth_place="", given="Amélie-Anne", write="1"))

    assert Record.objects.latest("pk").said == {"given": "Amélie-Anne"}


def test_the_office_marks_someone_deceased_and_is_told_what_follows(client, solenn, her):
    client.force_login(solenn)
    states = {"died": "30/10/2026", "lost": "", "do_not_contact": "", "reason": "Faire-part."}

    page = client.post(correcting(her, "etats"), {**states, "look": "1"})
    client.post(correcting(her, "etats"), {**states, "write": "1"})

    her.refresh_from_db()
    assert page.context["effect"].leaves_directory
    assert her.died == "2026-10-30"


def test_a_state_can_be_taken_back(client, solenn, her):
    tell(her, "staff", date(2026, 1, 5), lost=True)
    client.force_login(solenn)

    client.post(correcting(her, "etats"), {"lost": "no", "reason": "Elle a appelé.", "write": "1"})

    her.refresh_from_db()
    assert not her.lost


def test_a_study_a_position_and_an_address_are_added(client, solenn, her):
    client.force_login(solenn)
    said = {
        "etudes": {"degree": "Licence Mathématiques appliquées", "year": "2012", "obtained": "yes"},
        "postes": {"title": "Présidente", "employer": "Amicale du Trégor", "started": "2020", "rome": "M1302"},
        "coordonnees": {"kind": "phone", "value": "06 12 34 56 78", "use": "personal"},
    }

    answers = [
        client.post(reverse("people:add", args=[her.public_id, group]), {**facts, "reason": WHY, "write": "1"})
        for group, facts in said.items()
    ]

    assert [answer.status_code for answer in answers] == [303, 303, 303]
    assert Study.objects.filter(person=her, year=2012, obtained=True).exists()
    assert Position.objects.filter(person=her, title="Présidente", started="2020").exists()
    assert ContactPoint.objects.filter(person=her, value="+33612345678", use="personal").exists()


@pytest.mark.parametrize(
    ("group", "facts", "at_fault"),
    [
        ("etudes", {"year": "2012"}, "degree"),
        ("postes", {"city": "Brest"}, "title"),
        ("postes", {"title": "Présidente", "started": "2022", "ended": "2020"}, "ended"),
        ("postes", {"title": "Présidente", "rome": "Z9999"}, "rome"),
        ("coordonnees", {"kind": "email", "value": "amelie"}, "value"),
        ("coordonnees", {"kind": "phone", "value": "appelez-moi"}, "value"),
    ],
)
def test_what_is_added_must_stand_up(client, solenn, her, group, facts, at_fault):
    client.force_login(solenn)

    page = client.post(reverse("people:add", args=[her.public_id, group]), {**facts, "reason": WHY, "write": "1"})

    assert set(page.context["form"].errors) == {at_fault}


def test_a_position_that_is_over_is_ended_without_becoming_another_one(client, solenn, her):
    client.force_login(solenn)
    listed = client.get(correcting(her, "postes"))
    address = next(address for text, address in listed.context["items"] if "Data engineer" in text)

    client.post(address, {"title": "Directrice", "started": "09/2018", "ended": "12/2022", "city": "Brest",
                          "department": "29", "country": "FR", "reason": WHY, "write": "1"})  # fmt: skip

    assert Record.objects.latest("pk").said == {
        "positions": [{"title": "Data engineer", "employer": "Armor Énergies", "ended": "2022-12"}]
    }
    assert Position.objects.get(person=her, title="Data engineer").ended == "2022-12"


def test_what_does_not_exist_cannot_be_corrected(client, solenn, her):
    client.force_login(solenn)

    missing = [
        correcting(her, "loisirs"),
        reverse("people:correct_item", args=[her.public_id, "postes", "00000000"]),
        reverse("people:add", args=[her.public_id, "identite"]),
        reverse("people:correct", args=["bcdfghjkmnpq", "identite"]),
    ]

    assert [client.get(address).status_code for address in missing] == [404, 404, 404, 404]


@pytest.mark.parametrize("name", ["gwenael", "maiwenn", "malo", "amelie_user", "hugo"])
def test_only_the_alumni_office_corrects(client, request, her, name):
    client.force_login(request.getfixturevalue(name))

    assert client.post(correcting(her, "identite"), identity(write="1")).status_code == 403
    assert client.get(reverse("people:add", args=[her.public_id, "postes"])).status_code == 403
