"""A graduate as things really are. Each source then tells it its own way, and rarely the whole of it."""

from dataclasses import dataclass, field
from datetime import date
from typing import Final

from demo.degrees import Degree
from demo.institution import UNIT
from demo.names import Sex
from demo.places import COMMUNE, Commune

TODAY: Final = date(2026, 11, 23)  # the day on which the demonstration is looked at


@dataclass(slots=True)
class Diploma:
    """A degree followed by someone, and the last year of it."""

    degree: Degree
    year: int
    obtained: bool = True
    honours: str = ""  # passable, assez bien, bien, très bien
    modified: date | None = None  # when the school wrote it down; None is left to the file


@dataclass(slots=True)
class Job:
    """One job. Months are counted from 1; no end means that they are still there."""

    employer: str
    title: str
    city: str
    department: str
    country: str
    started: tuple[int, int]
    ended: tuple[int, int] | None = None
    contract: str = "CDI"
    rome: str = ""
    domain: str = ""


@dataclass(slots=True)
class Graduate:
    """Someone who studied at the institution, as things really are: each source then tells it its own way."""

    number: int
    sex: Sex
    given: str
    others: tuple[str, ...]
    family: str
    born: date
    birth_city: str
    birth_department: str
    birth_country: str
    nationality: str
    student_number: str
    ine: str
    diplomas: list[Diploma]
    origin: Commune
    street: str
    married: str = ""  # the name taken, "" when none
    married_in: int = 0
    email: str = ""
    student_email: str = ""
    phone: str = ""
    died: date | None = None
    lost: bool = False
    do_not_contact: bool = False
    jobs: list[Job] = field(default_factory=list)
    home: Commune | None = None  # today; None is abroad or unknown
    registers: frozenset[str] | None = None  # which files name them, for those whose story is told; None is by chance

    @property
    def last(self) -> Diploma:
        """Their highest, most recent degree."""
        return self.diplomas[-1]

    @property
    def abroad(self) -> Job | None:
        """The job that keeps them out of France today."""
        job = self.jobs[-1] if self.jobs else None
        return job if job and job.country != "FR" else None

    def usage(self, year: int = TODAY.year) -> str:
        """The name that they bore besides the name of birth that year, if any."""
        return self.married if self.married and self.married_in <= year else ""

    def shown(self, year: int = TODAY.year) -> str:
        """The family name that they signed with that year."""
        return self.usage(year) or self.family

    def job_on(self, year: int) -> Job | None:
        """The job held at the end of that year."""
        held = [job for job in self.jobs if job.started[0] <= year and (job.ended is None or job.ended[0] >= year)]
        return held[-1] if held else None


def address_of_student(person: Graduate, diploma: Diploma, draw: float) -> Commune:
    """Where the mail of a student went: the parents' home, or a room near the faculty."""
    return person.origin if draw < 0.6 else COMMUNE[UNIT[diploma.degree.unit].city]
