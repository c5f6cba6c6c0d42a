"""A base of a few hundred fictional graduates, and lines that speak of some of them."""

from random import Random
from typing import Any

import pytest

from lierre.people.matching.schema import Schema

GIVEN = ["Solenn", "Gwenaël", "Marie", "Jean", "Amélie", "Karim", "Inès", "Thibault", "Lucie", "Hervé", "Fatou", "Yann"]
FAMILY = ["Le Goff", "Kerbrat", "Martin", "Quéméneur", "Riou", "Benali", "Diop", "Tanguy", "Morvan", "Prigent", "Cadiou", "Hamon",
          "Jaouen", "Le Bihan", "Perrot", "Salaün", "Guillou", "Bodénès", "Abgrall", "Stéphan"]  # fmt: skip
CITIES = ["Brest", "Quimper", "Rennes", "Nantes", "Vannes", "Lorient"]
DEGREES = ["Master Droit public", "Licence Histoire", "Master Chimie", "DUT Logistique"]
TYPES = {
    "given": "given_name", "family": "family_name", "born": "date", "mail": "email", "year": "year", "city": "city",
    "degree": "degree",
}  # fmt: skip

Line = dict[str, str]


@pytest.fixture(scope="session")
def schema() -> Schema:
    return Schema("graduates", "id", TYPES, TYPES | {"usage": "family_name_alt", "gender": "gender"})


@pytest.fixture(scope="session")
def base() -> list[Line]:
    chance = Random(4)
    lines = []
    for number in range(600):
        given, family = chance.choice(GIVEN), chance.choice(FAMILY)
        year = chance.randrange(1985, 2022)
        born = f"{year - 22}-{chance.randrange(1, 13):02d}-{chance.randrange(1, 29):02d}"
        lines.append({
            "id": f"P{number}", "given": given, "family": family, "usage": "", "gender": "", "born": born,
            "mail": f"{given}.{family}{number}@courriel.example".lower().replace(" ", ""), "year": str(year),
            "city": chance.choice(CITIES), "degree": chance.choice(DEGREES),
        })  # fmt: skip
    return lines


@pytest.fixture(scope="session")
def lines(base: list[Line]) -> list[Line]:
    """Four in five speak of somebody of the base, with a mistake or a silence here and there."""
    chance = Random(5)
    made: list[Line] = []
    for number, known in enumerate(chance.sample(base, 300)):
        line: dict[str, Any] = {**known, "id": f"I{number}"}
        if number % 5 == 0:
            line |= {
                "born": f"19{chance.randrange(50, 60)}-01-31",
                "year": "1979",
                "mail": f"nouveau{number}@courriel.example",
            }
        for column in ("born", "mail", "city", "degree"):
            if chance.random() < 0.25:
                line[column] = ""
        if chance.random() < 0.1:
            line["family"] = line["family"][:-2] + line["family"][-1]
        made.append({name: line[name] for name in ("id", *TYPES)})
    return made
