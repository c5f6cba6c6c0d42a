"""Live questions that have a name."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lierre.accounts.models import User
from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import Entry
from lierre.people import segments
from lierre.people.directory.columns import Ids
from lierre.people.directory.snapshot import sight_of
from lierre.people.directory.viewer import Viewer
from lierre.people.models import ContactPoint, Person, SavedSearch, Segment
from lierre.people.models.imports import EPOCH
from lierre.people.segments import reach, suppressing
from lierre.people.segments.evaluating import ids_of
from lierre.people.segments.question import Condition, Group, Nonsense, read
from lierre.people.segments.suppressing import funnel
from lierre.people.tests.townsfolk import AMELIE, HIDDEN, SHOWN_TO_GRADUATES, rewrite, settle

pytestmark = pytest.mark.django_db
STAFF = Viewer(everything=True)
TODAY = (timezone.localdate() - EPOCH).days


@pytest.fixture(autouse=True)
def reach_of_this_test() -> None:
    reach.forget()


def graduate(given: str, year: int, **facts: Any) -> dict[str, Any]:
    """Somebody of that class, who is heard of today unless it is said otherwise."""
    studies = [{"degree": "Licence Droit", "level": "licence", "year": year, "obtained": True}]
    return {"given": given, "family": "Le Bras", "studies": studies, "heard": TODAY, **facts}


def email(address: str, **facts: Any) -> dict[str, Any]:
    return {"contacts": [{"kind": "email", "value": address, **facts}]}


def names(question: Group, viewer: Viewer = STAFF) -> set[str]:
    ids = ids_of(sight_of(viewer), question).tolist()
    return set(Person.objects.filter(pk__in=ids).values_list("given", flat=True))


def all_of(*members: Condition | Group) -> Group:
    return Group("all", members)


def test_nothing_asked_is_everybody():
    settle(AMELIE, graduate("Gaëlle", 2020))

    assert names(Group()) == {"Amélie", "Gaëlle"}


def test_conditions_are_joined_by_and_or_and_not():
    settle(AMELIE, graduate("Gaëlle", 2020), graduate("Ronan", 2014))
    class_of_2014, master = Condition("year", "in", ("2014",)), Condition("level", "in", ("master",))

    assert names(all_of(class_of_2014, master)) == {"Amélie"}
    assert names(Group("any", (class_of_2014, Condition("year", "in", ("2020",))))) == {"Amélie", "Gaëlle", "Ronan"}
    assert names(all_of(class_of_2014, Group("none", (master,)))) == {"Ronan"}
    assert names(all_of(Condition("year", "not_in", ("2014",)))) == {"Gaëlle"}


def test_the_last_years_move_with_the_calendar():
    this_year = timezone.localdate().year
    settle(graduate("Neuve", this_year), graduate("Quatre", this_year - 4), graduate("Cinq", this_year - 5))

    assert names(all_of(Condition("year", "last", ("5",)))) == {"Neuve", "Quatre"}
    assert names(all_of(Condition("year", "before", ("5",)))) == {"Cinq"}


def test_months_without_news_are_counted_from_today():
    long_ago = (date(2001, 1, 1) - EPOCH).days
    settle(graduate("Hier", 2014), graduate("Jadis", 2014, heard=long_ago))

    assert names(all_of(Condition("heard", "within", ("24",)))) == {"Hier"}
    assert names(all_of(Condition("heard", "not_within", ("24",)))) == {"Jadis"}


def test_what_is_known_and_what_is_not():
    settle(AMELIE, graduate("Gaëlle", 2020))

    assert names(all_of(Condition("employer", "known"))) == {"Amélie"}
    assert names(all_of(Condition("employer", "unknown"))) == {"Gaëlle"}


def test_a_segment_asks_another_one(solenn: User):
    settle(AMELIE, graduate("Gaëlle", 2020))
    masters = Segment.objects.keep("Masters", all_of(Condition("level", "in", ("master",))).as_json(), by=solenn)

    assert names(all_of(Condition("segment", "in", (str(masters.pk),)))) == {"Amélie"}
    assert names(all_of(Condition("segment", "not_in", (str(masters.pk),)))) == {"Gaëlle"}


def test_a_segment_cannot_ask_itself_even_through_another(solenn: User):
    settle(AMELIE)
    one = Segment.objects.keep("Un", all_of(Condition("employer", "known")).as_json(), by=solenn)
    other = Segment.objects.keep("Deux", all_of(Condition("segment", "in", (str(one.pk),))).as_json(), by=solenn)
    one.change("Un", all_of(Condition("segment", "in", (str(other.pk),))).as_json(), by=solenn)

    with pytest.raises(Nonsense, match="ask itself"):
        segments.people(one, STAFF)


def test_whoever_hides_is_in_no_segment_of_those_who_may_not_see_them():
    shown = {**AMELIE, **SHOWN_TO_GRADUATES}
    settle(shown, {**AMELIE, **HIDDEN, "given": "Cachée"}, {**AMELIE, "given": "Discrète"})
    graduates, firm = Viewer.among("graduates"), Condition("employer", "in", ("Armor Énergies",))

    assert names(all_of(firm)) == {"Amélie", "Cachée", "Discrète"}
    assert names(all_of(firm), graduates) == {"Amélie"}
    assert names(Group("none", (firm,)), graduates) == {"Discrète"}  # as if nothing were known of her
    assert names(Group(), graduates) == {"Amélie", "Discrète"}


def test_what_only_staff_may_ask_narrows_nothing_for_others():
    settle({**AMELIE, **SHOWN_TO_GRADUATES})

    assert names(all_of(Condition("heard", "not_within", ("1",))), Viewer.among("graduates")) == {"Amélie"}


def test_each_reason_why_somebody_may_not_be_written_to_is_counted_once():
    people = settle(
        graduate("Joignable", 2014, **email("a@courriel.example")),
        graduate("Sans", 2014),
        graduate("Revient", 2014, **email("b@courriel.example")),
        graduate("Refuse", 2014, do_not_contact=True),
        graduate("Partie", 2014, died="2020-01-01", **email("c@courriel.example")),
    )
    ContactPoint.objects.filter(person=people[2]).update(refused=True)

    found = funnel(ids_of(sight_of(STAFF), Group()))

    assert found.total == 5
    assert found.kept.tolist() == [people[0].pk]
    assert {str(label): count for label, count in found.reasons} == {
        "deceased": 1, "asked not to be contacted": 1, "no e-mail address is known": 1, "mail to their address comes back": 1,
    }  # fmt: skip


def test_who_can_be_reached_follows_the_base():
    (person,) = settle(graduate("Gaëlle", 2020))
    assert names(all_of(Condition("reach", "reachable"))) == set()

    rewrite(person, graduate("Gaëlle", 2020, **email("gaelle@courriel.example")))

    assert names(all_of(Condition("reach", "reachable"))) == {"Gaëlle"}


def test_domains_above_add_their_own_reasons(monkeypatch: pytest.MonkeyPatch):
    settle(*(graduate(name, 2014, **email(f"{name}@courriel.example")) for name in ("Une", "Deux", "Trois")))
    monkeypatch.setattr(suppressing, "_reasons", {})

    def half(ids: Ids) -> list[tuple[str, Ids]]:
        return [("asked for a pause", ids[:1]), ("refused this", ids[:2])]

    suppressing.suppress("privacy", half)
    found = funnel(ids_of(sight_of(STAFF), Group()))

    assert found.reasons == [("asked for a pause", 1), ("refused this", 1)]
    assert found.set_aside == 2


@pytest.mark.parametrize(
    "said",
    [
        [],
        {"on": "year", "how": "in", "values": []},
        {"group": "some", "members": []},
        {"group": "all", "members": [{"on": "password", "how": "in", "values": ["x"]}]},
        {"group": "all", "members": [{"on": "year", "how": "like", "values": ["x"]}]},
        {"group": "all", "members": [{"on": "year", "how": "in", "values": "2014"}]},
        {"group": "all", "members": [{"on": "employer", "how": "known"}] * 41},
    ],
)
def test_what_is_not_a_question_is_refused(said: Any):
    with pytest.raises(Nonsense):
        read(said)


def test_a_question_too_deep_is_refused():
    said: dict[str, Any] = {"group": "all", "members": []}
    for _each in range(8):
        said = {"group": "all", "members": [said]}

    with pytest.raises(Nonsense):
        read(said)


def test_the_first_visit_teaches(client: Client, solenn: User):
    client.force_login(solenn)

    page = client.get(reverse("people:segments"))

    assert "No segment yet." in page.text
    assert reverse("people:new_segment") in page.text


def test_a_segment_is_built_by_plain_forms(client: Client, solenn: User):
    settle(AMELIE, graduate("Gaëlle", 2020))
    client.force_login(solenn)
    address = reverse("people:new_segment")

    page = client.post(address, {"question": '{"group":"all","members":[]}', "act": "add:q", "q-new": "employer"})
    assert 'name="q-0-typed"' in page.text
    question = page.context["draft"].as_text
    page = client.post(address, {"question": question, "q-0-how": "in", "q-0-typed": "armor", "act": "see"})
    assert page.context["answer"].total == 1
    question = page.context["draft"].as_text
    sent = {"question": question, "q-0-how": "in", "q-0-value": "Armor Énergies"}
    page = client.post(address, {**sent, "name": "Chez Armor", "act": "keep"}, follow=True)

    segment = Segment.objects.get()
    assert segment.question["members"] == [{"on": "employer", "how": "in", "values": ["Armor Énergies"]}]
    assert "Amélie" in page.text
    assert "Gaëlle" not in page.text
    assert Entry.objects.about(segment).get().verb == "segment.created"


def test_groups_are_added_and_taken_away(client: Client, solenn: User):
    client.force_login(solenn)
    address = reverse("people:new_segment")

    page = client.post(address, {"question": '{"group":"all","members":[]}', "act": "group:q"})
    page = client.post(address, {"question": page.context["draft"].as_text, "act": "add:q-0", "q-0-new": "reach"})
    assert page.context["draft"].question.at((0, 0)) == Condition("reach", "reachable")
    page = client.post(address, {"question": page.context["draft"].as_text, "act": "remove:q-0"})
    assert page.context["draft"].question == Group()


@pytest.mark.parametrize(
    "sent",
    [
        {"question": "no"},
        {"question": "[" * 5_000},
        {"question": '{"group":"all","members":[]}', "act": "remove:q-7"},
        {},
    ],
)
def test_a_form_that_comes_back_broken_is_refused_in_a_sentence(client: Client, solenn: User, sent: dict[str, str]):
    client.force_login(solenn)

    assert client.post(reverse("people:new_segment"), sent).status_code == 422


def test_what_nobody_has_is_said_beside_the_field(client: Client, solenn: User):
    settle(AMELIE)
    client.force_login(solenn)
    question = all_of(Condition("employer", "in", ("Armor Énergies",)))
    sent = {
        "question": f"{question.as_json()}".replace("'", '"'),
        "q-0-typed": "Introuvable",
        "act": "keep",
        "name": "X",
    }

    page = client.post(reverse("people:new_segment"), sent)

    assert page.status_code == 422
    assert "Nobody has “Introuvable”" in page.text
    assert not Segment.objects.exists()


def test_a_search_that_is_kept_becomes_a_segment(client: Client, solenn: User):
    settle(AMELIE, graduate("Gaëlle", 2020))
    search = SavedSearch.objects.keep("Masters récents", "niveau=master&promotion=2014&fraicheur=deux-ans", by=solenn)
    client.force_login(solenn)

    page = client.get(reverse("people:new_segment"), {"recherche": search.pk})

    asked = page.context["draft"]
    assert asked.name == "Masters récents"
    assert {each.on for each in asked.question.conditions()} == {"level", "year", "heard"}


def test_a_change_leaves_the_version_before_it(client: Client, solenn: User, gwenael: User):
    segment = Segment.objects.keep("Masters", all_of(Condition("level", "in", ("master",))).as_json(), by=solenn)

    segment.change("Masters", all_of(Condition("employer", "known")).as_json(), by=gwenael)
    segment.change("Masters", segment.question, by=gwenael)

    assert list(segment.versions.values_list("number", "by_name")) == [(2, "Gwenaël Riou"), (1, "Solenn Kerbrat")]


def test_two_segments_cannot_bear_one_name(solenn: User):
    asked = all_of(Condition("employer", "known")).as_json()
    first = Segment.objects.keep("Masters", asked, by=solenn)

    with pytest.raises(Refused, match="already"):
        Segment.objects.keep("Masters", asked, by=solenn)
    first.forget(by=solenn)
    assert Segment.objects.keep("Masters", asked, by=solenn).pk != first.pk


def test_a_segment_that_is_used_is_not_forgotten(client: Client, solenn: User):
    one = Segment.objects.keep("Un", all_of(Condition("employer", "known")).as_json(), by=solenn)
    Segment.objects.keep("Deux", all_of(Condition("segment", "in", (str(one.pk),))).as_json(), by=solenn)
    client.force_login(solenn)

    page = client.post(reverse("people:forget_segment", args=[one.pk]), follow=True)

    assert "This segment is used" in page.text
    assert "Deux" in page.text
    one.refresh_from_db()
    assert one.forgotten_at is None


def test_its_persons_are_taken_away_with_a_reason(client: Client, solenn: User):
    settle({**AMELIE, **email("amelie@courriel.example")}, {**AMELIE, **HIDDEN, "given": "Cachée"})
    segment = Segment.objects.keep("Masters", all_of(Condition("level", "in", ("master",))).as_json(), by=solenn)
    client.force_login(solenn)
    address = reverse("people:take_segment", args=[segment.pk])

    assert client.post(address, {"form": "csv", "whom": "all", "reason": ""}).status_code == 422
    answer = client.post(address, {"form": "csv", "whom": "writable", "reason": "La lettre"})
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]

    assert "Amélie" in text
    assert "Cachée" not in text
    told = Entry.objects.about(segment).first()
    assert told
    assert (told.verb, told.reason, told.details["total"], told.details["hidden"]) == (
        "segment.exported", "La lettre", 1, 0,
    )  # fmt: skip


def test_communication_makes_segments_but_takes_no_list_away(client: Client, solenn: User, gwenael: User, malo: User):
    segment = Segment.objects.keep("Masters", all_of(Condition("level", "in", ("master",))).as_json(), by=solenn)
    take = reverse("people:take_segment", args=[segment.pk])
    client.force_login(gwenael)

    assert client.get(segment.get_absolute_url()).status_code == 200
    assert client.post(take, {"form": "csv", "whom": "all", "reason": "Pour voir"}).status_code == 403
    client.force_login(malo)
    assert client.get(reverse("people:segments")).status_code == 403


def test_the_page_of_a_segment_leads_to_the_same_search_of_the_directory(client: Client, solenn: User):
    settle(AMELIE)
    segment = Segment.objects.keep("Masters", all_of(Condition("level", "in", ("master",))).as_json(), by=solenn)
    client.force_login(solenn)

    page = client.get(segment.get_absolute_url())

    assert "?niveau=master" in page.text


def test_other_domains_ask_for_the_numbers_of_persons(solenn: User):
    people = settle({**AMELIE, **email("amelie@courriel.example")}, graduate("Gaëlle", 2020))
    segment = Segment.objects.keep("Tous", all_of(Condition("year", "known")).as_json(), by=solenn)

    assert segments.people(segment, STAFF) == [person.pk for person in people]
    assert segments.may_be_written_to(segment, STAFF) == [people[0].pk]
