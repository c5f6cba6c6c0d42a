"""Those whom the journeys bring: each journey its own, so that none waits for another."""

from dataclasses import replace
from pathlib import Path

from demo.characters import ERWAN, NOLWENN
from demo.exports import apogee
from demo.graduate import Graduate

# Run inside the product: two members of the class of 2014, with their accounts and what the school says of them.
CLASSMATES = """
from datetime import date
from lierre.accounts.models import Unit
from lierre.people.tests.witnesses import tell
from tests.house import someone
university = Unit.objects.get(code="UBN")
for given, family, number in (("Annaïg", "Kermarec", "21409001"), ("Goulven", "Quiniou", "21409002")):
    person = tell(None, "school", date(2014, 10, 8), given=given, family=family, student_number=number,
                  studies=[{"degree": "Master Statistique et société", "year": 2014, "obtained": True}])
    person.account = someone(f"{given} {family}", "graduate", university)
    person.save(update_fields=["account"])
"""


def graduates(mark: int) -> tuple[Graduate, Graduate]:
    """Two persons that nobody knows yet; the mark makes their numbers their own."""
    return (
        replace(NOLWENN, number=-100 - mark, given="Bleuenn", family=f"Kerguelen{LETTERS[mark]}", student_number=f"2118{mark:04}",
                ine=f"1107{mark:06}K", email="", married=""),
        replace(ERWAN, number=-200 - mark, given="Gwendal", family=f"Rosmadec{LETTERS[mark]}", student_number=f"2178{mark:04}",
                ine=f"1707{mark:06}K", email=""),
    )  # fmt: skip


LETTERS = ("", "a", "b", "c")


def extract(folder: Path, mark: int) -> Path:
    """What the school system says of these two, and a line with a day that no calendar has."""
    lines = [line for person in graduates(mark) for line in apogee.lines_of(person)]
    cells = lines[0].split(";")
    cells[1], cells[9] = f"2999{mark:04}", "31/02/1994"
    file = folder / "IND_2026.csv"
    file.write_bytes("\r\n".join([apogee.HEADER, *lines, ";".join(cells), ""]).encode(apogee.ENCODING))
    return file
