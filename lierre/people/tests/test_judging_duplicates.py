"""Pairs that wait are judged, once, by one person at a time; what was answered can be taken back, and is counted."""

from datetime import timedelta
from itertools import combinations

import pytest
from django.urls import reverse
from django.utils import timezone

from lierre.foundation.errors import Refused
from lierre.foundation.models import Entry
from lierre.people.duplicates import judging, queue
from lierre.people.duplicates.engine import Engine
from lierre.people.duplicates.searching import search
from lierre.people.merging import unmerge
from lierre.people.models import DuplicateSearch, Judgement, Merge, Person, Record, Suspicion
from lierre.people.readings import queue as readings
from lierre.people.readings.clues import told
from lierre.people.readings.judgements import weeks
from lierre.people.rebuilding import rebuild
from lierre.people.saying import say
from lierre.people.tests.witnesses import source

pytestmark = pytest.mark.django_db


def pairs(after: tuple[int, int] = (0, 0)):
    return Engine.ready().whole(after)


def known(given: str = "Amélie", family: str = "Hervé", born: str = "1991-05-17", **said) -> Person:
    person = say({"given": given, "family": family, "born": born, **said}, source=source("school"), by="Solenn").person
    assert person is not None
    return person


@pytest.fixture
def amelie() -> Person:
    return known(ine="0123456789A")


@pytest.fixture
def same_amelie(amelie) -> Person:
    return known(family="HERVE", contacts=[{"kind": "email", "value": "amelie@courriel.example"}])


@pytest.fixture
def third_amelie(same_amelie) -> Person:
    return known(usage="Cariou")


@pytest.fixture
def pair(amelie, same_amelie) -> Suspicion:
    search()
    return Suspicion.objects.get()


@pytest.fixture
def colleague(university):
    from conftest import someone

    return someone("Gaëlle Tanguy", "gaelle.tanguy@ubn.example", "alumni_office", university)


def test_what_stands_twice_is_found_and_says_why(pair, amelie, same_amelie):
    assert (pair.low, pair.high) == (amelie, same_amelie)
    assert pair.probability > 0.9
    assert told(pair.weights) == "Same day of birth, same name, same given name."


def test_two_brothers_of_one_name_are_no_pair():
    known("Yann", "Le Goff", "1990-01-01")
    known("Erwan", "Le Goff", "1990-01-02")

    assert list(pairs()) == []


def test_two_national_numbers_are_a_doubt_that_is_said():
    known(ine="0123456789A")
    known(ine="1407412058K")

    (pair,) = pairs()

    assert pair.probability < queue.SURE
    assert told(pair.weights).endswith("; another national student number.")


def test_a_newly_married_woman_is_found_by_her_degree_and_her_birthday():
    degree = {"studies": [{"degree": "Master Statistique", "year": 2014}]}
    known(**degree)
    known(family="Cariou", **degree)
    for number in range(30):  # in a base of four persons nobody has a rare name
        known(f"Yann{number}", f"Le Goff{number}", "1970-01-01")

    assert [round(pair.probability) for pair in pairs()] == [1]


def test_a_search_that_was_stopped_goes_on_after_the_pair_it_reached(amelie, same_amelie, third_amelie):
    everything = [(pair.low, pair.high) for pair in pairs()]

    assert len(everything) == 3
    assert [(pair.low, pair.high) for pair in pairs(everything[0])] == everything[1:]


def test_nothing_is_looked_at_again_until_somebody_changes(pair):
    search()
    assert DuplicateSearch.objects.count() == 1

    known("Yann", "Le Goff")
    search()

    assert DuplicateSearch.objects.count() == 2
    assert Suspicion.objects.count() == 1


def test_a_pair_that_is_not_found_any_more_is_not_asked_any_more(pair, same_amelie):
    say({"born": "1960-01-01", "ine": "1407412058K"}, source=source("school"), by="Solenn", person=same_amelie)

    search()

    assert not Suspicion.objects.exists()


def test_two_persons_never_get_the_same_pair(pair, solenn, colleague, third_amelie):
    search()
    mine = queue.following({}, solenn)
    assert mine is not None
    assert queue.Cluster.around(mine, solenn).hold(solenn)

    other = queue.following({}, colleague)

    assert other != mine
    assert not queue.Cluster.around(mine, colleague).hold(colleague)
    Suspicion.objects.update(held_until=timezone.now() - timedelta(seconds=1))
    assert queue.Cluster.around(mine, colleague).hold(colleague)


def test_an_answer_merges_and_is_taken_back(pair, amelie, same_amelie, solenn):
    gesture = judging.same(pair, [amelie, same_amelie], by=solenn, reason="Même visage.")
    kept = judging.whose_page_stays([amelie, same_amelie])
    assert Record.objects.filter(person=kept).count() == 2

    judging.take_back(gesture, by=solenn)

    pair.refresh_from_db()
    assert (pair.state, Record.objects.filter(person=amelie).count()) == ("waiting", 1)
    assert Entry.objects.of_verb("duplicate.same").exists()
    assert Entry.objects.of_verb("duplicate.undone").exists()
    assert rebuild(only_check=True).differences == 0
    with pytest.raises(Refused):
        judging.take_back(gesture, by=solenn)


def test_what_was_said_different_is_never_asked_again(pair, amelie, same_amelie, solenn):
    judging.different(pair, [amelie, same_amelie], by=solenn)
    known("Yann", "Le Goff")

    search()

    assert not Suspicion.objects.waiting().exists()
    assert Suspicion.objects.get().state == "different"


def test_a_refusal_outlives_the_merge_of_one_of_them(pair, amelie, same_amelie, third_amelie, solenn):
    judging.different(pair, [amelie, same_amelie], by=solenn)
    search()
    with_third = Suspicion.objects.between([amelie.pk], [third_amelie.pk]).get()
    judging.same(with_third, [third_amelie, amelie], by=solenn, reason="Même visage.")
    Suspicion.objects.filter(state="waiting").delete()
    known("Yann", "Le Goff")

    search()

    assert not Suspicion.objects.waiting().exists()


def test_whoever_resembles_somebody_who_was_merged_is_asked_about_whoever_stays(
    pair, third_amelie, amelie, same_amelie, solenn
):
    search()
    judging.same(pair, [amelie, same_amelie], by=solenn, reason="Même visage.")

    waiting = Suspicion.objects.waiting().get()

    assert {waiting.low, waiting.high} == {judging.whose_page_stays([amelie, same_amelie]), third_amelie}


def test_three_who_resemble_one_another_are_shown_together_and_merged_only_if_named(
    pair, amelie, same_amelie, third_amelie, solenn
):
    search()
    cluster = queue.Cluster.around(pair, solenn)
    assert set(cluster.persons) == {amelie, same_amelie, third_amelie}

    gesture = judging.same(pair, cluster.persons, by=solenn, reason="Toutes trois.")
    assert Merge.objects.standing().count() == 2
    judging.take_back(gesture, by=solenn)

    assert Merge.objects.standing().count() == 0
    assert Suspicion.objects.waiting().count() == 3


def test_nobody_answers_twice(pair, amelie, same_amelie, solenn, colleague):
    judging.different(pair, [amelie, same_amelie], by=colleague)

    with pytest.raises(Refused, match="Gaëlle Tanguy"):
        judging.same(pair, [amelie, same_amelie], by=solenn, reason="Même visage.")


def test_what_did_not_hold_is_counted_by_week(pair, amelie, same_amelie, third_amelie, solenn):
    judging.different(pair, [amelie, same_amelie], by=solenn)
    search()
    with_third = Suspicion.objects.between([amelie.pk], [third_amelie.pk]).get()
    gesture = judging.later(with_third, by=solenn)
    assert (weeks().decided, weeks().disagreed) == (1, 0)

    judging.take_back(gesture, by=solenn)
    judging.same(with_third, [amelie, third_amelie], by=solenn, reason="Même visage.")
    unmerge(Merge.objects.get(), by=solenn)

    assert (weeks().decided, weeks().disagreed, weeks().share) == (2, 1, 50)
    assert Judgement.objects.standing().decided().count() == 1


def test_a_merge_in_spite_of_a_refusal_contradicts_it(pair, amelie, same_amelie, solenn):
    judging.different(pair, [amelie, same_amelie], by=solenn)
    from lierre.people.merging import merge

    merge(same_amelie, amelie, by=solenn, reason="Elle le dit.", despite=True)

    assert weeks().disagreed == 1


def test_the_office_answers_on_the_page_and_gets_the_next_pair(client, solenn, pair, amelie, same_amelie):
    client.force_login(solenn)
    page = client.get(reverse("people:next_duplicate"), follow=True)
    assert page.context["comparison"].lines["alone"]
    assert "Same day of birth" in page.content.decode()

    answer = client.post(reverse("people:duplicate", args=[pair.pk]), {"answer": "same"}, follow=True)

    assert answer.redirect_chain[-1][0] == reverse("people:duplicates")
    assert Merge.objects.get().reason.startswith("Same day of birth")
    gone, kept = Merge.objects.get().gone, Merge.objects.get().kept
    assert client.get(gone.get_absolute_url())["Location"] == kept.get_absolute_url()
    undone = client.post(reverse("people:undo_judgement"))
    assert undone["Location"] == reverse("people:duplicate", args=[pair.pk])
    assert not Merge.objects.standing().exists()


def test_pairs_are_looked_for_by_name_class_and_state(client, solenn, pair, amelie, same_amelie):
    known("Yann", "Le Goff", studies=[{"degree": "Master Droit", "year": 2014}])
    known("Yann", "Le Goff")
    search()
    client.force_login(solenn)

    def shown(**asked: str) -> list[str]:
        page = client.get(reverse("people:duplicates"), asked).context["page"]
        return [line.low[0] for line in page.lines]

    assert shown(nom="le goff") == ["Yann Le Goff"]
    assert shown(nom="yann h") == []
    assert shown(promotion="2014") == ["Yann Le Goff"]
    assert sorted(shown(surete="sures")) == ["Amélie Hervé", "Yann Le Goff"]
    assert shown(surete="douteuses") == []
    judging.different(pair, [amelie, same_amelie], by=solenn)
    assert shown(etat="different") == ["Amélie Hervé"]


def test_the_next_page_begins_after_the_last_pair_seen(client, solenn):
    persons = [known() for _each in range(4)]
    for low, high in combinations(persons, 2):
        Suspicion.objects.create(low=low, high=high, probability=0.9, worth=0.5, rule="1")
    pairs = Suspicion.objects.waiting()
    first = readings.page_of(pairs, "", size=4)
    rest = readings.page_of(pairs, first.older, size=4)

    assert [len(first.lines), len(rest.lines), rest.older] == [4, 2, ""]
    assert len({line.pair for page in (first, rest) for line in page.lines}) == 6
    assert len(readings.page_of(pairs, "nonsense_7", size=4).lines) == 4


def test_a_colleague_is_told_who_looks_at_the_pair(client, solenn, colleague, pair):
    queue.Cluster.around(pair, solenn).hold(solenn)
    client.force_login(colleague)

    page = client.get(reverse("people:duplicate", args=[pair.pk]))
    refused = client.post(reverse("people:duplicate", args=[pair.pk]), {"answer": "same"})

    assert "Solenn Kerbrat is looking at this pair" in page.content.decode()
    assert refused.status_code == 422
    assert not Merge.objects.exists()


def test_today_is_taken_back_at_once(client, solenn, pair, amelie, same_amelie):
    judging.same(pair, [amelie, same_amelie], by=solenn, reason="Même visage.")
    client.force_login(solenn)

    client.post(reverse("people:undo_judgement"), {"today": "1", "from_list": "1"})

    assert not Judgement.objects.standing().exists()
    assert "taken back by Solenn Kerbrat" in client.get(reverse("people:judgements")).content.decode()


def test_ticked_answers_are_taken_back(client, solenn, pair, amelie, same_amelie):
    gesture = judging.different(pair, [amelie, same_amelie], by=solenn)
    client.force_login(solenn)

    client.post(reverse("people:undo_judgement"), {"ticked": "1", "gesture": [gesture], "from_list": "1"})

    assert not Judgement.objects.standing().exists()


def test_the_list_leaves_the_house_with_a_line_in_the_journal(client, solenn, pair):
    client.force_login(solenn)

    table = b"".join(client.get(reverse("people:export_duplicates", args=["csv"])).streaming_content).decode()

    assert "Same day of birth" in table
    assert Entry.objects.of_verb("duplicates.exported").exists()


@pytest.mark.parametrize("name", ["gwenael", "maiwenn", "malo", "yann"])
def test_only_the_alumni_office_judges(client, request, name, pair):
    client.force_login(request.getfixturevalue(name))

    for address in ("people:duplicates", "people:next_duplicate", "people:judgements"):
        assert client.get(reverse(address)).status_code == 403


def test_the_page_of_a_person_says_that_somebody_resembles_them(client, solenn, maiwenn, pair, amelie):
    client.force_login(solenn)
    assert reverse("people:duplicate", args=[pair.pk]) in client.get(amelie.get_absolute_url()).content.decode()

    client.force_login(maiwenn)
    assert reverse("people:duplicate", args=[pair.pk]) not in client.get(amelie.get_absolute_url()).content.decode()


def test_what_came_since_is_asked_about_before_a_merge_is_undone(client, solenn, pair, amelie, same_amelie):
    judging.same(pair, [amelie, same_amelie], by=solenn, reason="Même visage.")
    said = say({"headline": "Juriste"}, source=source("staff"), by="Solenn", person=amelie)
    client.force_login(solenn)
    address = reverse("people:unmerge", args=[Merge.objects.get().pk])

    assert client.post(reverse("people:undo_judgement"))["Location"] == address
    assert "Juriste" in client.get(address).content.decode()
    client.post(address, {f"record-{said.pk}": "gone"})

    said.refresh_from_db()
    assert said.person == Merge.objects.get().gone
    assert Merge.objects.get().undone_at


def test_a_page_that_speaks_of_two_is_split(client, solenn, amelie):
    other = say(
        {"given": "Yann", "family": "Le Goff", "born": "1988-02-03"},
        source=source("survey"),
        by="Solenn",
        person=amelie,
    )
    client.force_login(solenn)
    address = reverse("people:split", args=[amelie.public_id])

    assert client.get(address).context["proposed"] == {other.pk}
    refused = client.post(address, {"record": [other.pk]})
    client.post(address, {"record": [other.pk], "reason": "Deux dates de naissance."})

    assert refused.status_code == 422
    other.refresh_from_db()
    assert str(other.person) == "Yann Le Goff"
