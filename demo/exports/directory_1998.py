"""“Annuaire de l’association, 1998”: a workbook typed by a volunteer, with headers of their own. No preset knows it.

One shows here how columns are mapped, once: married names first and birth names after, years on two digits, days of
birth that are text for some and dates for others, jobs of a world without web sites.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from demo.exports.platform import day
from demo.exports.tables import Cell, save_workbook
from demo.graduate import Graduate
from demo.membership import lot
from demo.places import COMMUNE
from demo.spelling import shouted

FILES: Final = ("annuaire-association-1998.xlsx",)
YEAR: Final = 1998
HEADER: Final = (
    *("N° fiche", "NOM (d’épouse s’il y a lieu)", "Jeune fille", "Prénoms", "Né(e) le", "Sorti(e) en", "Titre obtenu"),
    *("Situation en 98", "Maison ou administration", "Rue", "CP", "Localité", "Tél. domicile", "À jour de cotis."),
)


def takes(person: Graduate) -> bool:
    """Whether they had a line in that directory."""
    if person.number < 0 or person.last.year >= YEAR:
        return False
    return lot(person, "directory 1998", 1000) < 260 and not (person.died and person.died.year < YEAR)


def write(persons: Sequence[Graduate], folder: Path) -> None:
    """Write the workbook, in the order of the names."""
    ordered = sorted(persons, key=lambda person: (shouted(person.shown(YEAR)), person.given, person.number))
    rows = (_row(at, person) for at, person in enumerate(ordered, 1))
    save_workbook(folder / FILES[0], "Annuaire 98", HEADER, rows)


def _row(at: int, person: Graduate) -> tuple[Cell, ...]:
    job = person.job_on(YEAR)
    home = COMMUNE.get(job.city) if job and job.country == "FR" else person.origin
    return (
        str(at),
        shouted(person.shown(YEAR)),
        shouted(person.family) if person.usage(YEAR) else "",
        " ".join((person.given, *person.others)),
        person.born if lot(person, "typed", 4) else day(person.born),
        str(person.last.year) if lot(person, "century", 3) else f"{person.last.year % 100:02d}",
        person.last.degree.label,
        job.title if job else "sans",
        job.employer if job else "",
        person.street,
        home.postcode if home else "",
        home.name if home else "",
        f"02.61.91.{person.phone[6:8]}.{person.phone[8:]}",
        "oui" if lot(person, "paid", 3) else "non",
    )
