"""Draws graduates: who they are, where they come from, what they studied. Careers are drawn apart, in `careers.py`."""

from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Final

from demo.chance import Weighted, stream
from demo.degrees import CLASS_YEARS, GIVEN_IN, Degree, earlier
from demo.graduate import TODAY, Diploma, Graduate
from demo.institution import STUDENT_DOMAIN
from demo.names import ORIGINS, Sex, family_name, given_name, other_given_names
from demo.places import COMMUNE, IN_DEPARTMENT, home_of_parents, street
from demo.spelling import compact

SLICE: Final = 500  # persons made together, so that a file of millions is never held in memory

MAIL_DOMAINS: Final = tuple(
    f"{name}.example" for name in ("courriel", "boite", "messagerie", "poste-armor", "mel", "wanabox")
)
INE_LETTERS: Final = "ABCDEFGHJKLMNPRSTUVWXYZ"


# Share of women who took another name, by year of birth.
TOOK_A_NAME: Final = ((1955, 0.78), (1965, 0.68), (1975, 0.5), (1985, 0.36), (1993, 0.22), (2010, 0.06))
AGE_AT_DEGREE: Final = {1.0: 20, 2.0: 21, 2.5: 21, 2.6: 21, 3.0: 22, 4.0: 23, 5.0: 27}
LATE: Final = Weighted([(0, 46), (1, 26), (2, 12), (3, 6), (4, 3), (8, 3), (14, 2), (22, 1)])


def slice_of(seed: int, at: int, years: Weighted[int] = CLASS_YEARS) -> Iterator[Graduate]:
    """The persons of one slice: always the same ones for a seed, whatever the size asked for."""
    chance = stream(seed, "identity", at)
    return (graduate(number, years, chance) for number in range(at * SLICE, (at + 1) * SLICE))


def graduate(number: int, years: Weighted[int], chance: Random) -> Graduate:
    """Someone, at random but plausible."""
    year = years.pick(chance)
    degree = GIVEN_IN[year].pick(chance)
    sex: Sex = "f" if chance.random() < degree.women * min(1.0, 0.74 + (year - 1968) * 0.0075) else "m"
    birth_year = min(max(year - AGE_AT_DEGREE[degree.rank] - LATE.pick(chance), 1945), 2004)
    born = date.fromordinal(date(birth_year, 1, 1).toordinal() + int(chance.random() * 365))
    person = (
        _from_abroad(number, sex, born, chance)
        if chance.random() < 0.02 + 0.0014 * (year - 1968)
        else _from_france(number, sex, born, chance)
    )
    person.ine = ine(number, year, chance)
    person.diplomas = _diplomas(degree, year, chance)
    if sex == "f" or chance.random() < 0.01:
        _marry(person, chance)
    _give_addresses(person, chance)
    _what_happened(person, chance)
    return person


def _from_france(number: int, sex: Sex, born: date, chance: Random) -> Graduate:
    origin = home_of_parents(chance)
    birth = IN_DEPARTMENT[origin.department].pick(chance) if chance.random() < 0.7 else origin
    family = family_name(born.year, chance)
    if chance.random() < 0.012:
        family = f"{family}-{family_name(born.year, chance)}"
    return Graduate(
        number=number,
        sex=sex,
        given=given_name(sex, born.year, chance),
        others=other_given_names(sex, born.year, chance),
        family=family,
        born=born,
        birth_city=birth.name,
        birth_department=birth.department,
        birth_country="FR",
        nationality="FR",
        student_number=student_number(number),
        ine="",
        diplomas=[],
        origin=origin,
        street=street(chance),
    )


def _from_abroad(number: int, sex: Sex, born: date, chance: Random) -> Graduate:
    country = ORIGINS.pick(chance)
    given = country.women if sex == "f" else country.men
    born_here = chance.random() < 0.35
    origin = home_of_parents(chance) if born_here else COMMUNE["Brest"]
    city = origin.name if born_here else chance.choice(country.cities)
    return Graduate(
        number=number,
        sex=sex,
        given=chance.choice(given),
        others=(),
        family=chance.choice(country.families),
        born=born,
        birth_city=city,
        birth_department=origin.department if born_here else "",
        birth_country="FR" if born_here else country.iso,
        nationality="FR" if born_here or chance.random() < 0.15 else country.iso,
        student_number=student_number(number),
        ine="",
        diplomas=[],
        origin=origin,
        street=street(chance),
    )


def student_number(number: int) -> str:
    """Eight digits, each once; those of the named characters begin with 2 and are never drawn."""
    return str(30_000_000 + number * 48_271 % 70_000_000)


def ine(number: int, year: int, chance: Random) -> str:
    """A national student number: ten characters and one. It did not exist for the first classes."""
    if year < 1986 or (year < 1994 and chance.random() < 0.5):
        return "00000000000" if chance.random() < 0.08 else ""
    digits = number * 7_368_787 % 1_000_000_000
    return f"{digits:09d}{INE_LETTERS[digits % 23]}{INE_LETTERS[(digits // 23 + year) % 23]}"


def _diplomas(degree: Degree, year: int, chance: Random) -> list[Diploma]:
    found = [Diploma(degree, year, obtained=chance.random() > 0.03)]
    before = earlier(degree, year, chance)
    while before and len(found) < 3:
        found.insert(0, Diploma(*before))
        before = earlier(*before, chance)
    return found


def _marry(person: Graduate, chance: Random) -> None:
    share = next(share for until, share in TOOK_A_NAME if person.born.year < until)
    if chance.random() > share:
        return
    year = person.born.year + 22 + int(chance.random() * 8 + chance.random() * 8)
    if year > TODAY.year:
        return
    name = family_name(person.born.year, chance)
    person.married = f"{person.family}-{name}" if chance.random() < 0.24 and "-" not in person.family else name
    person.married_in = year


def _give_addresses(person: Graduate, chance: Random) -> None:
    given, family = compact(person.given), compact(person.family)
    shape = chance.random()
    local = f"{given}.{family}" if shape < 0.6 else f"{given[:1]}.{family}" if shape < 0.8 else f"{family}.{given}"
    person.email = f"{local}{person.number}@{MAIL_DOMAINS[int(chance.random() * len(MAIL_DOMAINS))]}"
    if person.last.year >= 1999:
        person.student_email = f"{given[:1]}.{family}{person.number}@{STUDENT_DOMAIN}"
    # Numbers kept by the regulator for films and books: they ring nowhere.
    digits = int(chance.random() * 10_000)
    person.phone = f"063998{digits:04d}" if chance.random() < 0.75 else f"026191{digits:04d}"


def _what_happened(person: Graduate, chance: Random) -> None:
    draw = chance.random()
    risk = 0.04 if person.born.year < 1955 else 0.02 if person.born.year < 1968 else 0.0012
    if draw < risk:
        age = TODAY.year - person.born.year
        year = person.born.year + int(age * (0.7 + 0.3 * chance.random()))
        first_day = date(max(year, person.last.year + 1), 1, 1)
        person.died = date.fromordinal(first_day.toordinal() + int(chance.random() * 320))
        if person.died > TODAY:
            person.died = None
    person.lost = chance.random() < 0.03
    person.do_not_contact = chance.random() < 0.015
