"""What the two IUT keep in ScoDoc of their last three classes: a workbook for Morlaix, a CSV for Lannion.

`Code_NIP` is the student number of Apogée, so these lines find their person. Births are real dates in the workbook,
`jj/mm/aaaa` in the CSV, where one in 150 was typed with the month first.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from demo.exports.platform import day, spaced
from demo.exports.tables import Cell, save_text, save_workbook
from demo.graduate import TODAY, Graduate
from demo.membership import lot
from demo.spelling import shouted

FILES: Final = ("scodoc-iut-morlaix-2026.xlsx", "scodoc-iut-lannion-2026.csv")
HEADER: Final = (
    *("Code_NIP", "Code_INE", "nom", "nom_usuel", "prenom", "civilite", "date_naissance", "lieu_naissance"),
    *("nationalite", "email", "emailperso", "telephonemobile", "domicile", "codepostaldomicile", "villedomicile"),
    "paysdomicile",
)


def takes(person: Graduate) -> bool:
    """Whether they left an IUT lately."""
    return person.last.degree.unit in {"IUTM", "IUTL"} and TODAY.year - 2 <= person.last.year <= TODAY.year


def write(persons: Sequence[Graduate], folder: Path) -> None:
    """Write one file per IUT."""
    morlaix = [_row(person) for person in persons if person.last.degree.unit == "IUTM"]
    lannion = [_written(_row(person), person) for person in persons if person.last.degree.unit == "IUTL"]
    save_workbook(folder / FILES[0], "Etudiants", HEADER, morlaix)
    save_text(folder / FILES[1], HEADER, lannion, delimiter=";")


def _row(person: Graduate) -> list[Cell]:
    return [
        person.student_number,
        person.ine,
        shouted(person.family),
        shouted(person.usage()),
        person.given,
        person.sex.upper(),
        person.born,
        person.birth_city,
        "Française" if person.nationality == "FR" else person.nationality,
        person.student_email,
        person.email if lot(person, "told", 3) else "",
        spaced(person.phone),
        person.street,
        person.origin.postcode,
        person.origin.name,
        "FRANCE",
    ]


def _written(row: list[Cell], person: Graduate) -> list[str]:
    backwards = lot(person, "backwards", 150) == 0
    born = f"{person.born.month:02d}/{person.born.day:02d}/{person.born.year}" if backwards else day(person.born)
    return [born if cell is person.born else str(cell) for cell in row]
