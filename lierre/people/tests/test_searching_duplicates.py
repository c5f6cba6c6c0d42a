"""The base is looked through by what was learnt of it: whole at first, then for those who have changed."""

from collections.abc import Iterator
from typing import Any

import pytest

from lierre.foundation.models import Entry
from lierre.people.duplicates import judging, queue
from lierre.people.duplicates.engine import Engine
from lierre.people.duplicates.searching import search
from lierre.people.erasing import erase
from lierre.people.merging import merge, unmerge
from lierre.people.models import DuplicateSearch, MatchingModel, Merge, Person, Suspicion
from lierre.people.readings.clues import told
from lierre.people.saying import say, staff_source
from lierre.people.tests.reconciling.conftest import association, base, brought, graduates  # noqa: F401 - a base large enough
from lierre.people.tests.test_judging_duplicates import colleague, known  # noqa: F401

pytestmark = pytest.mark.django_db
ZEF = {
    "given": "Zef", "family": "Xhaferllari", "born": "1991-03-02", "studies": [{"degree": "Licence Droit", "year": 2014}],
}  # fmt: skip
NELE = {**ZEF, "given": "Nele", "family": "Vandenbroucke", "born": "1987-11-23"}


@pytest.fixture(scope="module")
def looked_through(brought: None, a_world: Any) -> Iterator[None]:  # noqa: F811
    with a_world():
        search()
        yield


@pytest.fixture
def searched(looked_through: None, base: Any) -> Any:  # noqa: F811
    return base


def zef(**otherwise: Any) -> Person:
    return known(**(ZEF | otherwise))


def study_of(each: Any) -> dict[str, Any]:
    return {"degree": each.last.degree.label, "year": each.last.year}


def between(one: Person, other: Person) -> Suspicion | None:
    return Suspicion.objects.between([one.pk], [other.pk]).first()


def test_whoever_came_twice_is_found_by_the_model_and_says_why(searched):
    one, other = zef(), zef(family="XHAFERLLARI")

    search()

    pair = between(one, other)
    assert pair is not None
    assert pair.probability > 0.9
    assert pair.model == MatchingModel.in_force()
    assert pair.weights[0][0] == "start"
    assert told(pair.weights).startswith("Same day of birth")


def test_only_those_who_have_changed_are_looked_for_after_a_first_time(searched):
    assert DuplicateSearch.objects.latest("pk").is_whole
    one, other = zef(), zef()

    search()

    last = DuplicateSearch.objects.latest("pk")
    assert not last.is_whole
    assert last.persons < Person.objects.count()
    assert between(one, other)


def test_looking_for_those_who_have_changed_finds_what_looking_at_everybody_finds(searched, graduates):  # noqa: F811
    said = [
        known(each.given, each.family, each.born.isoformat(), studies=[study_of(each)]) for each in graduates[10:40]
    ]
    search()
    engine = Engine.ready()
    numbers = {person.pk for person in said}

    about = {(pair.low, pair.high): pair.probability for pair in engine.about(sorted(numbers))}
    whole = {(pair.low, pair.high): pair.probability for pair in engine.whole() if {pair.low, pair.high} & numbers}

    assert len(whole) > 20
    sure = {pair for pair, probability in whole.items() if probability > 0.6}
    assert sure <= about.keys()
    assert all(abs(about[pair] - whole[pair]) < 0.05 for pair in sure)


def test_a_new_version_of_what_is_known_has_everybody_looked_at_again(searched):
    model = MatchingModel.in_force()
    model.taught({"pairs": {"family exact": -1.0}}, by="Solenn", reason="Pour voir.", verb="matching.adopted")

    search()

    last = DuplicateSearch.objects.latest("pk")
    assert (last.is_whole, last.model) == (True, MatchingModel.in_force())


def test_a_pair_that_does_not_resemble_any_more_is_not_asked_any_more(searched, solenn):
    one, other = zef(), zef()
    search()
    say(
        {"given": "Nele", "family": "Vandenbroucke", "born": "1960-01-01"},
        source=staff_source(),
        by="Solenn",
        person=other,
    )

    search()

    assert between(one, other) is None


def test_what_was_said_different_never_comes_back(searched, solenn):
    one, other = zef(), zef()
    search()
    judging.different(between(one, other), [one, other], by=solenn)
    for person in (one, other):
        say({"headline": "Juriste"}, source=staff_source(), by="Solenn", person=person)

    search()

    assert between(one, other).state == "different"
    assert not Suspicion.objects.waiting().about(one).exists()


def test_whoever_is_erased_or_merged_is_asked_about_no_more(searched, solenn):
    one, other, third = zef(), zef(), zef()
    search()
    assert Suspicion.objects.waiting().about(third).count() == 2
    done = merge(third, other, by=solenn, reason="La même personne.")
    search()
    assert not Suspicion.objects.waiting().about(third).exists()
    assert between(one, other)
    unmerge(done, by=solenn)
    search()
    assert Suspicion.objects.waiting().about(third).exists()

    erase(third, by=solenn, reason="À sa demande.")
    search()

    assert not Suspicion.objects.filter(low=third.pk).exists()
    assert not Suspicion.objects.filter(high=third.pk).exists()
    assert Merge.objects.filter(gone=third.pk).count() == 0


def test_a_telephone_in_common_says_what_the_model_does_not_compare(searched):
    phone = {"contacts": [{"kind": "phone", "value": "+33612345678"}]}
    one, other = zef(born="", **phone), zef(given="Z", born="", **phone)

    search()

    pair = between(one, other)
    assert pair is not None
    assert ["phone", "exact", 9.0] in [list(each) for each in pair.weights]
    assert "same telephone" in told(pair.weights).lower()


def test_what_answers_teach_of_a_telephone_is_applied_too(searched):
    phone = {"contacts": [{"kind": "phone", "value": "+33612345678"}]}
    one, other = zef(**phone), zef(**phone)
    model = MatchingModel.in_force()
    model.taught({"pairs": {"phone exact": -4.0}}, by="Solenn", reason="Un standard.", verb="matching.adopted")

    search()

    pair = between(one, other)
    assert ["phone", "exact", 5.0] in [list(each) for each in pair.weights]
    bits = sum(bits for _name, _level, bits in pair.weights)
    assert pair.probability == pytest.approx(1 / (1 + 2**-bits), abs=0.01)


def test_two_national_numbers_are_a_doubt(searched):
    one, other = zef(ine="0123456789A"), zef(ine="1407412058K")

    pairs = {(pair.low, pair.high): pair for pair in Engine.ready().about([one.pk, other.pk])}

    pair = pairs.get((one.pk, other.pk))
    assert pair is None or pair.probability < queue.SURE


def test_two_people_who_ask_get_two_pairs(searched, solenn, colleague):  # noqa: F811
    one, other = zef(), zef()
    known(**NELE), known(**NELE)
    search()

    mine, theirs = queue.take_next({}, solenn), queue.take_next({}, colleague)

    assert mine != theirs
    assert (mine.held_by, theirs.held_by) == (solenn, colleague)
    assert {mine.low_id, mine.high_id}.isdisjoint({theirs.low_id, theirs.high_id})
    assert between(one, other) in {mine, theirs}


def test_who_takes_the_pair_in_between_leaves_the_one_after_it(searched, solenn, colleague, monkeypatch):  # noqa: F811
    zef(), zef(), known(**NELE), known(**NELE)
    search()
    first = queue.following({}, solenn)
    real, turns = queue.following, []

    def in_between(parameters: Any, user: Any) -> Suspicion | None:
        """A colleague takes the first one just after it was found."""
        found = real(parameters, user)
        if not turns:
            turns.append(found)
            queue.Cluster.around(first, colleague).hold(colleague)
        return found

    monkeypatch.setattr(queue, "following", in_between)

    assert queue.take_next({}, solenn) != first
    assert turns == [first]


def test_looking_at_several_who_hide_leaves_one_line_each(client, searched, solenn):
    from django.urls import reverse

    one, other = zef(audience_name=[]), zef(audience_name=[])
    search()
    client.force_login(solenn)

    for _again in range(2):
        client.get(reverse("people:duplicate", args=[between(one, other).pk]))

    assert Entry.objects.of_verb("person.seen").count() == 2
