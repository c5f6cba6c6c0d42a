"""What the association of graduates keeps in CiviCRM: members since 1969, many of them women known by two names.

UTF-8 with a byte-order mark, comma. `External Identifier` is the student number for three members in five; the others
share no key with the school. The association is who knows the dead, with the day. Bad lines: one member in 400 has no
name any more, one in 500 a day of birth that does not exist.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from demo.chance import stream
from demo.exports.tables import save_text
from demo.graduate import Graduate
from demo.membership import belongs, lot
from demo.places import COMMUNE
from demo.spelling import mistyped

FILES: Final = ("civicrm-association.csv",)
HEADER: Final = (
    *("Contact ID", "External Identifier", "First Name", "Last Name", "Former Name", "Gender", "Birth Date"),
    *("Street Address", "City", "Postal Code", "Country", "State", "Email", "IM", "Website", "Phone", "Phone Ext"),
    *("Job Title", "Current Employer", "Deceased", "Deceased Date", "Opt Out"),
)


def takes(person: Graduate) -> bool:
    """Whether they ever joined the association."""
    return belongs(person, "civicrm") or (person.died is not None and lot(person, "mourned", 3) == 0)


def write(persons: Sequence[Graduate], folder: Path) -> None:
    """Write the export."""
    rows = (_row(at, person) for at, person in enumerate(persons, 1))
    save_text(folder / FILES[0], HEADER, rows, delimiter=",", encoding="utf-8-sig")


def _row(at: int, person: Graduate) -> tuple[str, ...]:
    joined = person.last.year + 1 + lot(person, "joined", 10)
    job = person.job_on(min(joined, 2026))
    home = COMMUNE.get(job.city) if job and job.country == "FR" else person.home
    shown = person.shown()
    if person.number >= 0 and lot(person, "slip", 60) == 0:
        shown = mistyped(shown, stream(person.number, "slip"))
    born = f"{person.born.year}-02-31" if _spoilt(person, 500) else person.born.isoformat()
    nameless = _spoilt(person, 400)
    return (
        str(at),
        person.student_number if person.number < 0 or lot(person, "linked", 5) < 3 else "",
        "" if nameless else person.given,
        "" if nameless else shown,
        person.family if person.usage() else "",
        "Female" if person.sex == "f" else "Male",
        born if lot(person, "age told", 5) else "",
        person.street if home else "",
        home.name if home else "",
        home.postcode if home else "",
        "France" if home else "",
        "",
        person.email if lot(person, "wired", 4) else "",
        "",
        "",
        person.phone if lot(person, "called", 2) else "",
        "",
        job.title if job else "",
        job.employer if job else "",
        "1" if person.died else "0",
        person.died.isoformat() if person.died else "",
        "1" if person.do_not_contact else "0",
    )


def _spoilt(person: Graduate, among: int) -> bool:
    return person.number >= 0 and lot(person, f"spoilt {among}", among) == 0
