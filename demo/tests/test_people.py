"""Persons fit their time and place: names of their cohort, degrees that existed, careers in order, stories told."""

from collections import Counter
from datetime import date
from itertools import islice, pairwise

import pytest

from demo.careers import OCCUPATIONS
from demo.chance import Weighted, stream
from demo.characters import ACCOUNTS, AMELIE, CHARACTERS
from demo.employers import EMPLOYERS, valid_siret
from demo.graduate import TODAY, Graduate
from demo.institution import UNIT, UNITS, path_of
from demo.population import everyone

MANY = 6000


@pytest.fixture(scope="module")
def drawn() -> list[Graduate]:
    return [person for person in islice(everyone(2014, MANY), MANY) if person.number >= 0]


def given(drawn: list[Graduate], sex: str, first: int, last: int) -> Counter[str]:
    return Counter(
        person.given
        for person in drawn
        if person.sex == sex and first <= person.born.year <= last and person.nationality == "FR"
    )


def test_given_names_are_those_of_their_cohort(drawn):
    women_of_1950, women_of_1990 = given(drawn, "f", 1945, 1959), given(drawn, "f", 1990, 2000)
    men_of_1950, men_of_1990 = given(drawn, "m", 1945, 1959), given(drawn, "m", 1990, 2000)

    assert {"Marie", "Françoise", "Monique", "Christine"} & {name for name, _ in women_of_1950.most_common(15)}
    assert {"Marine", "Camille", "Laura", "Manon"} & {name for name, _ in women_of_1990.most_common(15)}
    assert women_of_1950["Manon"] == women_of_1950["Océane"] == men_of_1950["Kévin"] == 0
    assert women_of_1990["Monique"] + women_of_1990["Josiane"] <= 2
    assert men_of_1990["Bernard"] + men_of_1990["Gérard"] <= 2


def test_brittany_is_heard_in_the_family_names(drawn):
    names = [person.family for person in drawn if person.nationality == "FR"]

    breton = sum(name.startswith(("Le ", "Ker", "Guéguen", "Quéméner", "Abgrall", "Tanguy")) for name in names)
    assert 0.04 < breton / len(names) < 0.4


def test_nobody_graduates_before_having_grown_up(drawn):
    assert all(person.diplomas[0].year - person.born.year >= 18 for person in drawn)
    assert all(one.year < other.year for person in drawn for one, other in pairwise(person.diplomas))
    assert all(diploma.degree.given_in(diploma.year) for person in drawn for diploma in person.diplomas)


def test_jobs_follow_one_another_and_none_begins_tomorrow(drawn):
    for person in drawn:
        for job in person.jobs:
            assert job.started < (TODAY.year, TODAY.month)
            assert job.ended is None or job.started <= job.ended
        assert all(job.ended for job in person.jobs[:-1])
    assert sum(bool(person.jobs) for person in drawn) > 0.9 * len(drawn)


def test_the_dead_died_after_their_degree_and_not_in_the_future(drawn):
    dead = [person for person in drawn if person.died]

    assert 0.001 * MANY < len(dead) < 0.05 * MANY
    assert all(date(person.last.year, 1, 1) < person.died <= TODAY for person in dead)


def test_doctors_practise_medicine(drawn):
    titles = {job.title for person in drawn if person.last.degree.code == "DOCMD" for job in person.jobs}
    medicine = {title for level in range(3) for row in OCCUPATIONS["medicine", level] for title in row[:2]}

    assert titles
    assert titles <= medicine


def test_student_numbers_are_never_given_twice(drawn):
    numbers = [person.student_number for person in [*CHARACTERS, *drawn]]
    national = [person.ine for person in [*CHARACTERS, *drawn] if person.ine.strip("0")]

    assert len(set(numbers)) == len(numbers)
    assert len(set(national)) == len(national)


def test_employers_do_not_exist_but_their_numbers_pass_the_check():
    french = [employer for employer in EMPLOYERS if employer.country == "FR"]

    assert all(valid_siret(employer.siret) and employer.siret.startswith("999") for employer in french)
    assert len({employer.siret for employer in french}) == len(french)
    assert all(employer.domain.endswith(".example") for employer in EMPLOYERS)


def test_amelie_has_the_story_that_the_screens_tell():
    assert (AMELIE.family, AMELIE.usage(), AMELIE.born) == ("Hervé", "Hervé-Cariou", date(1991, 5, 17))
    assert [(diploma.degree.label, diploma.year) for diploma in AMELIE.diplomas] == [
        ("Licence Mathématiques appliquées", 2012),
        ("Master Statistique et société", 2014),
    ]
    assert [job.title for job in AMELIE.jobs] == [
        "Chargée d’études",
        "Ingénieure statisticienne",
        "Data engineer",
        "Responsable données",
    ]


def test_every_role_has_someone_to_sign_in_as():
    assert len({account.role for account in ACCOUNTS}) == len(ACCOUNTS) == 11
    assert all(account.email.endswith(".example") and account.unit in UNIT for account in ACCOUNTS)


def test_units_hang_on_one_institution_and_teach_what_is_taught(drawn):
    assert [unit.code for unit in UNITS if not unit.parent] == ["UBN"]
    assert path_of(UNIT["IUTM"]) == "/UBN/IUTM/"
    assert {person.last.degree.unit for person in drawn} <= UNIT.keys()


def test_chance_picks_as_often_as_it_is_told():
    coin = Weighted([("often", 9), ("rarely", 1), ("never", 0)])
    chance = stream(1, "coin")

    picked = Counter(coin.pick(chance) for _ in range(2000))

    assert picked["never"] == 0
    assert 1700 < picked["often"] < 1900


def test_there_must_be_something_to_pick_from():
    with pytest.raises(ValueError, match="Nothing to pick from"):
        Weighted([("never", 0)])
