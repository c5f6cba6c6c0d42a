"""The law of the fold in the base itself: the same acts give the same base, and what departs from it is found and mended."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as some

from lierre.people.models import Person
from lierre.people.rebuilding import rebuild
from lierre.people.saying import say
from lierre.people.tests.story import Act, damaged, said_by_the_base, told
from lierre.people.tests.witnesses import source

# A failure is not made smaller here: each attempt lives two bases, and would take minutes.
PHASES = [Phase.explicit, Phase.reuse, Phase.generate]
NUMBERS = ["21000001", "21000002", "21000003"]
LINES = some.fixed_dictionaries(
    {"NUMERO": some.sampled_from(NUMBERS), "NOM": some.sampled_from(["Hervé", "HERVE", "Le Goff"])},
    optional={
        "PRENOM": some.sampled_from(["Amélie", "AMELIE", "Yann"]), "USAGE": some.sampled_from(["Hervé-Cariou", ""]),
        # Two days of birth would be a question to somebody, not a testimony: which line asks depends on the order.
        "NE_LE": some.sampled_from(["17/05/1991", "1991"]),
        "MEL": some.sampled_from(["amelie@courriel.example", "a.herve@courriel.example"]),
        "POSTE": some.sampled_from(["Statisticienne", "Chargée d’études"]),
        "EMPLOYEUR": some.sampled_from(["Armor Énergies", "ARMOR ENERGIES", "Ville de Morlaix"]),
        "DIPLOME": some.sampled_from(["Master Statistique", "Licence Droit"]),
        "ANNEE": some.sampled_from(["2012", "2014"]),
    },
)  # fmt: skip
FILES = some.lists(LINES, min_size=1, max_size=3)
SAID = some.fixed_dictionaries(
    {},
    optional={
        "usage": some.sampled_from(["Cariou", "Hervé"]), "given": some.just("Amélie-Jeanne"), "lost": some.booleans(),
        "died": some.just("2024-01-02"), "headline": some.sampled_from(["Statisticienne", "Énergie"]),
        "audience_name": some.sampled_from([[], ["class"], ["class", "graduates"]]),
    },
)  # fmt: skip


@some.composite
def stories(draw: Any) -> list[Act]:
    """Imports and corrections of persons they bring, then links, undone or not, and imports that are reverted."""
    numbers = iter(range(1, 80))
    kinds = some.sampled_from(["school", "platform", "survey", "third"])
    # Each file bears its own lot number, so that no line is the very line of another file, which would not be kept.
    brought = [
        Act("bring", number, what=(draw(kinds), [row | {"LOT": f"{number}"} for row in draw(FILES)]))
        for number in range(90, 90 + draw(some.integers(1, 3)))
    ]
    of_number = {row["NUMERO"]: act.number for act in brought for row in act.what[1]}
    corrections = [
        Act("correct", next(numbers), frozenset({of_number[number]}), (number, draw(SAID)))
        for number in draw(some.lists(some.sampled_from(sorted(of_number)), max_size=3))
    ]
    # Once staff has spoken of them, a person is known whatever becomes of the files.
    anchors = [
        Act("correct", next(numbers), frozenset({act}), (number, {"headline": f"Fiche {number}"}))
        for number, act in sorted(of_number.items())
    ]
    settled = frozenset(act.number for act in [*brought, *corrections, *anchors])
    moves: list[Act] = []
    for act in draw(some.lists(some.sampled_from(brought), max_size=2, unique_by=lambda act: act.number)):
        number = draw(some.sampled_from(sorted(of_number)))
        if act.what[1][0]["NUMERO"] != number:
            moves.append(Act("link", next(numbers), settled, (act.number, 2, number)))
            if draw(some.booleans()):
                moves.append(Act("unlink", next(numbers), frozenset({moves[-1].number}), moves[-1].number))
    lives = frozenset(act.number for act in moves)
    reverts = [
        Act("revert", next(numbers), settled | lives, act.number)
        for act in draw(some.lists(some.sampled_from(brought), max_size=2, unique_by=lambda act: act.number))
    ]
    return [*brought, *corrections, *anchors, *moves, *reverts]


def in_another_order(acts: list[Act], chance: Any) -> list[Act]:
    """The same acts as chance has it, each after those it depends on."""
    left, done, order = list(acts), set[int](), list[Act]()
    while left:
        ready = [act for act in left if act.after <= done]
        chosen = chance.choice(ready)
        left.remove(chosen)
        done.add(chosen.number)
        order.append(chosen)
    return order


@pytest.mark.django_db
@settings(max_examples=30, deadline=None, suppress_health_check=[*HealthCheck], phases=PHASES)
@given(acts=stories(), chance=some.randoms(use_true_random=False))
def test_the_same_acts_in_any_order_give_the_same_base(db, acts, chance):
    one, checks = told(acts, "Solenn", said_by_the_base)
    other, other_checks = told(in_another_order(acts, chance), "Solenn", said_by_the_base)

    assert set(checks + other_checks) == {0}
    assert one == other


@pytest.mark.django_db
def test_two_stories_that_differ_do_not_give_the_same_base(db):
    row = {"NUMERO": NUMBERS[0], "NOM": "Hervé", "PRENOM": "Amélie"}

    one, _checks = told([Act("bring", 1, what=("school", [row]))], "Solenn", said_by_the_base)
    other, _checks = told([Act("bring", 1, what=("school", [row | {"NOM": "Le Goff"}]))], "Solenn", said_by_the_base)

    assert one != other


@pytest.fixture
def amelie() -> Person:
    kept = say(
        {
            "family": "Hervé", "given": "Amélie", "studies": [{"degree": "Master Statistique", "year": 2014}],
            "positions": [{"employer": "Armor Énergies", "title": "Statisticienne"}],
            "contacts": [{"kind": "email", "value": "amelie@courriel.example", "confirmed": True}],
        },
        source=source("school"), by="Solenn",
    )  # fmt: skip
    assert kept.person is not None
    return kept.person


DAMAGES = {
    "a name was written by hand": "UPDATE people_person SET family = 'Somebody'",
    "a person is gone": "DELETE FROM people_person",
    "a degree was lost": "DELETE FROM people_study",
    "a position was lost": "DELETE FROM people_position",
    "an address was changed": "UPDATE people_contactpoint SET value = 'other@courriel.example'",
    "an address stands twice": "INSERT INTO people_contactpoint (person_id, kind, value, use, confirmed, refused, record_id)"
    " SELECT person_id, kind, value, use, confirmed, refused, record_id FROM people_contactpoint",
    "everybody would see everything": "UPDATE people_directoryentry SET mask = 1073741823",
    "nobody would find her": "UPDATE people_directoryentry SET sort = ''",
    "a word of the vocabulary is missing": "DELETE FROM people_term",
    "staff would find her by the name of another": "UPDATE people_directoryentry SET hidden_names = 'somebody'",
    "a value points at another witness": "UPDATE people_study SET record_id = record_id + 1",
}


@pytest.mark.django_db
@pytest.mark.parametrize("statement", DAMAGES.values(), ids=DAMAGES)
def test_what_departs_from_the_records_is_found_and_mended(amelie, statement):
    assert rebuild(only_check=True).differences == 0
    from django.db import connection

    with connection.constraint_checks_disabled():
        if "DELETE FROM people_person" in statement:
            for table in ("study", "position", "contactpoint", "directoryentry", "directorychange"):
                damaged(f"DELETE FROM people_{table}")
        damaged(statement)
        output = StringIO()
        with pytest.raises(CommandError):
            call_command("rebuild", check=True, json=True, stdout=output)
        assert json.loads(output.getvalue())["differences"] > 0

        rebuild(only_check=False)

    assert rebuild(only_check=True).differences == 0
    amelie.refresh_from_db()
    assert (amelie.family, amelie.studies.count(), amelie.contact_points.count()) == ("Hervé", 1, 1)
