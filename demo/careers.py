"""Careers: jobs that follow from the studies, mostly in Brittany, with the moves and the gaps of real ones."""

from collections import defaultdict
from random import Random
from typing import Final

from demo.carried import rows
from demo.chance import Weighted
from demo.employers import Employer, employer_in, network
from demo.graduate import TODAY, Graduate, Job
from demo.places import COMMUNE, COUNTRIES, ELSEWHERE, IN_DEPARTMENT, Commune

# Where they work: about half in Brittany, then Paris and Nantes; "*" is the rest of France, "" is abroad.
SHARES: Final = (
    "29:22.5 22:11.3 35:12.5 56:7 44:7 75:8.5 92:4 93:1.5 78:1.5 971:.3 972:.3 973:.3 974:.6 976:.2 *:8 :14.5"
)
PLACES: Final = Weighted((place, float(share)) for place, share in (pair.split(":") for pair in SHARES.split()))
CIVIL_SERVANT: Final = "Titulaire de la fonction publique"
CONTRACTS: Final = Weighted([("CDI", 62), ("CDD", 16), (CIVIL_SERVANT, 15), ("Indépendant", 5), ("Intérim", 2)])
FIRST_CONTRACTS: Final = Weighted([("CDI", 40), ("CDD", 45), ("Volontariat", 3), ("Intérim", 7), ("Indépendant", 5)])
YEARS_IN_A_JOB: Final = Weighted([(1, 12), (2, 18), (3, 18), (4, 14), (5, 10), (7, 12), (10, 9), (15, 5), (25, 2)])
RETIREMENT: Final = 63
# Degrees that open one trade, and no other.
TRADES: Final = {"DOCMD": "medicine", "DOCCD": "dentistry", "DEINF": "nursing", "CERSF": "midwifery"}


def _occupations() -> dict[tuple[str, int], list[tuple[str, str, str]]]:
    found: dict[tuple[str, int], list[tuple[str, str, str]]] = defaultdict(list)
    for row in rows("occupations.csv"):
        found[row["field"], int(row["seniority"])].append((row["masculine"], row["feminine"], row["rome"]))
    return found


OCCUPATIONS: Final = _occupations()


def live(person: Graduate, chance: Random) -> None:
    """Give someone their jobs and the place where they live today."""
    field = person.last.degree.field
    until = min(TODAY.year, person.born.year + RETIREMENT, person.died.year if person.died else TODAY.year)
    year, month = person.last.year + (chance.random() < 0.3), 9 + int(chance.random() * 4)
    place = PLACES.pick(chance)
    while year <= until and (year, month) < (TODAY.year, TODAY.month) and len(person.jobs) < 7:
        lasting = YEARS_IN_A_JOB.pick(chance)
        job = _job(person, field, place, (year, month), chance)
        end = year + lasting
        month = 1 + int(chance.random() * 12)
        if end <= until and (end, month) < (TODAY.year, TODAY.month):
            job.ended = (end, month)
        elif until < TODAY.year:
            job.ended = max((until, 6), job.started)
        person.jobs.append(job)
        if job.ended is None or end > until:
            break
        year = end + (chance.random() < 0.08)
        if chance.random() < 0.45:
            place = PLACES.pick(chance)
    _settle(person, chance)


def _job(person: Graduate, field: str, place: str, started: tuple[int, int], chance: Random) -> Job:
    years_in = started[0] - person.last.year
    highest = 0 if person.last.degree.rank < 2 and years_in < 12 else 1 if years_in < 9 else 2
    seniority = min(highest, int(chance.random() * (1.4 + years_in / 6)))
    masculine, feminine, rome = chance.choice(OCCUPATIONS[TRADES.get(person.last.degree.code, field), seniority])
    employer, city, department, country = _workplace(field, place, chance)
    contracts = FIRST_CONTRACTS if years_in < 3 else CONTRACTS
    return Job(
        employer=employer.name,
        title=feminine if person.sex == "f" else masculine,
        city=city,
        department=department,
        country=country,
        started=started,
        contract=contracts.pick(chance),
        rome=rome,
        domain=employer.domain,
    )


def _workplace(field: str, place: str, chance: Random) -> tuple[Employer, str, str, str]:
    if place == "":
        country = COUNTRIES.pick(chance)
        local = employer_in(country.iso, field, chance)
        if local:
            return local, local.city, "", country.iso
        return network(field, chance), chance.choice(country.cities), "", country.iso
    found = None if place == "*" else employer_in(place, field, chance)
    if found:
        return found, found.city, found.department, "FR"
    commune = ELSEWHERE.pick(chance) if place == "*" else IN_DEPARTMENT[place].pick(chance)
    return network(field, chance), commune.name, commune.department, "FR"


def _settle(person: Graduate, chance: Random) -> None:
    job = person.jobs[-1] if person.jobs else None
    if job is None:
        person.home = person.origin
    elif job.country == "FR":
        person.home = _near(job, chance)


def _near(job: Job, chance: Random) -> Commune:
    commune = COMMUNE.get(job.city)
    if commune and commune.department == job.department and chance.random() < 0.5:
        return commune
    return IN_DEPARTMENT[job.department].pick(chance)
