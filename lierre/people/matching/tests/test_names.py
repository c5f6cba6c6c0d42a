"""Names as they come: the same person must be recognised, and two sisters kept apart."""

import csv
from pathlib import Path

import pytest

from lierre.people.matching import names
from lierre.people.matching.names import (
    compact,
    family_parts,
    folded,
    given_parts,
    may_shorten,
    short_forms,
    sounds,
    without_titles,
)
from lierre.people.matching.names.forms import TABLE


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("HERVÉ‐CARIOU", "herve-cariou"),
        ("Lætitia Cœur", "laetitia coeur"),
        ("Groß", "gross"),
        ("Wiśniewska", "wisniewska"),
        ("Le Floc’h", "le floc'h"),
        ("Nguyễn\u00a0Đức", "nguyen duc"),
        ("Zoe\u0308", "zoe"),
        ("Σωκράτης", "σωκρατης"),
        ("CÃ©line", "celine"),
        ("cÃ©line", "celine"),
        ("cã©line", "celine"),
        ("JOÃO", "joao"),
        ("St?phanie", "stphanie"),
        ("", ""),
    ],
)
def test_letters_lose_what_typists_do_not_share(written, read):
    assert folded(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Dr Amélie Hervé", "Amélie Hervé"),
        ("Mme le Pr. Hervé", "le Pr. Hervé"),
        ("Pr. Dr Hervé", "Hervé"),
        ("Riou, Ph.D.", "Riou"),
        ("Riou (MBA)", "Riou"),
        ("Riou, PhD, MBA", "Riou"),
        ("Riou Jr.", "Riou"),
        ("RIOU III", "RIOU"),
        ("Riou 🎓", "Riou"),
        ("Yann Riou | Data engineer", "Yann Riou"),
        ("Maître", "Maître"),
        ("Ing", "Ing"),
        ("Mercier", "Mercier"),
        ("Dreyfus", "Dreyfus"),
        ("N’Diaye", "N’Diaye"),
    ],
)
def test_titles_and_signs_are_no_part_of_a_name(written, read):
    assert without_titles(written) == read


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("Jean-Baptiste", ("jean-baptiste",)),
        ("Jean - Baptiste", ("jean-baptiste",)),
        ("Jean Baptiste Marie", ("jean", "baptiste", "marie")),
        ("J.-B.", ("j-b",)),
        ("J. B.", ("j-b",)),
        ("JB", ("jb",)),
        ("P.", ("p",)),
        ("Anne-M.", ("anne-m",)),
        ("CÉLINE, Marie, Anne", ("celine", "marie", "anne")),
        ("Élisabeth « Babeth »", ("elisabeth", "babeth")),
        ("Abd El Kader", ("abdelkader",)),
        ("Abdel Kader", ("abdelkader",)),
        ("Abdou", ("abdou",)),
        ("M. Louis", ("m", "louis")),
        ("", ()),
    ],
)
def test_given_names_are_told_apart(written, parts):
    assert given_parts(written) == parts


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("LE GOFF", ("goff",)),
        ("Guen (Le)", ("guen",)),
        ("GOFF LE", ("goff",)),
        ("d’Alembert", ("alembert",)),
        ("L'Hostis", ("hostis",)),
        ("de la Bouillerie", ("bouillerie",)),
        ("van der Meer", ("meer",)),
        ("dos Santos", ("santos",)),
        ("Ben Salah", ("salah",)),
        ("Aït Ahmed", ("ahmed",)),
        ("M’Barek", ("mbarek",)),
        ("O’Brien", ("obrien",)),
        ("McDonald", ("macdonald",)),
        ("Mac Donald", ("macdonald",)),
        ("Saint Jean", ("saintjean",)),
        ("Ste-Marie", ("saintemarie",)),
        ("QUERUAU LAMERIE", ("queruau", "lamerie")),
        ("Hervé, née Cariou", ("herve", "cariou")),
        ("Hervé ép. Le Goff", ("herve", "goff")),
        ("HERVÉ EPOUSE LE GOFF", ("herve", "goff")),
        ("Dr Hervé (MBA)", ("herve",)),
        ("Le", ("le",)),
        ("Ben", ("ben",)),
        ("Née", ("nee",)),
        ("Bou?dec (Le)", ("boudec",)),
        ("KervÃ©lec", ("kervelec",)),
        ("", ()),
    ],
)
def test_family_names_are_told_apart_without_their_particles(written, parts):
    assert family_parts(written) == parts


def test_a_particle_written_close_is_found_by_the_letters_alone():
    assert compact("Le Guyader") == compact("LEGUYADER") == "leguyader"
    assert compact("De Cailliéret") == compact("DECAILLIERET")


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("fred", "frederic"),
        ("fred", "frederique"),
        ("babeth", "elisabeth"),
        ("lise", "elisabeth"),
        ("jb", "jean-baptiste"),
        ("yann", "jean"),
        ("gwen", "gwenaelle"),
        ("kader", "abdelkader"),
        ("momo", "mohamed"),
        ("mike", "michael"),
        ("fanch", "francois"),
        ("vince", "vincent"),
        ("loulou", "louis"),
        ("m-l", "marie-laure"),
        ("p", "patrice"),
        ("quent", "quentin"),
    ],
)
def test_a_short_form_may_stand_for_the_whole(short, full):
    assert may_shorten(short, full)


@pytest.mark.parametrize(
    ("short", "full"), [("li", "lea"), ("paul", "pierre"), ("jc", "jean-baptiste"), ("lolo", "lea")]
)
def test_a_short_form_does_not_stand_for_anything(short, full):
    assert not may_shorten(short, full)


def test_the_table_of_short_forms_works_both_ways_and_never_on_itself():
    forms = short_forms()

    assert all(name in forms[other] for name, others in forms.items() for other in others)
    assert not any(name in others for name, others in forms.items())


def test_the_table_says_a_thing_once():
    with Path(TABLE).open(encoding="utf-8", newline="") as file:
        rows = [(folded(row["full"]), folded(row["short"]), row["kind"]) for row in csv.DictReader(file)]

    assert len(rows) > 300
    assert {kind for _full, _short, kind in rows} == {"short", "other", "spelling"}
    assert len(rows) == len(set(rows))


@pytest.mark.parametrize(
    "family",
    [
        ("Thibaut", "Thibault", "Thibaud", "Tibo"),
        ("Stéphane", "Stephan", "Stephane"),
        ("Mohamed", "Mohammed", "Muhammad", "Mohamad"),
        ("Philippe", "Philipe", "Filippe"),
        ("Mathieu", "Matthieu", "Mathieux"),
        ("Nathalie", "Natalie"),
        ("Catherine", "Katherine", "Catherinne"),
        ("Aurélie", "Orélie"),
        ("Kévin", "Quévin"),
        ("Renaud", "Renault", "Reynaud"),
        ("Lefebvre", "LEFEBVRE"),
        ("Leroy", "Leroi"),
        ("Michaud", "Michault", "Micheau", "Michot"),
        ("Dupont", "Dupond"),
        ("Schmitt", "Schmit", "Schmidt"),
        ("Le Goff", "Legoff", "LE GOF"),
        ("Leclerc", "Leclercq", "Leclair"),
        ("Youssef", "Yusuf", "Youcef"),
        ("François", "Francois"),
        ("Yohann", "Yoann", "Johan"),
    ],
)
def test_spellings_of_one_name_sound_alike(family):
    assert len({sounds(name) for name in family}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jean", "Jeanne"),
        ("Martin", "Martine"),
        ("Julien", "Julie"),
        ("Simon", "Simone"),
        ("Mathis", "Mathieu"),
        ("Louis", "Lise"),
        ("Marie", "Maria"),
        ("Bernard", "Bertrand"),
        ("Moreau", "Morel"),
        ("Petit", "Petiot"),
    ],
)
def test_different_names_sound_apart(one, other):
    assert sounds(one) != sounds(other)


def test_names_that_are_almost_nothing_are_still_told_apart():
    assert len({sounds(name) for name in ("Bo", "Bé", "Ly", "Le", "Y")}) == 5


def test_what_no_rule_knows_comes_back_whole():
    assert sounds("李小龍") == "李小龍"
    assert family_parts("李") == ("李",)
    assert [one(" - ") for one in (compact, sounds)] == ["", ""]


def test_the_public_names_are_those_of_the_docstring():
    assert all(f"`{name}(" in (names.__doc__ or "") for name in names.__all__)
