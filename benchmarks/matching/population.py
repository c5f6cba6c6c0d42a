"""Graduates of a school that does not exist, with the families that make matching hard."""

from bisect import bisect
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from typing import Final

from benchmarks.matching.names import FOREIGN, Names
from demo.carried import rows
from demo.chance import Weighted
from demo.employers import EMPLOYERS
from demo.spelling import compact, plain

PROVIDERS: Final = Weighted(
    [(("gmail", "com"), 38), (("hotmail", "fr"), 11), (("orange", "fr"), 10), (("yahoo", "fr"), 9), (("free", "fr"), 7),
     (("outlook", "fr"), 7), (("laposte", "net"), 5), (("wanadoo", "fr"), 4), (("sfr", "fr"), 4), (("icloud", "com"), 3),
     (("proton", "me"), 2)]
)  # fmt: skip
SUBJECTS: Final = sorted({row["discipline"] for row in rows("degrees.csv")})
CITIES: Final = Weighted(
    ((row["name"], row["postcode"]), float(row["population"])) for row in rows("communes.csv") if row["population"]
)
LARGE: Final = Weighted((employer.name, employer.weight) for employer in EMPLOYERS)
KINDS: Final = ("Cabinet", "Lycée", "Clinique", "Pharmacie", "Collège", "Groupe", "Éditions", "Transports", "Atelier")
RELATIVES: Final = 4_000  # persons kept in mind, whose brothers, daughters and husbands may come later
LEVELS: Final = Weighted(
    [(("Master", 24), 38.0), (("Licence", 22), 33.0), (("BUT", 21), 11.0), (("Diplôme d’ingénieur", 24), 8.0),
     (("Doctorat", 28), 6.0), (("DESS", 24), 4.0)]
)  # fmt: skip


@dataclass(slots=True)
class Person:
    """What is true of somebody, before any file says it."""

    number: str
    sex: str
    given: str
    others: tuple[str, ...]
    birth: str
    usage: str  # the name of the husband or both, "" when there is none
    born: date
    level: str
    subject: str
    year: int
    emails: list[str] = field(default_factory=list)  # the oldest first
    employers: list[str] = field(default_factory=list)
    cities: list[tuple[str, str]] = field(default_factory=list)
    kind: str = ""  # brother, twin, son…: in what they resemble somebody who is known


class Population:
    """Persons one after the other, always the same ones for a seed."""

    def __init__(self, names: Names, seed: int, real_providers: bool = False) -> None:
        self.names = names
        self.chance = Random(f"{seed}/population")
        self.real_providers = real_providers
        self.known: list[Person] = []
        self.taken: set[int] = set()  # addresses, by their hash: millions of them must stay light
        self.small = [f"{self.chance.choice(KINDS)} {self.names.family_name(1960, self.chance)}" for _ in range(30_000)]

    def next(self, number: str) -> Person:
        """One more graduate: three in a hundred come from the family of another one."""
        if self.known and self.chance.random() < 0.034:
            person = self.relative(self.chance.choice(self.known), number)
        else:
            person = self.stranger(number)
        if len(self.known) < RELATIVES:
            self.known.append(person)
        elif self.chance.random() < 0.02:
            self.known[self.chance.randrange(RELATIVES)] = person
        return person

    def stranger(self, number: str) -> Person:
        chance = self.chance
        year = min(2025, int(chance.triangular(1966, 2026, 2014)))
        level, age = LEVELS.pick(chance)
        born_year = year - age - min(25, int(chance.expovariate(0.6)))
        sex = "F" if chance.random() < 0.54 else "M"
        if chance.random() < FOREIGN:
            given, birth = self.names.of_abroad(sex, chance)
        else:
            given, birth = self.names.given_name(sex, born_year, chance), self.names.family_name(born_year, chance)
        person = Person(
            number, sex, given, self.other_names(sex, born_year), birth, "",
            date(born_year, 1, 1) + timedelta(days=chance.randrange(365)), level, chance.choice(SUBJECTS), year,
        )  # fmt: skip
        self.marry(person)
        self.live(person)
        return person

    def other_names(self, sex: str, year: int) -> tuple[str, ...]:
        draw = self.chance.random()
        count = bisect((0.54, 0.86, 0.97), draw)
        return tuple(self.names.given_name(sex, max(1940, year - 30), self.chance) for _ in range(count))

    def marry(self, person: Person) -> None:
        """Two women in five who are old enough bear another name, one in four of those both; very few men do."""
        chance = self.chance
        if chance.random() > (
            min(0.42, max(0.0, (2026 - person.born.year - 24) * 0.03)) if person.sex == "F" else 0.012
        ):
            return
        other = self.names.family_name(person.born.year - 2, chance)
        draw = chance.random()
        together = f"{person.birth}-{other}" if draw < 0.17 else f"{other}-{person.birth}" if draw < 0.25 else other
        person.usage = together

    def live(self, person: Person) -> None:
        """Two or three addresses, employers and cities in a life."""
        chance = self.chance
        person.emails = [self.email(person, person.birth)]
        person.emails.append(self.email(person, person.usage or person.birth))
        person.employers = [self.employer(), self.employer()]
        person.cities = [CITIES.pick(chance), CITIES.pick(chance)]

    def employer(self) -> str:
        return LARGE.pick(self.chance) if self.chance.random() < 0.6 else self.chance.choice(self.small)

    def email(self, person: Person, family: str) -> str:
        """An address as people make them: both names, an initial, a year, rarely nothing of the name. Nobody had it before."""
        chance = self.chance
        given, name = plain(person.given).lower().replace(" ", "").replace("'", ""), compact(family)
        number = chance.choice(("", "", "", str(person.born.year)[2:], str(chance.randrange(1, 99))))
        shapes: tuple[Callable[[], str], ...] = (
            lambda: f"{given}.{name}", lambda: f"{given}.{name}", lambda: f"{given[0]}{name}", lambda: f"{given[0]}.{name}",
            lambda: f"{name}.{given}", lambda: f"{given}{name}", lambda: f"{given}{chance.choice('_-')}{name}",
            lambda: f"{given[:3]}{name[:4]}", lambda: f"{compact(self.names.family_name(1970, chance))}{given[:2]}",
        )  # fmt: skip
        name, domain = chance.choice(shapes)(), self.domain()
        email = f"{name}{number}@{domain}"
        while hash(email) in self.taken:
            email = f"{name}{chance.randrange(1000)}@{domain}"
        self.taken.add(hash(email))
        return email

    def domain(self) -> str:
        provider, country = PROVIDERS.pick(self.chance)
        return f"{provider}.{country if self.real_providers else 'example'}"

    def relative(self, of: Person, number: str) -> Person:
        """A brother or sister, a twin, a child of the same name, a husband or wife who reads the same mail."""
        draw = self.chance.random()
        make = (
            self.twin if draw < 0.08 else self.namesake if draw < 0.16 else self.couple if draw < 0.36 else self.sibling
        )
        return make(of, number)

    def sibling(self, of: Person, number: str) -> Person:
        person = self.stranger(number)
        person.birth, person.kind = of.birth, "sibling"
        person.born = of.born + timedelta(days=self.chance.choice((-1, 1)) * self.chance.randrange(330, 2900))
        person.year = max(person.born.year + 20, of.year + person.born.year - of.born.year)
        person.cities[0] = of.cities[0]
        if self.chance.random() < 0.5:
            person.subject = of.subject
        person.emails = [self.email(person, person.birth), self.email(person, person.usage or person.birth)]
        if self.chance.random() < 0.12:
            person.emails[0] = f"famille.{compact(of.birth)}@{of.emails[0].split('@')[1]}"
        return person

    def twin(self, of: Person, number: str) -> Person:
        person = self.sibling(of, number)
        person.born, person.year, person.level, person.kind = of.born, of.year, of.level, "twin"
        if person.sex == of.sex and self.chance.random() < 0.15:
            person.given = of.given[:2] + person.given[2:].lower() if len(person.given) > 4 else person.given
        person.emails = [self.email(person, person.birth), self.email(person, person.usage or person.birth)]
        return person

    def namesake(self, of: Person, number: str) -> Person:
        """A father and his son, who bear the same names."""
        person = self.sibling(of, number)
        person.sex, person.given, person.kind = of.sex, of.given, "same name in the family"
        years = self.chance.choice((-1, 1)) * self.chance.randrange(24, 36)
        person.born = replace_year(of.born, min(2004, max(1940, of.born.year + years)), self.chance)
        person.year = min(2026, max(1962, person.born.year + 24))
        person.emails = [self.email(person, person.birth), self.email(person, person.usage or person.birth)]
        return person

    def couple(self, of: Person, number: str) -> Person:
        """Husband or wife: the same name in use, the same city, often one address for both."""
        person = self.stranger(number)
        person.sex = "M" if of.sex == "F" else "F"
        person.given = self.names.given_name(person.sex, of.born.year, self.chance)
        person.born = of.born + timedelta(days=self.chance.randrange(-1500, 1500))
        person.year, person.kind = max(person.born.year + 20, of.year + self.chance.randrange(-3, 4)), "couple"
        if person.sex == "F":
            person.usage = of.birth
        else:
            person.birth, person.usage = of.usage.split("-")[0] or person.birth, ""
        person.cities[-1] = of.cities[-1]
        person.emails = [self.email(person, person.birth), self.email(person, person.usage or person.birth)]
        if self.chance.random() < 0.4:
            person.emails[-1] = of.emails[-1]
        return person

    def homonym(self, of: Person, number: str) -> Person:
        """Somebody else altogether, of the same name and of the same generation."""
        person = self.stranger(number)
        born = of.born + timedelta(days=round(self.chance.triangular(-5000, 5000, 0)))
        year = max(born.year + 20, of.year + born.year - of.born.year + self.chance.randrange(-3, 4))
        person = replace(person, sex=of.sex, given=of.given, birth=of.birth, born=born, year=year, kind="homonym")
        if self.chance.random() < 0.08:
            person.subject = of.subject
        person.emails = [self.email(person, person.birth), self.email(person, person.usage or person.birth)]
        return person


def replace_year(day: date, year: int, chance: Random) -> date:
    return date(year, 1, 1) + timedelta(
        days=chance.randrange(365) if chance.random() < 0.95 else day.timetuple().tm_yday - 1
    )
