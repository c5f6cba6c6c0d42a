"""What the alumni platform believes of someone: what they last wrote there, often years ago.

About three graduates in ten have an account, most of them young. What it says is as old as their last visit: the job of
that time, sometimes the student address that died with the studies, sometimes a town that they have left.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from demo.graduate import TODAY, Graduate, Job
from demo.membership import belongs, lot
from demo.spelling import compact

REGISTER: Final = "alumnforce"
ACTIVATED, NOT_REGISTERED, EXPIRED = "3", "0", "8"


@dataclass(frozen=True, slots=True)
class Account:
    """The account of one graduate on the platform."""

    person: Graduate
    identifier: str
    school_identifier: str  # the student number; blank for one account in eight, that nobody ever linked
    seen: date  # last update
    email: str
    job: Job | None
    state: str


def account_of(person: Graduate) -> Account | None:
    """Their account; None for those who never had one."""
    if not belongs(person, REGISTER):
        return None
    seen = _seen(person)
    job = person.job_on(seen.year)
    if job and job.started > (seen.year, seen.month):
        job = person.job_on(seen.year - 1)  # they came back before they moved
    silent = lot(person, "silent", 100)
    return Account(
        person=person,
        identifier=identifier(person),
        school_identifier="" if person.number >= 0 and lot(person, "unlinked", 8) == 0 else person.student_number,
        seen=seen,
        email=_email(person, seen),
        job=job,
        state=NOT_REGISTERED if silent < 22 else EXPIRED if silent < 26 else ACTIVATED,
    )


def identifier(person: Graduate) -> str:
    """The platform's own number of someone."""
    return str(400_000 + person.number) if person.number >= 0 else str(300_000 - person.number)


def _seen(person: Graduate) -> date:
    """Some day between the degree and today, the recent ones more often."""
    first = max(person.last.year, 2012)
    years = max(0, TODAY.year - first)
    age = lot(person, "age", 1000) / 1000
    year = TODAY.year - int(years * age * age)
    return min(date(year, 1 + lot(person, "month", 12), 1 + lot(person, "day", 28)), date(2026, 11, 1))


def _email(person: Graduate, seen: date) -> str:
    if person.number >= 0 and person.student_email and seen.year <= person.last.year + 2:
        return person.student_email
    return person.email


def work_email(person: Graduate, domain: str) -> str:
    """An address at their employer's, when it has a domain."""
    return f"{compact(person.given)}.{compact(person.shown())}@{domain}" if domain else ""


def day(when: date) -> str:
    """
    As French software writes a day.

    >>> day(date(1991, 5, 17))
    '17/05/1991'
    """
    return f"{when.day:02d}/{when.month:02d}/{when.year}"


def spaced(number: str) -> str:
    """
    A telephone number as it is read aloud.

    >>> spaced("0639981234")
    '06 39 98 12 34'
    """
    return " ".join(number[start : start + 2] for start in range(0, len(number), 2))
