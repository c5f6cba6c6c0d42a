"""My record: what is known of me, who sees it, what I say."""

import pytest
from django.urls import reverse
from django.utils import timezone

from lierre.foundation.models import Entry
from lierre.people.directory.viewer import Viewer
from lierre.people.facts import AUDIENCES
from lierre.people.fold.visibility import FAMILIES
from lierre.people.models import Person, Record
from lierre.people.readings.sheet import Sheet
from lierre.people.tests.witnesses import amelie

pytestmark = pytest.mark.django_db


@pytest.fixture
def her(amelie_user) -> Person:
    person = amelie()
    person.account = amelie_user
    person.save(update_fields=["account"])
    return person


def seen_by(person: Person, *audiences: str) -> set[str]:
    sheet = Sheet(person, Viewer.among(*audiences))
    return {family for family in FAMILIES if sheet.allows(family)}


def test_amelie_reads_everything_that_is_known_of_her(client, amelie_user, her):
    client.force_login(amelie_user)

    page = client.get(reverse("people:own_record")).content.decode()

    for known in (
        "Hervé-Cariou",
        "Morlaix",
        "Armor Énergies",
        "amelie.herve@courriel.example",
        "Scolarité",
        "21004412",
    ):
        assert known in page


def test_her_own_page_in_the_directory_leads_there(client, amelie_user, her):
    client.force_login(amelie_user)

    answer = client.get(her.get_absolute_url())

    assert (answer.status_code, answer["Location"]) == (303, reverse("people:own_record"))


def test_she_chooses_who_sees_what_and_it_holds_at_once(client, amelie_user, her):
    client.force_login(amelie_user)
    before = seen_by(her, "recruiters")

    answer = client.post(
        reverse("people:own_choices"),
        {"name": ["graduates", "recruiters"], "position": ["recruiters"], "study": ["graduates"]},
    )

    assert answer.status_code == 303
    assert before == set()
    assert seen_by(her, "recruiters") == {"name", "position"}
    assert seen_by(her, "graduates") == {"name", "study"}
    assert Record.objects.latest("pk").source.kind == "member"
    assert Entry.objects.of_verb("person.chose").about(her).get().actor_id == amelie_user.pk


def test_nothing_ticked_is_nobody(client, amelie_user, her):
    client.force_login(amelie_user)

    client.post(reverse("people:own_choices"), {})

    assert seen_by(her, *AUDIENCES) == set()
    assert client.get(reverse("people:own_record")).status_code == 200


def test_an_audience_that_does_not_exist_is_refused(client, amelie_user, her):
    client.force_login(amelie_user)
    records = Record.objects.count()

    client.post(reverse("people:own_choices"), {"name": ["everyone"]})

    assert Record.objects.count() == records


def test_the_boxes_show_what_holds_today(client, amelie_user, her):
    client.force_login(amelie_user)

    form = client.get(reverse("people:own_choices")).context["form"]

    assert list(form["name"].initial) == ["class", "graduates"]
    assert list(form["position"].initial) == []


def test_she_speaks_of_herself_without_a_reason(client, amelie_user, her):
    client.force_login(amelie_user)

    answer = client.post(
        reverse("people:own_add", args=["postes"]), {"title": "Cheffe de projet", "employer": "Armor Énergies", "write": "1"}
    )  # fmt: skip

    kept = Record.objects.latest("pk")
    assert answer["Location"] == reverse("people:own_record")
    assert (kept.source.kind, kept.said_by, kept.person) == ("member", "Amélie Hervé", her)


def test_what_the_school_says_first_is_told_to_her(client, amelie_user, her):
    client.force_login(amelie_user)

    page = client.post(
        reverse("people:own_correct", args=["identite"]), {"given": "Amélie", "family": "Cariou", "look": "1"}
    )

    assert [(kept.text, kept.shown) for kept in page.context["effect"].kept] == [("Cariou", "Hervé")]


def test_an_account_that_is_nobody_is_told_whom_to_write_to(client, amelie_user):
    client.force_login(amelie_user)

    pages = [client.get(reverse(f"people:{name}")) for name in ("own_record", "own_choices", "own_archive")]

    assert [page.status_code for page in pages] == [404, 404, 404]
    assert "<h1>" in pages[0].content.decode()


def test_one_gesture_says_that_a_position_is_still_true(client, amelie_user, her):
    client.force_login(amelie_user)
    address = client.get(reverse("people:own_correct", args=["postes"])).context["items"][0][1]

    answer = client.post(address, {"still": "1"})

    latest = Record.objects.filter(person=her).latest("pk")
    sheet = Sheet.for_everyone_to_know(her)
    assert answer.status_code == 303
    assert latest.said["positions"][0]["title"] == "Responsable données"
    assert sheet.today[0].witness.asserted_on == timezone.localdate()
    assert sheet.today[0].moon == "full"


def test_staff_cannot_confirm_in_her_place(client, solenn, her):
    client.force_login(solenn)
    address = client.get(reverse("people:correct", args=[her.public_id, "postes"])).context["items"][0][1]
    before = Record.objects.count()

    client.post(address, {"still": "1"})

    assert Record.objects.count() == before


def test_she_sees_herself_as_others_see_her(client, amelie_user, her):
    client.force_login(amelie_user)

    graduates = client.get(reverse("people:own_record"), {"comme": "graduates"}).content.decode()
    recruiters = client.get(reverse("people:own_record"), {"comme": "recruiters"}).content.decode()

    assert "Master Statistique et société" in graduates
    assert "amelie.herve@courriel.example" not in graduates
    assert "For them this person does not exist" in recruiters
