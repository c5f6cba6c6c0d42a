"""Answers teach weights: proposed, measured on what was held out, put in force by somebody, taken back as easily."""

from typing import Any

import numpy as np
import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as some

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import Entry
from lierre.people.duplicates import judging
from lierre.people.duplicates.searching import search
from lierre.people.matching.decision import decided
from lierre.people.matching.side import Side
from lierre.people.matching.table import Table
from lierre.people.matching.weighing import Pairs, weighed
from lierre.people.models import Judgement, MatchingModel, Person, Suspicion
from lierre.people.reconciling.asking import match_line
from lierre.people.reconciling.columns import SCHEMA
from lierre.people.reconciling.held_out import tried
from lierre.people.reconciling.judged import Lessons, lessons_of
from lierre.people.reconciling.knowledge import in_force
from lierre.people.reconciling.learning import learn
from lierre.people.reconciling.proposing import Proposal, earlier
from lierre.people.reconciling.taught import PAIRS, START, taught
from lierre.people.reconciling.teaching import fitted
from lierre.people.reconciling.within import model_within
from lierre.people.tests.test_judging_duplicates import known

pytestmark = pytest.mark.django_db
ADDRESS = reverse("people:teaching") + "?de=paires"


def answers(count: int, seed: int = 1) -> Lessons:
    """The machine takes another city for a strong sign of another person, which it is not; one answer in ten is a slip."""
    chance = np.random.default_rng(seed)
    city, mail = chance.random(count) < 0.5, chance.random(count) < 0.5
    bits = np.where(city, -3.0, 0.5) + np.where(mail, 2.0, -2.0)
    truth = 1 / (1 + np.exp2(-np.where(mail, 2.5, -1.5)))
    same = np.where(chance.random(count) < 0.1, 1.0, 0.0) * (chance.random(count) < 0.5)
    same = np.where(chance.random(count) < truth, 1.0, same)
    reached = np.stack([city, ~city, mail, ~mail], axis=1).astype(float)
    names = ["city different", "city exact", "email exact", "email different"]
    return Lessons(names, reached, bits, same, np.arange(count, dtype=float))


def test_what_is_wrong_is_corrected_and_what_is_right_is_left_alone():
    found = fitted(answers(2_000))

    assert found["city different"] - found["city exact"] == pytest.approx(3.5, abs=0.6)
    assert abs(found["email exact"] - found["email different"]) < 0.6


def test_few_answers_hardly_move_the_weights():
    few, many = (fitted(answers(count)) for count in (20, 2_000))

    assert 0 < few["city different"] < many["city different"]


def test_held_out_answers_tell_whether_it_would_err_less():
    trial = tried(answers(600), {}, 0.95)

    assert trial.is_better
    assert trial.after.loss.value < trial.before.loss.value
    assert trial.after.gap.value < trial.before.gap.value
    assert trial.before.loss.low <= trial.before.loss.value <= trial.before.loss.high
    assert sum(band.answers for band in trial.bands_after) == 600


def test_what_is_in_force_is_not_flattered_by_the_answers_that_taught_it():
    lessons = answers(900)
    in_force = fitted(lessons.only(lessons.at < 600))

    trial = tried(lessons, in_force, 0.95, since=600.0)

    assert trial.answers == 300
    assert abs(trial.gain.value) < 0.05


def test_answers_that_agree_with_the_machine_teach_nothing():
    chance = np.random.default_rng(3)
    bits = chance.uniform(-5, 5, 800)
    same = (chance.random(800) < 1 / (1 + np.exp2(-bits))).astype(float)
    lessons = Lessons(["family exact"], (chance.random((800, 1)) < 0.5).astype(float), bits, same, np.zeros(800))

    assert tried(lessons, {}, 0.95).is_better is not True


@settings(max_examples=30, deadline=None)
@given(rows=some.permutations(range(40)))
def test_the_order_of_answers_does_not_matter(rows):
    lessons = answers(40)

    one, other = fitted(lessons), fitted(lessons.only(np.array(rows)))

    assert one.keys() == other.keys()
    assert all(abs(one[name] - other[name]) < 0.002 for name in one)


def test_bits_that_answers_add_are_added_to_what_is_told_of_a_pair(base):
    search()
    known_now = in_force()
    model = model_within(known_now.number)
    rows = [
        {"given": "Zef", "family": "Xhaferllari", "born": "1991-03-02", "city": city} for city in ("Brest", "Vannes")
    ]
    side = Side.of(Table.of_rows(rows, SCHEMA.left), SCHEMA, left=True)
    known_now.rarities.weigh(side)
    one, other = np.array([0]), np.array([1])

    def bits(version: Any) -> float:
        pairs = Pairs.of(version, side, side, one, other)
        chances = float(decided(version, weighed(version, pairs), one, 2).probability[0])
        return float(np.log2(chances / (1 - chances)))

    corrected = taught(model, {"city different": 1.25, START: -0.5})
    assert bits(corrected) - bits(model) == pytest.approx(0.75, abs=0.01)
    assert taught(model, {}) is model


def test_a_line_is_told_more_surely_when_answers_say_so(base):
    known_now = learn()
    person = Person.objects.order_by("pk")[40]
    facts = {"given": person.given, "family": person.family}
    before = match_line(facts)[0]
    model = MatchingModel.objects.get(pk=known_now.number)

    model.taught({"lines": {"family exact": -3.0}}, by="Solenn", reason="Trop sûr des noms.", verb="matching.adopted")

    after = {each.person: each.probability for each in match_line(facts)}
    assert after.get(before.person, 0.0) < before.probability
    assert MatchingModel.in_force().parameters == model.parameters


@pytest.fixture
def judged(base: Any, solenn: Any) -> Any:
    """Sixty pairs that were found, and answered; those with another city were all of one person."""
    search()
    model = MatchingModel.in_force()
    people = [known("Zef", f"Xhafer{number}") for number in range(2)]
    low, high = sorted(person.pk for person in people)
    pair, _new = Suspicion.objects.get_or_create(
        low_id=low, high_id=high, defaults={"probability": 0.2, "worth": 1, "rule": "1", "model": model}
    )
    for at in range(60):
        city = at % 2
        weights = [
            ["start", "", -8.0],
            ["family", "exact", 6.0],
            ["city", "different" if city else "exact", 1.0 - city],
        ]
        Judgement.objects.create(
            suspicion=pair, answer="same" if city or at % 3 == 0 else "different", gesture=f"g{at}", by_name="Solenn",
            probability=0.2, weights=weights, model=model,
        )  # fmt: skip
    return pair


def test_what_was_taken_back_teaches_nothing(judged):
    assert len(lessons_of(PAIRS)) == 60

    Judgement.objects.filter(gesture="g1").update(undone_at=timezone.now())
    Judgement.objects.filter(gesture="g3").update(contradicted_at=timezone.now())

    assert len(lessons_of(PAIRS)) == 58


def test_the_page_says_before_and_after_and_changes_nothing(client, solenn, judged):
    client.force_login(solenn)

    page = client.get(ADDRESS).content.decode()

    for words in ("60 answers", "surprise", "precision", "recall", "gap", "Are the chances true?", "City"):
        assert words in page
    assert not Entry.objects.of_verb("matching.adopted").exists()


def test_it_is_put_in_force_with_a_reason_and_taken_back(client, solenn, judged):
    client.force_login(solenn)
    before, mark = MatchingModel.in_force(), Proposal.of(PAIRS).mark
    assert client.post(ADDRESS, {"mark": mark, "reason": ""}).status_code == 422

    client.post(ADDRESS, {"mark": mark, "reason": "Les villes changent."})

    after = MatchingModel.in_force()
    assert (after.reason, after.adopted_by, after.origin) == ("Les villes changent.", "Solenn Kerbrat", "answers")
    assert after.adjustments[PAIRS]["city different"] > 0.3
    assert after.measured[PAIRS]["answers"] == 60
    assert Entry.objects.of_verb("matching.adopted").get().details == {"before": before.pk}

    page = client.get(ADDRESS).content.decode()
    assert "0 answers came since these weights were put in force" in page
    assert [each.pk for each in earlier(after)] == [before.pk]
    client.post(reverse("people:return_to_weights"), {"version": before.pk, "reason": "À revoir."})

    assert MatchingModel.in_force().adjustments == {}
    assert MatchingModel.in_force().pk > after.pk
    assert Entry.objects.of_verb("matching.returned").exists()


def test_answers_that_came_meanwhile_are_said(solenn, judged):
    proposal = Proposal.of(PAIRS)
    mark = proposal.mark
    Judgement.objects.filter(gesture__in=["g1", "g3", "g5", "g7", "g9"]).delete()

    with pytest.raises(Refused, match="Look again"):
        Proposal.of(PAIRS).accept(mark, by=solenn, reason="Pour voir.")


def test_what_was_taught_outlives_a_new_reading_of_the_base(judged, solenn):
    proposal = Proposal.of(PAIRS)
    proposal.accept(proposal.mark, by=solenn, reason="Les villes changent.")

    learn()

    assert MatchingModel.in_force().origin == "base"
    assert MatchingModel.in_force().adjustments[PAIRS] == proposal.adjustments


def test_lessons_do_not_learn_twice_what_was_in_force(judged, solenn):
    """The bits that an answer was told with hold what earlier answers had taught: it is taken off first."""
    first = Proposal.of(PAIRS)
    version = first.accept(first.mark, by=solenn, reason="Les villes changent.")
    told = lessons_of(PAIRS)
    for each in Judgement.objects.all():
        levels = [f"{name} {level}" for name, level, _bits in each.weights[1:]]
        added = sum(version.adjustments[PAIRS].get(name, 0) for name in [*levels, START])
        odds = each.probability / (1 - each.probability) * 2**added
        Judgement.objects.filter(pk=each.pk).update(probability=odds / (1 + odds), model=version)

    assert np.allclose(lessons_of(PAIRS).bits, told.bits)


def test_a_decision_names_the_version_that_weighed_it(client, solenn, base):
    study = {"studies": [{"degree": "Licence Droit", "year": 2014}]}
    one, other = known("Zef", "Xhaferllari", **study), known("Zef", "XHAFERLLARI", **study)
    search()
    pair = Suspicion.objects.between([one.pk], [other.pk]).get()
    client.force_login(solenn)
    assert (
        f"Weighed by version {pair.model_id}"
        in client.get(reverse("people:duplicate", args=[pair.pk])).content.decode()
    )

    judging.different(pair, [one, other], by=solenn)

    judgement = Judgement.objects.get()
    assert (judgement.model_id, judgement.probability) == (pair.model_id, pair.probability)
    assert judgement.weights == [list(each) for each in pair.weights]
    assert f"version {pair.model_id}" in client.get(reverse("people:judgements")).content.decode()


@pytest.mark.parametrize("name", ["gwenael", "malo", "yann", "amelie_user"])
def test_only_who_decides_of_the_matching_enters(client, request, name):
    client.force_login(request.getfixturevalue(name))

    assert client.get(reverse("people:teaching")).status_code == 403
    assert client.post(reverse("people:return_to_weights")).status_code == 403


def test_nothing_is_proposed_before_there_are_answers(client, maiwenn, base):
    learn()
    client.force_login(maiwenn)

    assert "It takes 50 answers" in client.get(reverse("people:teaching")).content.decode()
