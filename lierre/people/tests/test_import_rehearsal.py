"""A rehearsal counts every outcome, shows ten samples of each, and says why each line that is refused is."""

from datetime import date

import pytest

from lierre.people.importing.tests.bringing import APOGEE, apply, base, bring, file, rehearse, witness
from lierre.people.models import QuarantinedLine
from lierre.people.readings.rehearsal import Report

pytestmark = pytest.mark.django_db


def student(number: int, city: str = "29200", born: str = "17/05/1991") -> str:
    return f"2090{number:04};;;NOM{chr(65 + number % 26)};AMELIE;{born};{number} rue Haute;{city};2013;M2;E;O;Master"


def test_every_outcome_is_counted_and_shown_by_at_most_ten_samples():
    apply(bring(file(APOGEE, *(student(n) for n in range(60))), day=date(2026, 1, 1)))
    before = base()
    lines = [
        *(student(n) for n in range(15)),
        *(student(n, "35000") for n in range(20, 35)),
        *(student(n) for n in range(100, 115)),
        *(student(n, born="31/02/1991") for n in range(200, 212)),
        *(student(40 + n).replace(";;;", f";150741205{n};L;", 1) for n in range(3)),
    ]

    report = Report(rehearse(bring(file(APOGEE, *lines), day=date(2026, 5, 1))))

    assert report.counts == {
        "unchanged": 15, "enriched": 18, "new": 15, "rejected": 12, "to_decide": 0, "confirmed": 0,
    }  # fmt: skip
    assert report.lines == len(lines)
    assert (len(report.enriched), len(report.new), len(report.left_alone[0][1])) == (10, 10, 10)
    assert [(each.count, len(each.lines), each.others) for each in report.refused] == [(12, 10, 2)]
    assert all(line.reason for line in QuarantinedLine.objects.all())
    assert base() == before


def test_values_that_would_change_are_shown_before_and_after():
    apply(bring(file(APOGEE, student(1)), day=date(2026, 1, 1)))

    report = Report(rehearse(bring(file(APOGEE, student(1, "35000", "18/05/1991")), day=date(2026, 5, 1))))

    (example,) = report.enriched
    told = {str(line.label): (line.before, line.after) for line in example.changes}
    assert told["Date of birth"] == ("May 17, 1991", "May 18, 1991")
    assert {str(label): count for label, _how, count in report.values}["Date of birth"] == 1


def test_a_source_that_never_spoke_of_a_person_and_contradicts_their_birth_asks_first():
    apply(bring(file(APOGEE, student(1)), day=date(2026, 1, 1)))

    other = rehearse(bring(file(APOGEE, student(1, born="17/05/1961")), source=witness("third")))

    assert Report(other).counts["to_decide"] == 1
    (line,) = Report(other).to_decide
    assert line.candidates


def test_a_value_that_can_be_read_two_ways_is_left_out_and_said_with_its_count():
    header = "Contact ID,External Identifier,First Name,Last Name,Birth Date"
    lines = [f"{n},,Amélie,Hervé,05/04/1991" for n in range(4)]

    report = Report(rehearse(bring(file(header, *lines))))

    ((sentence, advice, count),) = report.doubts
    assert "05/04/1991" in sentence
    assert "not guessed" in advice
    assert count == 4
    assert report.counts["new"] == 4


def test_dates_of_what_changes_are_said_in_words():
    header = "Identifiant AF\tTitre du poste\tNom de l'entreprise\tPoste actuel ?\tDate de début de l'expérience\tRôle"
    night = "Identifiant AF\tIdentifiant école\tPrénom\tNom d'état civil\tNPAI\tEmail personnel 1"
    apply(bring(file(night, "412\t\tAmélie\tHervé\t0\t"), source=witness("platform"), day=date(2026, 1, 1)))
    job = "412\tStatisticienne\tArmor\t1\t01/09/2018\t"

    report = Report(rehearse(bring(file(header, job), source=witness("platform"), day=date(2026, 5, 1))))

    (example,) = report.enriched
    assert example.name == "Amélie Hervé"
    assert [line.after for line in example.changes] == ["Statisticienne, Armor, Sept. 1, 2018"]
