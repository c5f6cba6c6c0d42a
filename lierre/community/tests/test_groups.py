"""Groups: entered by request, by invitation or by a rule, left at will; and what they let people see of each other."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from conftest import someone
from lierre.accounts.models import User
from lierre.community.groups.ruling import follow_rule, follow_rules, make_classes
from lierre.community.models import Group, Membership
from lierre.community.tests.graduates import graduate
from lierre.foundation.errors import Refused
from lierre.foundation.models import Entry
from lierre.foundation.personal_data import register
from lierre.people.choosing import choose_audiences
from lierre.people.directory import snapshot
from lierre.people.directory.answering import answer
from lierre.people.directory.question import Question
from lierre.people.directory.viewer import Viewer
from lierre.people.merging import merge, unmerge
from lierre.people.models import Person
from lierre.people.tests.witnesses import tell

pytestmark = pytest.mark.django_db
TO_GROUPS = {"name": ["groups"], "study": [], "position": ["groups"], "place": [], "contact": [], "birth": []}


@pytest.fixture(autouse=True)
def nothing_is_remembered() -> None:
    snapshot.forget()


def account_of(person: Person, unit: Any) -> User:
    user = someone(str(person), f"{person.given.lower()}@ici.example", "graduate", unit)
    Person.objects.filter(pk=person.pk).update(account=user)
    person.refresh_from_db()
    return user


@pytest.fixture
def nolwenn(university) -> Person:
    person = graduate("Nolwenn", year=2010)
    account_of(person, university)
    return person


@pytest.fixture
def goulven(university) -> Person:
    person = graduate("Goulven", year=2018)
    account_of(person, university)
    return person


@pytest.fixture
def sailors(solenn) -> Group:
    return Group.make("Voile de Morlaix", "association", by=solenn)


def act(client: Any, person: Person, group: Group, name: str) -> Any:
    client.force_login(person.account)
    return client.post(reverse("community:group_act", args=[group.pk, name]), follow=True)


def host(client: Any, user: Any, membership: Membership, name: str) -> Any:
    client.force_login(user)
    return client.post(reverse("community:host_act", args=[membership.group_id, membership.pk, name]), follow=True)


def sees(viewer: Any, given: str) -> list[str]:
    found = answer(Question(text=given), Viewer.of(viewer))
    return [row.name for row in found.rows]


def test_somebody_asks_and_whoever_hosts_lets_them_in(client, solenn, nolwenn, goulven, sailors):
    act(client, nolwenn, sailors, "demander")
    hers = Membership.objects.get()
    host(client, solenn, hers, "accueillir")
    host(client, solenn, hers, "confier")
    act(client, goulven, sailors, "demander")

    page = host(client, nolwenn.account, Membership.objects.get(person=goulven), "accueillir")

    assert "They are in the group." in page.text
    assert set(Membership.objects.within().values_list("person__given", flat=True)) == {"Nolwenn", "Goulven"}
    assert Entry.objects.of_verb("group.joined").count() == 2


def test_a_member_who_hosts_nothing_answers_nobody(client, nolwenn, goulven, sailors):
    Membership.ask(sailors, nolwenn, by="the tests").enter(by="the tests")
    asked = Membership.ask(sailors, goulven, by="the tests")

    answer_of_hers = host(client, nolwenn.account, asked, "accueillir")

    asked.refresh_from_db()
    assert (answer_of_hers.status_code, asked.state) == (403, "asked")


def test_an_invitation_is_taken_or_not_by_whom_it_is_for(client, solenn, nolwenn, goulven, sailors):
    client.force_login(solenn)
    for person in (nolwenn, goulven):
        client.post(reverse("community:invite", args=[sailors.pk]), {"person": person.public_id})

    act(client, nolwenn, sailors, "accepter")
    act(client, goulven, sailors, "decliner")

    assert dict(Membership.objects.values_list("person__given", "state")) == {"Nolwenn": "in", "Goulven": "left"}
    with pytest.raises(Refused, match="know of it already"):
        Membership.invite(sailors, goulven, by=solenn)


def test_nobody_is_invited_whom_whoever_invites_may_not_see(client, nolwenn, goulven, sailors):
    Membership.ask(sailors, nolwenn, by="the tests").enter(by="the tests")
    Membership.objects.update(hosts=True)
    choose_audiences(goulven, {"name": []}, by=goulven.account)
    client.force_login(nolwenn.account)

    answer_of_hers = client.post(reverse("community:invite", args=[sailors.pk]), {"person": goulven.public_id})

    assert answer_of_hers.status_code == 404
    assert Membership.objects.count() == 1


def test_what_is_shown_to_my_groups_is_seen_there_and_nowhere_else(client, nolwenn, goulven, sailors, university):
    other = graduate("Erwan", year=2001)
    stranger = account_of(other, university)
    choose_audiences(nolwenn, TO_GROUPS, by=nolwenn.account)
    Membership.ask(sailors, nolwenn, by="the tests").enter(by="the tests")

    before = sees(goulven.account, "Nolwenn")
    mine = Membership.ask(sailors, goulven, by="the tests")
    asked = sees(goulven.account, "Nolwenn")
    mine.enter(by="the tests")
    inside = sees(goulven.account, "Nolwenn")
    outside = sees(stranger, "Nolwenn")
    mine.leave(by=goulven.account)

    assert (before, asked, inside, outside) == ([], [], ["Nolwenn Le Ster"], [])
    assert sees(goulven.account, "Nolwenn") == []


def test_the_page_of_a_person_obeys_the_same_group(client, nolwenn, goulven, sailors):
    choose_audiences(nolwenn, TO_GROUPS, by=nolwenn.account)
    for person in (nolwenn, goulven):
        Membership.ask(sailors, person, by="the tests").enter(by="the tests")
    client.force_login(goulven.account)

    inside = client.get(nolwenn.get_absolute_url())
    Membership.objects.get(person=nolwenn).leave(by=nolwenn.account)
    outside = client.get(nolwenn.get_absolute_url())

    assert "Armor Énergies" in inside.text
    assert "2010" not in inside.text
    assert outside.status_code == 404


def test_the_members_are_shown_to_members_as_far_as_each_allows(client, nolwenn, goulven, sailors, university):
    for person in (nolwenn, goulven):
        Membership.ask(sailors, person, by="the tests").enter(by="the tests")
    hidden = graduate("Erwan", year=2001)
    Membership.ask(sailors, hidden, by="the tests").enter(by="the tests")
    choose_audiences(hidden, {"name": []}, by="the tests")

    client.force_login(nolwenn.account)
    inside = client.get(sailors.get_absolute_url()).text
    client.force_login(account_of(graduate("Katell", year=2003), university))
    outside = client.get(sailors.get_absolute_url()).text

    assert "Goulven Le Ster" in inside
    assert "Erwan" not in inside
    assert "2 whom you may see" in inside
    assert "Goulven" not in outside


def test_members_are_looked_for_among_those_whom_one_may_see(client, nolwenn, goulven, sailors):
    hidden = graduate("Nominoe", year=2001)
    choose_audiences(hidden, {"name": []}, by="the tests")
    for person in (nolwenn, goulven, hidden):
        Membership.ask(sailors, person, by="the tests").enter(by="the tests")
    client.force_login(goulven.account)

    by_name = client.get(sailors.get_absolute_url(), {"q": "no"}).text
    by_class = client.get(sailors.get_absolute_url(), {"q": "2010"}).text
    nobody = client.get(sailors.get_absolute_url(), {"q": "nominoe"}).text

    assert "Nolwenn Le Ster" in by_name
    assert "Nominoe" not in by_name
    assert main_part(by_name).count("Goulven") == 0
    assert "Nolwenn Le Ster" in by_class
    assert "Nobody of this name among the members whom you may see." in nobody


def main_part(page: str) -> str:
    return page[page.index('<ol class="roll">') : page.index("</ol>", page.index('<ol class="roll">'))]


def test_the_office_takes_the_members_away_and_the_journal_says_it(client, solenn, nolwenn, goulven, sailors):
    Membership.ask(sailors, nolwenn, by="the tests").enter(by="the tests")
    Membership.ask(sailors, goulven, by="the tests")
    address = reverse("community:export_members", args=[sailors.pk, "csv"])
    client.force_login(solenn)

    file = b"".join(client.get(address).streaming_content).decode()
    book = client.get(reverse("community:export_members", args=[sailors.pk, "xlsx"]))
    client.force_login(nolwenn.account)
    hers = client.get(address)

    assert "Nolwenn Le Ster" in file
    assert "at their request" in file
    assert "Goulven" not in file
    assert book["Content-Disposition"].endswith('.xlsx"')
    assert hers.status_code == 403
    assert Entry.objects.of_verb("group.exported").count() == 2
    assert Entry.objects.of_verb("group.exported").last().details == {"form": "csv", "total": 1, "hidden": 0}


def test_whoever_sees_all_leaves_a_trace_of_those_who_hide(client, solenn, nolwenn, sailors):
    choose_audiences(nolwenn, {"name": []}, by=nolwenn.account)
    Membership.ask(sailors, nolwenn, by="the tests").enter(by="the tests")
    client.force_login(solenn)

    for _again in range(2):
        client.get(sailors.get_absolute_url())

    line = Entry.objects.of_verb("persons.listed").get()
    assert (line.subject_name, line.details) == ("Voile de Morlaix", {"hidden": 1, "total": 1})


def test_a_group_closes_and_is_no_audience_any_more(client, solenn, nolwenn, goulven, sailors):
    choose_audiences(nolwenn, TO_GROUPS, by=nolwenn.account)
    for person in (nolwenn, goulven):
        Membership.ask(sailors, person, by="the tests").enter(by="the tests")
    client.force_login(solenn)

    client.post(reverse("community:close_group", args=[sailors.pk]))

    assert sees(goulven.account, "Nolwenn") == []
    assert not Membership.objects.exists()


def test_the_classes_of_a_year_are_made_by_rule_and_follow_the_studies(client, solenn):
    mates = [graduate(name, year=2014) for name in ("Anna", "Brieuc", "Corentin", "Denez", "Enora")]
    client.force_login(solenn)

    client.post(reverse("community:new_classes"), {"classes-year": "2014"})
    (group,) = Group.objects.all()
    first = group.memberships.count()
    tell(
        mates[0],
        "staff",
        date(2026, 1, 1),
        studies=[{"degree": "Master Statistique et société", "year": 2014, "obtained": False}],
    )
    Membership.objects.get(person=mates[1]).leave(by="the tests")
    graduate("Fanny", year=2014)
    told = follow_rules()

    names = set(group.memberships.filter(state="in").values_list("person__given", flat=True))
    assert (str(group), first) == ("Master Statistique et société, 2014", 5)
    assert names == {"Corentin", "Denez", "Enora", "Fanny"}
    assert told == {"came": 1, "went": 1}
    assert follow_rule(group, by="the tests").total() == 0


def test_a_class_is_made_once(solenn):
    for name in ("Anna", "Brieuc", "Corentin", "Denez", "Enora"):
        graduate(name, year=2014)
    make_classes(2014, by=solenn)

    with pytest.raises(Refused, match="No class of 2014 is waiting"):
        make_classes(2014, by=solenn)


def test_the_database_refuses_somebody_twice_in_a_group(nolwenn, sailors):
    Membership.ask(sailors, nolwenn, by="the tests")

    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(group=sailors, person=nolwenn, state="in", how="request")


def test_two_persons_who_become_one_are_in_the_groups_of_both_until_it_is_undone(solenn, nolwenn, sailors):
    twin = graduate("Nolwenn", address="n.lester@courriel.example", year=2011)
    rowers = Group.make("Aviron", "association", by=solenn)
    Membership.ask(sailors, nolwenn, by="the tests").enter(by="the tests")
    for group in (sailors, rowers):
        Membership.ask(group, twin, by="the tests").enter(by="the tests")

    done = merge(twin, nolwenn, by=solenn, reason="La même.")
    together = set(Membership.objects.within().of(nolwenn).values_list("group__name", flat=True))
    unmerge(done, by=solenn)

    assert together == {"Voile de Morlaix", "Aviron"}
    assert set(Membership.objects.of(nolwenn).values_list("group__name", flat=True)) == {"Voile de Morlaix"}
    assert set(Membership.objects.of(twin).values_list("group__name", flat=True)) == {"Voile de Morlaix", "Aviron"}


def test_only_the_office_makes_groups(client, nolwenn, gwenael):
    for user in (nolwenn.account, gwenael):
        client.force_login(user)
        assert client.post(reverse("community:new_group"), {"group-name": "X", "group-kind": "city"}).status_code == 403


def test_a_name_is_taken_once(client, solenn, sailors):
    client.force_login(solenn)

    page = client.post(reverse("community:new_group"), {"group-name": "voile de Morlaix", "group-kind": "association"})

    assert page.status_code == 422
    assert "bears this name already" in page.text


def test_what_groups_hold_is_shown_and_erased_with_the_person(nolwenn, sailors):
    Membership.ask(sailors, nolwenn, by="the tests").enter(by="the tests")
    holding = next(each for each in register() if each.model == "community.membership")

    assert holding.export(nolwenn)[0]["state"] == "in"
    assert holding.erase is not None
    assert holding.erase(nolwenn) == 1
    assert not Membership.objects.exists()
