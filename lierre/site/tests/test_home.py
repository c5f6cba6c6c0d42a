"""The home page: what waits for each person, the figures they answer for, what happened; never an empty page."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from lierre.accounts.models import Invitation, Role, Unit, User
from lierre.foundation.models import Work, Worker
from lierre.foundation.models.journal import record
from lierre.people.models import Person
from lierre.people.tests.imports import applied, rehearsed
from lierre.people.tests.witnesses import amelie, source, tell
from lierre.privacy.models import Breach, Request
from lierre.site.pending import pending_for
from lierre.site.waiting import waiting_for
from tests.publications import publications

pytestmark = pytest.mark.django_db
HOME = "/"
EVERYBODY = [
    "solenn", "gwenael", "helene", "maiwenn", "malo", "ronan", "klervi", "yann", "amelie_user", "lena", "hugo",
]  # fmt: skip
ROW = {"NOM": "Bellec", "PRENOM": "Erwan", "NUMERO": "21700002", "MEL": "erwan@courriel.example"}


@pytest.fixture(autouse=True)
def of_this_test(settings, tmp_path) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture
def ronan(university) -> User:
    """Human resources."""
    return colleague("Ronan Cloarec", "ronan.cloarec@ubn.example", "hr", university)


@pytest.fixture
def klervi(university) -> User:
    """Recruiter relations."""
    return colleague("Klervi Madec", "klervi.madec@ubn.example", "recruiter_relations", university)


def colleague(name: str, email: str, kind: str, unit: Any) -> User:
    user = User.objects.create_user(email=email, password="ivy on the old wall", name=name)
    Role.objects.create(user=user, unit=unit, kind=kind)
    return user


def home_of(client: Any, user: User) -> Any:
    client.force_login(user)
    return client.get(HOME)


@pytest.mark.parametrize("name", EVERYBODY)
def test_nobody_comes_home_to_an_empty_page(client, request, name):
    amelie()
    user = request.getfixturevalue(name)

    page = home_of(client, user)

    assert page.status_code == 200
    assert f"Hello {user.name.split()[0]}." in page.content.decode()
    assert page.context["figures"]
    assert all(shown.figure.definition for shown in page.context["figures"])


@pytest.mark.parametrize("name", EVERYBODY)
def test_coming_home_costs_few_questions_to_the_base(client, request, name, django_assert_max_num_queries):
    person = amelie()
    user = request.getfixturevalue(name)
    Worker.objects.arrive("a worker of this test")
    if name == "amelie_user":
        Person.objects.filter(pk=person.pk).update(account=user)
    home_of(client, user)

    # PostgreSQL is also asked for the changes of the directory that were skipped: see `snapshot`.
    with django_assert_max_num_queries(12 if connection.vendor == "sqlite" else 14):
        client.get(HOME)


def test_the_alumni_office_is_told_what_to_do_with_its_evidence(client, solenn):
    applied([ROW | {"NE_LE": "31/02/1992"}, ROW], source("school"), date(2026, 10, 1), by=solenn)
    rehearsed([ROW | {"POSTE": "Ingénieur"}], source("third"), date(2026, 11, 1), by=solenn, name="asso.csv")

    page = home_of(client, solenn)

    tasks = page.context["tasks"]
    assert [(task.verb, task.act) for task in tasks] == [("Read", "Read"), ("Settle", "Settle")]
    assert "asso.csv" in tasks[0].what
    assert tasks[0].evidence == ("0 new, 1 enriched, 0 to decide, 0 refused",)
    assert "31/02/1992" in tasks[1].evidence[0]


def test_what_waits_is_five_things_at_most_and_says_how_many_follow(client, solenn):
    for number in range(4):
        rehearsed([ROW | {"LOT": f"{number}"}], source("third"), date(2026, 11, 1), by=solenn, name=f"{number}.csv")
    applied([ROW | {"NE_LE": "31/02/1992"}, ROW], source("school"), date(2026, 10, 1), by=solenn)

    page = home_of(client, solenn)

    assert len(page.context["tasks"]) <= 5


def test_each_kind_of_thing_that_waits_is_gathered_in_one_question(client, solenn, malo, django_assert_num_queries):
    """Works, lines, looks and invitations come from four tables, and are told apart again."""
    for role in ("it", "data_protection", "alumni_office", "communication"):
        Role.objects.get_or_create(user=malo, unit=solenn.roles_held[0].unit, kind=role)
    applied([ROW | {"NE_LE": "31/02/1992"}, ROW], source("school"), date(2026, 10, 1), by=solenn)
    hidden = tell(amelie(), "member", date(2026, 11, 2), audience_name=[])
    record("person.seen", hidden.person if hasattr(hidden, "person") else hidden, by=solenn)
    Invitation.invite("x@courriel.example", "graduate", solenn.roles_held[0].unit, by=malo)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1))
    work = Work.ask("people.rehearse", by=malo, title="liste.csv")
    Work.objects.filter(pk=work.pk).update(state="failed", failure="The file is cut.", finished_at=timezone.now())

    with django_assert_num_queries(1):
        found = pending_for(malo)

    assert {about: sum(group.count for group in groups) for about, groups in found.items()} == {
        "work": 1, "line": 1, "person.seen": 1, "invitation": 1,
    }  # fmt: skip
    verbs = [task.verb for task in waiting_for(malo, found)]
    assert verbs == ["Look at", "Settle", "Review", "Send again"]


def test_whoever_holds_many_roles_reads_three_chapters_and_no_more(client, solenn, helene, gwenael):
    for role in ("direction", "communication", "hr", "recruiter_relations", "ambassador"):
        Role.objects.create(user=solenn, unit=solenn.roles_held[0].unit, kind=role)
    del solenn.roles_held
    applied([ROW], source("school"), date(2026, 10, 1), by=solenn)
    tell(amelie(), "member", date(2026, 11, 2), headline="Statistique")

    page = home_of(client, solenn)

    shown = [
        name
        for name in ("results", "imports", "classes", "own", "voices", "circle", "places")
        if page.context.get(name)
    ]
    assert shown == ["results", "imports", "voices"]


def test_who_may_see_what_is_no_news(client, gwenael):
    tell(amelie(), "member", date(2026, 11, 2), audience_name=["graduates", "recruiters"], headline="Statistique")

    page = home_of(client, gwenael)

    ((_record, said),) = page.context["voices"]
    assert [each.text for each in said] == ["Statistique"]


def test_the_figures_say_what_they_count_and_how_far_they_may_be_wrong(client, helene):
    tell(None, "third", date(2012, 1, 1), family="Bellec", contacts=[{"kind": "email", "value": "e@mel.example"}])
    tell(None, "third", date(2012, 1, 1), family="Kerdoncuff")
    amelie()

    page = home_of(client, helene)

    reachable = page.context["figures"][0]
    assert reachable.figure.value == 66.7
    assert reachable.doubt == "between 33.3 and 66.7\u202f%"


def test_nobody_to_count_is_unknown_and_not_zero(client, helene):
    page = home_of(client, helene)

    assert page.context["figures"][0].value == "unknown"


def test_the_dead_and_those_who_want_silence_are_not_reachable(client, solenn):
    for facts in ({"died": "2024-01-02"}, {"do_not_contact": True}):
        tell(None, "school", date(2026, 1, 1), family="Bellec", **facts,
             contacts=[{"kind": "email", "value": "e@mel.example", "confirmed": True}])  # fmt: skip

    page = home_of(client, solenn)

    assert page.context["figures"][0].figure.value == 0


def test_whoever_answers_for_data_reviews_who_looked(client, solenn, maiwenn):
    hidden = tell(amelie(), "member", date(2026, 11, 2), audience_name=[])
    client.force_login(solenn)
    client.get(hidden.get_absolute_url())

    page = home_of(client, maiwenn)

    task = page.context["tasks"][0]
    assert (task.verb, task.evidence) == ("Review", ("Solenn Kerbrat : 1",))
    assert page.context["figures"][0].figure.value == 1


def test_it_is_told_that_no_worker_runs(client, malo):
    page = home_of(client, malo)

    assert page.context["tasks"][0].verb == "Start"


def test_a_graduate_confirms_what_she_does_in_one_gesture(client, amelie_user):
    person = amelie()
    Person.objects.filter(pk=person.pk).update(account=amelie_user)
    long_ago = timezone.localdate() - timedelta(days=300)
    tell(person, "member", long_ago, positions=[{"title": "Directrice", "employer": "Armor Énergies"}])

    page = home_of(client, amelie_user)
    task = page.context["tasks"][0]
    answer = client.post(task.address, task.sends)

    assert (task.verb, task.act) == ("Confirm", "It is still true")
    assert answer.status_code == 303
    assert all(left.verb != "Confirm" for left in client.get(HOME).context["tasks"])


def test_a_graduate_sees_her_class_and_who_sees_her_and_nobody_who_hides(client, amelie_user):
    Person.objects.filter(pk=amelie().pk).update(account=amelie_user)
    degree = {"degree": "Master Statistique et société", "year": 2014, "obtained": True}
    tell(None, "school", date(2014, 10, 8), given="Erwan", family="Bellec", studies=[degree])
    tell(None, "school", date(2014, 10, 8), given="Nolwenn", family="Prigent", studies=[degree], audience_name=[])

    page = home_of(client, amelie_user).content.decode()

    assert "The class of 2014" in page
    assert "Erwan Bellec" in page
    assert "Prigent" not in page
    assert "Who sees what of you" in page


def test_a_recruiter_counts_only_those_who_let_recruiters_see_them(client, hugo):
    person = amelie()
    tell(None, "school", date(2014, 10, 8), family="Prigent")
    tell(person, "member", date(2026, 11, 2), audience_name=["recruiters"], audience_position=["recruiters"])

    page = home_of(client, hugo)

    assert [shown.figure.value for shown in page.context["figures"]] == [1, 1]
    assert "Armor Énergies" in page.content.decode()


def test_others_are_told_only_what_they_did_themselves(client, hugo, solenn):
    record("person.corrected", amelie(), by=solenn, why="Au téléphone.")
    record("search.kept", by=hugo, name="Statisticiens")

    page = home_of(client, hugo)

    assert [entry.verb for entry in page.context["happened"]] == ["search.kept"]


@pytest.mark.parametrize("name", EVERYBODY)
def test_every_room_that_is_shown_opens(client, request, name):
    client.force_login(request.getfixturevalue(name))

    floors = client.get(reverse("site:house")).context["floors"]

    assert floors
    for floor in floors:
        for room in floor.rooms:
            assert client.get(room.address).status_code == 200, room.address
            assert room.why


def test_the_data_protection_officer_finds_what_the_law_counts(client, maiwenn, solenn):
    Request.receive("access", name="Gaëlle Tanguy", email="gaelle@courriel.example", by="the tests")
    Request.receive(
        "erasure", name="Erwan Bellec", email="erwan@courriel.example", by="the tests",
        received_on=timezone.localdate() - timedelta(days=60),
    )  # fmt: skip
    settled = Request.receive("access", name="Lena", email="lena@courriel.example", by="the tests")
    settled.settle(by=maiwenn, answer="Rien n’est connu.", refused=True)
    breach = Breach()
    breach.keep({"title": "Ordinateur perdu", "nature": "availability"}, by=maiwenn)
    decided = Breach()
    decided.keep({"title": "Sans risque", "nature": "availability"}, by=maiwenn)
    decided.not_tell("Disque chiffré.", by=maiwenn)

    first, second = waiting_for(maiwenn, pending_for(maiwenn))[:2]

    assert (first.what, first.urgency) == ("on the breach “Ordinateur perdu”", "soon")
    assert first.address == reverse("privacy:authority", args=[breach.pk])
    assert (second.what, second.urgency) == ("2 requests of rights", "late")
    assert "access : 1" in second.evidence[0]
    assert "Ordinateur perdu" in home_of(client, maiwenn).content.decode()
    assert [task for task in waiting_for(solenn, pending_for(solenn)) if "rights" in task.what] == []


def test_the_alumni_office_finds_the_request_it_was_given(maiwenn, solenn):
    asked = Request.receive("access", name="Gaëlle Tanguy", email="gaelle@courriel.example", by="the tests")
    asked.give_to(solenn, by=maiwenn)

    (task,) = (task for task in waiting_for(solenn, pending_for(solenn)) if "rights" in task.what)

    assert task.address == asked.get_absolute_url()
    assert task.urgency == ""


def test_communication_checks_what_no_network_can_prove_and_direction_reads_before_it_leaves(
    gwenael, helene, university
):
    publications(gwenael, helene, university)

    mine, hers = (waiting_for(each, pending_for(each)) for each in (gwenael, helene))

    assert [(task.verb, task.what) for task in mine] == [("Check", "1 post on its network")]
    assert [(task.verb, task.what) for task in hers] == [("Read", "1 post that waits for approval")]


def test_a_head_of_laboratory_is_not_offered_what_only_the_top_approves(gwenael, helene, university):
    publications(gwenael, helene, university)
    laboratory = Unit.objects.create(name="LENM", code="LENM", kind="laboratory", parent=university, path="/UBN/LENM/")
    head = colleague("Annaïg Le Bihan", "annaig.lebihan@ubn.example", "direction", laboratory)

    assert waiting_for(head, pending_for(head)) == []
