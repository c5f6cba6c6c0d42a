"""The pages of the matching: thresholds tried before they are kept, pairs judged without being told what is thought."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from lierre.foundation.models.journal import Entry
from lierre.people.models import (
    LineMatch,
    MatchingModel,
    MatchingRule,
    MatchingSample,
    Person,
    QuarantinedLine,
    SampledMatch,
)
from lierre.people.readings.matching import preview
from lierre.people.reconciling.sampling import draw, measured
from lierre.people.tests.imports import applied, rehearsed
from lierre.people.tests.reconciling.conftest import told

pytestmark = pytest.mark.django_db


@pytest.fixture
def matched(base: Any, association: Any, solenn: Any) -> Any:
    """Lines of an association, as it tells them: half without a date of birth, some with another given name."""
    lines = []
    for at, person in enumerate(base[:60]):
        otherwise = {"NUMERO": "", "MEL": "", "NE_LE": "" if at % 2 else person.born.isoformat()}
        given = {"PRENOM": base[at + 100].given} if at % 5 == 0 else {}
        lines.append(told(person) | otherwise | given)
    return applied(lines, association, date(2026, 5, 1), by=solenn)


def test_the_page_says_the_bands_and_what_was_learnt(client, solenn, matched):
    client.force_login(solenn)
    page = client.get(reverse("people:matching")).content.decode()
    for words in ("linked alone", "One person (m)", "Two persons (u)", "the usual thresholds"):
        assert words in page


def test_thresholds_are_tried_on_the_scores_that_are_kept_then_put_in_force(client, solenn, matched):
    client.force_login(solenn)
    address = reverse("people:change_thresholds") + "?ask=1&link=100"
    now, then = preview(0.2, 0.99).now, preview(0.01, 1.0).then
    assert (then.link, then.new) == (0, 0)
    assert then.total == now.total == LineMatch.objects.best().count()
    assert f">{then.ask}<" in client.get(address).content.decode()
    assert not MatchingRule.objects.exists()
    client.post(address, {"reason": "Tout regarder cette année."})
    rule = MatchingRule.objects.get()
    assert (rule.ask_from, rule.link_from, rule.by_name) == (0.01, 1.0, "Solenn Kerbrat")
    assert Entry.objects.filter(verb="matching.thresholds").exists()
    assert "already in force" in client.post(address, {"reason": "Encore."}).content.decode()


def test_a_graduate_does_not_enter(client, amelie_user):
    client.force_login(amelie_user)
    assert client.get(reverse("people:matching")).status_code == 403


def test_the_page_of_a_line_shows_whom_it_resembles_and_why(client, solenn, base, association):
    MatchingRule.adopt(1.0, 0.01, by=solenn, reason="Tout demander.")
    applied([told(base[3]) | {"NUMERO": ""}], association, date(2026, 5, 1), by=solenn)
    line = QuarantinedLine.objects.get(code=QuarantinedLine.RESEMBLES)
    client.force_login(solenn)
    page = client.get(reverse("people:quarantined_line", args=[line.pk])).content.decode()
    for words in ("Whom does it resemble?", "Same day of birth", "Why it is believed", "None of them", base[3].family):
        assert words in page
    person = Person.objects.get(pk=line.candidates[0])
    client.post(reverse("people:choose_person", args=[line.pk]), {"personne": person.public_id})
    line.refresh_from_db()
    assert (line.state, line.record.person) == ("replayed", person)


def test_the_rehearsal_says_how_many_new_persons_are_expected(client, solenn, base, association):
    names = (("Xhaferllari", "Zef"), ("Vandenbroucke", "Nele"), ("Ozdemirovic", "Ana"))
    strangers = [{"NOM": family, "PRENOM": given} for family, given in names]
    imported = rehearsed([told(base[3]) | {"NUMERO": ""}, *strangers], association, date(2026, 5, 1), by=solenn)
    client.force_login(solenn)
    page = client.get(imported.get_absolute_url()).content.decode()
    assert "About 3 new persons are expected" in page


def test_pairs_are_drawn_in_every_stratum_and_judged_without_being_told(client, solenn, matched):
    client.force_login(solenn)
    client.post(reverse("people:draw_sample"))
    sample = MatchingSample.objects.get()
    assert sample.pairs.count() == min(200, LineMatch.objects.best().count())
    pair = sample.pairs.waiting().first()
    page = client.get(reverse("people:sampled", args=[pair.pk])).content.decode()
    assert "as known without this line" in page
    assert "chances" not in page.replace("What the machine thinks is not said", "")
    client.post(reverse("people:sampled", args=[pair.pk]), {"answer": "same"})
    pair.refresh_from_db()
    assert (pair.answer, pair.answered_by) == ("same", "Solenn Kerbrat")
    client.post(reverse("people:sampled", args=[pair.pk]), {"answer": ""})
    pair.refresh_from_db()
    assert pair.answer == ""


def test_a_line_that_still_waits_is_judged_too(client, solenn, base, association):
    MatchingRule.adopt(1.0, 0.01, by=solenn, reason="Tout demander.")
    applied([told(base[3]) | {"NUMERO": ""}], association, date(2026, 5, 1), by=solenn)
    client.force_login(solenn)
    client.post(reverse("people:draw_sample"))
    page = client.get(reverse("people:next_sampled"), follow=True).content.decode()
    assert "as known without this line" in page
    assert not SampledMatch.objects.filter(answer="unknown").exists()


def population(sizes: dict[float, int], delivery: Any, person: Person) -> None:
    """So many lines of each probability."""
    model = MatchingModel.objects.create(parameters={}, rarities=b"", persons=1)
    number = 0
    for probability, size in sizes.items():
        for _each in range(size):
            number += 1
            LineMatch.objects.create(
                delivery=delivery, line=number, rank=1, person=person, probability=probability, band="ask", model=model
            )


def test_each_stratum_counts_for_the_lines_it_stands_for(base, association, solenn):
    imported = applied([told(base[3])], association, date(2026, 5, 1), by=solenn)
    population({0.9995: 300, 0.97: 100, 0.3: 40}, imported.deliveries.get(), Person.objects.first())
    sample = draw(by=solenn, seed=1)
    assert sample.pairs.count() == 200
    right = {7: 1.0, 5: 0.5, 2: 0.25}  # of each stratum, how many are judged the same
    for at, share in right.items():
        pairs = list(sample.pairs.filter(stratum=at))
        for rank, pair in enumerate(pairs):
            pair.judge("same" if rank < share * len(pairs) else "different", by=solenn)
    found = measured(sample, 0.99)
    assert found.precision.value == 1.0
    assert 0.9 < found.precision.low < 1.0
    assert found.recall.value == pytest.approx(300 / (300 + 50 + 10), abs=0.02)
    assert found.recall.low < found.recall.value < found.recall.high
    assert found.calibration == pytest.approx((100 * 0.47 + 40 * 0.05) / 440, abs=0.02)
    looser = measured(sample, 0.95)
    assert looser.precision.value == pytest.approx(350 / 400, abs=0.02)


def test_nothing_is_said_before_every_stratum_has_an_answer(base, association, solenn):
    imported = applied([told(base[3])], association, date(2026, 5, 1), by=solenn)
    population({0.9995: 30, 0.3: 4}, imported.deliveries.get(), Person.objects.first())
    sample = draw(by=solenn, seed=1)
    SampledMatch.objects.filter(stratum=7).first().judge("same", by=solenn)
    assert measured(sample, 0.99).precision is None
