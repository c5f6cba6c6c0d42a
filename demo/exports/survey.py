"""The survey of January 2019, thirty months after the degree: who answered, and the job that they had then.

A CSV of the observatory, `;`, UTF-8, headers of its own: mapped once. It wrote married names in capitals, hyphens gone.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from demo.characters import AMELIE
from demo.exports.tables import save_text
from demo.graduate import Graduate, Job
from demo.membership import lot
from demo.spelling import shouted

FILES: Final = ("enquete-30-mois-2019.csv",)
HEADER: Final = (
    *("N° étudiant", "Nom de naissance", "Nom marital", "Prénom", "Année du diplôme", "Diplôme"),
    *("Situation", "Emploi occupé", "Employeur", "Commune de travail", "Contrat", "En poste depuis"),
)
MEANING: Final = {
    "N° étudiant": "student_number",
    "Nom de naissance": "family",
    "Nom marital": "usage",
    "Prénom": "given",
    "Année du diplôme": "studies.year",
    "Diplôme": "studies.degree",
    "Situation": "",
    "Emploi occupé": "positions.title",
    "Employeur": "positions.employer",
    "Commune de travail": "positions.city",
    "Contrat": "positions.contract",
    "En poste depuis": "positions.started",
}
CLASSES: Final = (2014, 2015, 2016)
MONTH: Final = (2019, 1)


def takes(person: Graduate) -> bool:
    """Whether they answered."""
    if person.last.year not in CLASSES or person.died:
        return person.registers is not None and "survey" in person.registers
    return "survey" in person.registers if person.registers is not None else lot(person, "answered", 100) < 46


def write(persons: Sequence[Graduate], folder: Path) -> None:
    """Write the answers."""
    save_text(folder / FILES[0], HEADER, [_row(person) for person in persons], delimiter=";")


def _row(person: Graduate) -> tuple[str, ...]:
    job = _job(person)
    return (
        person.student_number,
        shouted(person.family),
        shouted(person.usage(MONTH[0])).replace("-", " "),
        person.given,
        str(person.last.year),
        person.last.degree.label,
        "En emploi" if job else "En recherche d’emploi",
        job.title if job else "",
        job.employer if job else "",
        job.city if job else "",
        job.contract if job else "",
        f"{job.started[1]:02d}/{job.started[0]}" if job else "",
    )


def _job(person: Graduate) -> Job | None:
    if person is AMELIE:
        return person.jobs[1]  # she answered on the old form: it is the trace that this job has left
    held = [job for job in person.jobs if job.started <= MONTH and (job.ended is None or job.ended >= MONTH)]
    return held[-1] if held else None
