"""The line of a file that arrives about a person: a school system, profiles of a network, or the list of an event."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Final

from benchmarks.matching.base_line import Known
from benchmarks.matching.population import SUBJECTS, Person
from benchmarks.matching.slips import garbled, mistyped, scanned
from benchmarks.matching.wording import reworded_city, reworded_degree, reworded_employer
from demo.spelling import plain
from lierre.people.matching.names import folded, short_forms

COLUMNS: Final = (
    "id", "source", "given_name", "family_name", "birth_date", "email", "degree", "grad_year", "employer", "city",
)  # fmt: skip
SIGNS: Final = (", PhD", " (MBA)", " ✔", ", Ph.D.", " 🎓", " Jr")
PARTICLES: Final = ("le ", "la ", "de ", "du ", "d'")


@dataclass(frozen=True, slots=True)
class Source:
    """How often one kind of file says something, and how often it spoils it."""

    name: str
    weight: float
    born: float
    email: float
    degree: float
    year: float
    employer: float
    city: float
    usage: float  # of those who bear another name than that of birth, those who are called by it here
    plain: float
    capitals: float
    small: float
    all_given: float
    short: float
    sign: float
    typo: float
    swap: float
    other_email: float
    year_off: float
    moved: float


SOURCES: Final = (
    Source("sis", 35, 0.93, 0.82, 0.98, 0.97, 0.1, 0.88, 0.1, 0.75, 0.5, 0.01, 0.12, 0.003, 0.0, 0.03, 0.008, 0.35, 0.03, 0.3),
    Source("linkedin", 40, 0.0, 0.3, 0.85, 0.8, 0.92, 0.9, 0.6, 0.14, 0.03, 0.04, 0.01, 0.05, 0.04, 0.02, 0.008, 0.6, 0.22, 0.45),
    Source("event", 25, 0.12, 0.93, 0.4, 0.6, 0.6, 0.35, 0.5, 0.4, 0.1, 0.12, 0.01, 0.04, 0.01, 0.07, 0.05, 0.5, 0.1, 0.4),
)  # fmt: skip


@dataclass(slots=True)
class Line:
    """What is written, and the reasons why it is hard to recognise."""

    person: Person
    known: Known | None
    source: Source
    chance: Random
    hardness: float
    noise: list[str] = field(default_factory=list)

    def happens(self, rate: float, what: str = "") -> bool:
        if self.chance.random() >= rate * self.hardness:
            return False
        if what:
            self.noise.append(what)
        return True

    def row(self, number: str) -> tuple[str, ...]:
        """The cells. What they say of the person is drawn first, how it is written after."""
        given, family = self.given(), self.family()
        given, family = self.spoilt(given, "typo_given"), self.spoilt(family, "typo_family")
        given, family = self.written(given, family)
        degree, year = self.degree(), self.year()
        employer, city = self.employer(), self.city()
        return (number, self.source.name, given, family, self.born(), self.email(), degree, year, employer, city)

    def given(self) -> str:
        person, chance = self.person, self.chance
        given = person.given
        if person.others and chance.random() < self.source.all_given:
            self.noise.append("all_given")
            return " ".join((given, *person.others))
        if "-" in given and self.happens(0.2, "compound"):
            first, second = given.split("-", 1)
            return chance.choice((f"{first} {second}", f"{first}{second.lower()}", first, f"{first[0]}{second[0]}"))
        if self.happens(self.source.short, "nickname"):
            forms = sorted(form for form in short_forms().get(folded(given), ()) if len(form) <= len(given))
            return chance.choice(forms).title() if forms else given[: max(3, len(given) // 2)]
        if person.others and self.happens(0.014, "second_given"):
            return person.others[0]
        if self.source.name != "sis" and self.happens(0.014, "initial"):
            return f"{given[0]}."
        if self.happens(0.012, "spelling"):
            return respelt(given, chance)
        return given

    def family(self) -> str:
        person, chance = self.person, self.chance
        family = person.birth
        if person.usage and chance.random() < self.source.usage:
            self.noise.append("usage_name" if self.known is None or self.known.usage else "newly_married")
            family = person.usage
            if "-" not in family and chance.random() < 0.2:
                self.noise.append("both_names")
                family = chance.choice(
                    (f"{person.birth}-{family}", f"{family} née {person.birth}", f"{person.birth} ép. {family}")
                )
        elif "-" in family and self.happens(0.25, "double_cut"):
            family = chance.choice(family.split("-"))
        if family.lower().startswith(PARTICLES) and self.happens(0.2, "particle"):
            particle, rest = (family[:2], family[2:]) if family[1] == "'" else family.split(" ", 1)
            family = chance.choice((f"{particle}{rest.lower()}", rest, f"{rest} ({particle})"))
        return family

    def spoilt(self, name: str, what: str) -> str:
        if self.happens(self.source.typo / 2, what):
            return mistyped(name, self.chance)
        if self.happens(0.003, "scanned"):
            return scanned(name, self.chance)
        return name

    def written(self, given: str, family: str) -> tuple[str, str]:
        source, chance = self.source, self.chance
        if chance.random() < source.plain:
            if not (given + family).isascii():
                self.noise.append("accents_dropped")
            given, family = plain(given), plain(family)
        elif not (given + family).isascii() and self.happens(0.03, "garbled"):
            given, family = garbled(given, chance), garbled(family, chance)
        draw = chance.random()
        if draw < source.capitals:
            given, family = given if draw < source.capitals / 3 else given.upper(), family.upper()
        elif draw < source.capitals + source.small:
            given, family = given.lower(), family.lower()
        if self.happens(source.sign, "decoration"):
            family += chance.choice(SIGNS)
        if self.happens(source.swap, "swap"):
            given, family = family, given
        return given, family

    def born(self) -> str:
        day = self.person.born
        if self.chance.random() >= self.source.born:
            return ""
        if not self.happens(0.025, "dob_error"):
            return day.isoformat()
        draw = self.chance.random()
        if draw < 0.4 and day.day <= 12:
            return date(day.year, day.day, day.month).isoformat()
        if draw < 0.65:
            return (day + timedelta(days=self.chance.choice((-365, 365)))).isoformat()
        if draw < 0.75:
            return f"{day.year}-01-01"
        return day.replace(day=min(28, max(1, day.day + self.chance.choice((-10, 10, -1, 1))))).isoformat()

    def email(self) -> str:
        if self.chance.random() >= self.source.email:
            return ""
        kept = self.known.email if self.known and self.known.email else self.person.emails[0]
        other = self.person.emails[1] if kept == self.person.emails[0] else self.person.emails[0]
        email = kept
        if self.happens(self.source.other_email, "email_changed"):
            email = other
        if self.happens(0.005, "email_typo"):
            name, domain = email.split("@")
            email = f"{mistyped(name, self.chance)}@{domain}"
        return email

    def degree(self) -> str:
        person = self.person
        if self.chance.random() >= self.source.degree:
            return ""
        level, subject = person.level, person.subject
        if self.happens(0.12, "degree_other"):
            level, subject = (
                (level, self.chance.choice(SUBJECTS)) if self.chance.random() < 0.5 else ("Master", subject)
            )
        return reworded_degree(level, subject, self.chance)

    def year(self) -> str:
        if self.chance.random() >= self.source.year:
            return ""
        if self.happens(self.source.year_off, "year_off"):
            return str(self.person.year + self.chance.choice((-3, -2, -1, -1, -1, 1, 1, 2)))
        return str(self.person.year)

    def employer(self) -> str:
        if self.chance.random() >= self.source.employer:
            return ""
        changed = self.happens(0.5, "employer_changed")
        name = self.person.employers[1 if changed else 0]
        return reworded_employer(name, self.chance) if self.chance.random() < 0.35 else name

    def city(self) -> str:
        if self.chance.random() >= self.source.city:
            return ""
        name, postcode = self.person.cities[1 if self.happens(self.source.moved, "city_changed") else 0]
        return reworded_city(name, postcode, self.chance) if self.chance.random() < 0.4 else name


RESPELT: Final = (
    ("ph", "f"), ("th", "t"), ("y", "i"), ("ie", "y"), ("lle", "le"), ("nn", "n"), ("tt", "t"), ("ault", "aud"), ("aut", "ault"),
    ("c", "k"), ("ine", "yne"), ("ai", "é"), ("an", "ane"), ("ik", "ick"), ("h", ""),
)  # fmt: skip


def respelt(name: str, chance: Random) -> str:
    """
    Said the same, written otherwise.

    >>> respelt("Philippe", Random(1))
    'Filippe'
    """
    possible = [(one, other) for one, other in RESPELT if one in name.lower()[0:]]
    if not possible:
        return name
    one, other = chance.choice(possible)
    changed = name.lower().replace(one, other, 1)
    return changed[:1].upper() + changed[1:]
