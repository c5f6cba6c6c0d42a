"""Where people live and work: communes of France by population, and the countries graduates leave for."""

from collections import defaultdict
from dataclasses import dataclass
from random import Random
from typing import Final

from demo.carried import rows
from demo.chance import Weighted

BRITTANY: Final = ("22", "29", "35", "56")


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune of France."""

    code: str
    name: str
    department: str
    postcode: str


@dataclass(frozen=True, slots=True)
class Country:
    """A country where graduates work."""

    iso: str
    insee: str
    name: str
    cities: tuple[str, ...]


def _communes() -> list[tuple[Commune, float]]:
    return [
        (Commune(row["code"], row["name"], row["department"], row["postcode"]), float(row["population"]))
        for row in rows("communes.csv")
    ]


def _by_department(communes: list[tuple[Commune, float]]) -> dict[str, Weighted[Commune]]:
    found: dict[str, list[tuple[Commune, float]]] = defaultdict(list)
    for commune, population in communes:
        found[commune.department].append((commune, population))
    return {department: Weighted(list_) for department, list_ in found.items()}


def _by_name(communes: list[tuple[Commune, float]]) -> dict[str, Commune]:
    # The most populated wins, but for those overseas: Saint-Denis is the one near Paris.
    known = sorted(communes, key=lambda pair: (len(pair[0].department) < 3, pair[1]))
    return {commune.name: commune for commune, _ in known}


_ALL: Final = _communes()
COMMUNE: Final = _by_name(_ALL)
IN_DEPARTMENT: Final = _by_department(_ALL)
ELSEWHERE: Final = Weighted((commune, people) for commune, people in _ALL if commune.department not in BRITTANY)
COUNTRIES: Final = Weighted(
    (Country(row["iso"], row["insee"], row["name"], tuple(row["cities"].split("|"))), float(row["weight"]))
    for row in rows("places_abroad.csv")
)
COUNTRY_NAME: Final = {country.iso: country.name for country in COUNTRIES.things} | {"FR": "France"}
COUNTRY_INSEE: Final = {
    "FR": "100",
    **{row["iso"]: row["insee"] for row in rows("foreign.csv")},
    **{row["iso"]: row["insee"] for row in rows("places_abroad.csv")},
}

# Families of students: mostly from the north and west of Brittany.
FAMILY_HOMES: Final = Weighted([("29", 44), ("22", 26), ("56", 9), ("35", 9), ("", 12)])

STREETS: Final = tuple(
    street
    for line in """
        rue des Goélands|rue du Four-Neuf|venelle des Lavandières|rue de la Corderie|impasse des Ajoncs|rue des Bruyères
        allée des Cormorans|rue du Vieux-Puits|route de la Grève|place du Marché|rue des Tilleuls|quai de l’Aval
        rue de l’Estran|rue Traverse|chemin de Kerhuon|rue des Alizés|rue du Moulin-Vert|hent Coz|rue de la Fontaine
        rue des Genêts|rue Haute|rue du Bourg-Neuf|allée des Sternes|boulevard des Îles|rue de l’Abreuvoir|rue du Lavoir
        rue des Carmélites|rue de la Chapelle|square des Hortensias|rue du Télégraphe|rue des Remparts|rue du Couvent
        rue des Sardinières|rue du Sémaphore|rue des Camélias|rue de Toulbroc’h|rue de Penfoul|chemin des Dunes
        rue du Stade|résidence du Cœur-de-Ville|rue des Sœurs-Blanches|impasse du Bœuf-Rouge
    """.strip().splitlines()
    for street in line.strip().split("|")
)


def home_of_parents(chance: Random) -> Commune:
    """The commune that a student comes from."""
    department = FAMILY_HOMES.pick(chance)
    return IN_DEPARTMENT[department].pick(chance) if department else ELSEWHERE.pick(chance)


def street(chance: Random) -> str:
    """A number and a street, invented."""
    return f"{chance.randrange(1, 90)} {STREETS[int(chance.random() * len(STREETS))]}"
