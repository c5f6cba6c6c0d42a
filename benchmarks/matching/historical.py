"""Noisy persons of the past: two to eight records each, a fifth of the cells empty, spelt as clerks heard them."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from random import Random
from typing import Final

from benchmarks.matching.incoming_line import respelt
from benchmarks.matching.names import Names
from benchmarks.matching.population import CITIES
from benchmarks.matching.slips import mistyped, scanned
from demo.carried import rows
from demo.spelling import plain
from lierre.people.matching.names import folded, short_forms

COLUMNS: Final = {
    "full_name": "text", "first_name": "given_name", "surname": "family_name", "dob": "date", "birth_place": "city",
    "postcode": "code", "gender": "gender", "occupation": "employer",
}  # fmt: skip
EMPTY: Final = {
    "first_name": 0.02,
    "surname": 0.02,
    "dob": 0.3,
    "birth_place": 0.12,
    "postcode": 0.15,
    "gender": 0.25,
    "occupation": 0.35,
}
TRADES: Final = sorted({row["masculine"].split(" ")[0] for row in rows("occupations.csv")})
HONOURS: Final = ("", "", "", "", "de ", "comte de ", "baron ", "sir ")


def records(persons: int, seed: int) -> list[tuple[str, Mapping[str, str]]]:
    """Of each person: a number, and one record after the other."""
    chance = Random(f"{seed}/historical")
    names = Names(seed=seed)
    return [(str(number), record) for number in range(persons) for record in of_one_person(names, chance)]


def of_one_person(names: Names, chance: Random) -> Iterator[Mapping[str, str]]:
    sex = "F" if chance.random() < 0.25 else "M"
    truth = {
        "first_name": names.given_name(sex, 1940, chance),
        "surname": names.family_name(1940, chance),
        "dob": (date(1750, 1, 1) + timedelta(days=chance.randrange(55_000))).isoformat(),
        "birth_place": (place := CITIES.pick(chance))[0],
        "postcode": place[1],
        "gender": "female" if sex == "F" else "male",
        "occupation": chance.choice(TRADES).lower(),
    }
    others = " ".join(names.given_name(sex, 1940, chance) for _ in range(chance.randrange(3)))
    honour = chance.choice(HONOURS)
    for _ in range(min(8, 2 + int(chance.expovariate(0.55)))):
        yield clerk(truth, others, honour, chance)


def clerk(truth: Mapping[str, str], others: str, honour: str, chance: Random) -> Mapping[str, str]:
    """One record, by somebody who heard the rest of it wrong."""
    said = {column: "" if chance.random() < EMPTY[column] else cell for column, cell in truth.items()}
    if said["first_name"]:
        said["first_name"] = called(said["first_name"], chance)
    for column in ("first_name", "surname", "birth_place", "occupation", "postcode"):
        draw = chance.random()
        if draw < 0.09:
            said[column] = mistyped(said[column], chance)
        elif draw < 0.12 and column != "postcode":
            said[column] = scanned(said[column], chance)
        elif draw < 0.16 and column in {"first_name", "surname"}:
            said[column] = respelt(said[column], chance)
    if said["dob"]:
        said["dob"] = dated(said["dob"], chance)
    if said["postcode"] and chance.random() < 0.25:
        said["postcode"] = f"{said['postcode'][:2]}{chance.randrange(1000):03d}"
    if chance.random() < 0.1:
        said["birth_place"] = CITIES.pick(chance)[0]
    middle = f" {others}" if others and chance.random() < 0.5 else ""
    surname = f"{honour}{said['surname']}" if chance.random() < 0.5 else said["surname"]
    said["full_name"] = " ".join(f"{said['first_name']}{middle} {surname}".split())
    return {column: plain(cell).lower() for column, cell in said.items()}


def called(given: str, chance: Random) -> str:
    draw = chance.random()
    if draw < 0.06:
        forms = sorted(short_forms().get(folded(given), ()))
        return chance.choice(forms) if forms else given
    return f"{given[0]}." if draw < 0.09 else given


def dated(day: str, chance: Random) -> str:
    """The first of January when only the year is known; a digit read wrong."""
    draw = chance.random()
    if draw < 0.3:
        return f"{day[:4]}-01-01"
    if draw < 0.38:
        at = chance.choice((3, 6, 9))
        other = f"{day[:at]}{chance.randrange(1, 9) if at != 6 else chance.choice('12')}{day[at + 1 :]}"
        return other if other[5:7] != "00" else day
    return day
