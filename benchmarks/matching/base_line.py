"""The line of the alumni base on a person: old, partial, entered by hand over forty years."""

from random import Random
from typing import Final, NamedTuple

from benchmarks.matching.population import Person
from benchmarks.matching.slips import mistyped
from demo.spelling import plain

COLUMNS: Final = (
    "id", "given_name", "other_given_names", "birth_name", "usage_name", "gender", "birth_date", "email", "degree",
    "grad_year", "employer", "city",
)  # fmt: skip


class Known(NamedTuple):
    """What the base holds, and what of it matters to say why a line is hard."""

    row: tuple[str, ...]
    email: str
    employer: str
    city: str
    usage: str


def base_line(person: Person, chance: Random) -> Known:
    draw = chance.random
    given, birth = person.given, person.birth
    if draw() < 0.14:
        given, birth = plain(given), plain(birth)
    if draw() < 0.22:
        birth = birth.upper()
    if draw() < 0.008:
        birth = mistyped(birth, chance)
    if draw() < 0.004:
        given = mistyped(given, chance)
    usage = person.usage if draw() < 0.55 else ""
    usage = usage.upper() if draw() < 0.15 else usage
    born = person.born.isoformat()
    if draw() < 0.06:
        born = ""
    elif draw() < 0.02:
        born = f"{person.born.year}-01-01"
    email = person.emails[0] if draw() < 0.55 else person.emails[1] if draw() < 0.3 else ""
    employer = person.employers[0] if draw() < 0.5 else ""
    city = person.cities[0][0] if draw() < 0.75 else ""
    others = ", ".join(person.others) if draw() < 0.9 else ""
    row = (
        person.number, given, others, birth, usage, person.sex, born, email, f"{person.level} {person.subject}",
        str(person.year), employer, city,
    )  # fmt: skip
    return Known(row, email, employer, city, usage)
