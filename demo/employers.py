"""The four hundred employers of the demonstration: none exists, their SIRET numbers only pass the arithmetic check."""

from collections import defaultdict
from dataclasses import dataclass
from random import Random
from typing import Final

from demo.carried import rows
from demo.chance import Weighted


@dataclass(frozen=True, slots=True)
class Employer:
    """An organisation where graduates work; a network has a place in every département."""

    name: str
    siret: str
    section: str  # NAF
    fields: tuple[str, ...]
    city: str
    department: str
    country: str
    weight: float
    network: bool
    domain: str


def _employers() -> list[Employer]:
    return [
        Employer(
            row["name"],
            row["siret"],
            row["section"],
            tuple(row["fields"].split("|")),
            row["city"],
            row["department"],
            row["country"],
            float(row["weight"]),
            row["network"] == "1",
            row["domain"],
        )
        for row in rows("employers.csv")
    ]


EMPLOYERS: Final = _employers()
EMPLOYER: Final = {employer.name: employer for employer in EMPLOYERS}
SECTOR: Final = {row["section"]: row["label"] for row in rows("sectors.csv")}


def _index() -> dict[tuple[str, str], Weighted[Employer]]:
    """By place (a département, a country, or * for the networks) and field."""
    found: dict[tuple[str, str], list[tuple[Employer, float]]] = defaultdict(list)
    for employer in EMPLOYERS:
        place = "*" if employer.network else employer.department or employer.country
        for field in employer.fields:
            found[place, field].append((employer, employer.weight))
    return {key: Weighted(employers) for key, employers in found.items()}


_WORKING_IN: Final = _index()


def employer_in(place: str, field: str, chance: Random) -> Employer | None:
    """An employer of that place and field; None sends to a network."""
    local = _WORKING_IN.get((place, field))
    if local is None or chance.random() > 0.88:
        return None
    return local.pick(chance)


def network(field: str, chance: Random) -> Employer:
    """An employer that is everywhere."""
    return _WORKING_IN["*", field].pick(chance)


def valid_siret(siret: str) -> bool:
    """
    Luhn's check, as every SIRET passes.

    >>> valid_siret("99907919700037"), valid_siret("99907919700038")
    (True, False)
    """
    if len(siret) != 14 or not siret.isdigit():
        return False
    doubled = (int(digit) * (2 if at % 2 else 1) for at, digit in enumerate(reversed(siret)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0
