"""The joined extract of Apogée: INDIVIDU, ADRESSE, INS_ADM_ETP and ETAPE in one CSV, a line per degree of each person.

`;`, cp1252, CRLF, as a SQL client writes it. Nothing is cleaned, so it has what such files have:

- names in capitals without accents until the software changed in 2004, capitals with accents since;
- the national student number cut in two columns, blank or `000000000000` for those who left before it existed;
- départements on three digits, countries by their Insee code, phones with dots, without, or with blanks around;
- COD_ANU is the year in which the academic year begins: the degree of 2014 stands under 2013;
- whoever left France has no address any more, most often: the mail came back, and someone struck it out;
- one person in 400 has two student numbers and one national number; one in 1 000, two student numbers and none.

And the bad lines, by the number of the person (see BAD): a date that does not exist, no name at all, a `;` in the
address that nobody quoted and so one column too many, a line cut short, a formula where a street is awaited.
"""

from functools import cache
from typing import Final

from demo.graduate import Diploma, Graduate, address_of_student
from demo.membership import lot
from demo.places import COUNTRY_INSEE, Commune
from demo.spelling import fitting, shouted

ENCODING: Final = "cp1252"
HEADER: Final = (
    "COD_IND;COD_ETU;COD_NNE_IND;COD_CLE_NNE_IND;LIB_NOM_PAT_IND;LIB_NOM_USU_IND;LIB_PR1_IND;LIB_PR2_IND;LIB_PR3_IND;"
    "DATE_NAI_IND;COD_SEX_ETU;COD_PAY_NAT;LIB_VIL_NAI_ETU;COD_DEP_PAY_NAI;DAA_ENT_ETB;DAA_ETB;DAT_MOD_IND;"
    "LIB_AD1;LIB_AD2;LIB_AD3;COD_BDI;COD_COM;COD_PAY;NUM_TEL;"
    "COD_ANU;COD_ETP;COD_VRS_VET;COD_DIP;COD_CMP;ETA_IAE;TEM_IAE_PRM;TEM_DIP_IAE;LIB_ETP;LIC_ETP"
)

# One person in so many has such a line.
BAD: Final = {"date": 4001, "nameless": 5003, "columns": 3001, "short": 7001, "formula": 6007}
ACCENTS_SINCE: Final = 2004


def lines_of(person: Graduate) -> list[str]:
    """The lines of one person, one per degree, without their ends: the same in every extract."""
    found = [_line(person, diploma, person.student_number, person.ine) for diploma in person.diplomas]
    if person.number >= 0 and person.number % 400 == 37:
        found.append(_line(person, person.last, _other_number(person), person.ine))
    elif person.number >= 0 and person.number % 1000 == 41:
        found.append(_line(person, person.last, _other_number(person), "000000000000"))
    fault = fault_of(person.number)
    if fault:
        found[-1] = _spoilt(found[-1], fault, person)
    return found


def fault_of(number: int) -> str:
    """What is wrong with the last line of someone: "" for nearly everybody."""
    if number > 0:
        for at, (fault, among) in enumerate(BAD.items()):
            if number % among == 90 + at:
                return fault
    return ""


def _other_number(person: Graduate) -> str:
    # Beyond 100 000 000 nobody is drawn: nine digits, as a merger of two bases leaves behind.
    return f"1{person.student_number}"


def _line(person: Graduate, diploma: Diploma, number: str, ine: str) -> str:
    degree, year = diploma.degree, diploma.year
    names = _names(person, year)
    draw = lot(person, degree.code, 1009) / 1009
    where = address_of_student(person, diploma, draw)
    entered = str(person.diplomas[0].year - person.diplomas[0].degree.years_of_study)
    return ";".join(
        (
            str(1_000_000 + person.number * 7 + len(number)) if person.number >= 0 else f"9000{-person.number}",
            number,
            ine[:10],
            ine[10:],
            *names,
            f"{person.born.day:02d}/{person.born.month:02d}/{person.born.year}",
            person.sex.upper(),
            COUNTRY_INSEE.get(person.nationality, "100"),
            capitals(person.birth_city, year),
            f"{person.birth_department:0>3}" if person.birth_department else COUNTRY_INSEE[person.birth_country],
            entered,
            entered,
            _modified(person, diploma, draw),
            *_address(person, where, draw),
            _phone(person.phone, draw) if year > 1995 else "",
            str(year - 1),
            degree.stage,
            "1" if year < 2012 else "2",
            degree.code,
            degree.unit,
            "E",
            "O",
            "O" if diploma.obtained else "N",
            degree.label,
            degree.label[:25].rstrip(),
        )
    )


def _names(person: Graduate, year: int) -> tuple[str, str, str, str, str]:
    usage = person.usage(year) if year >= person.last.year else ""
    first, second = (*person.others, "", "")[:2]
    given = person.given if year >= ACCENTS_SINCE else shouted(person.given)
    return (
        capitals(person.family, year),
        capitals(usage, year) if usage else "",
        fitting(given, ENCODING),
        capitals(first, year),
        capitals(second, year),
    )


@cache
def _accented(text: str) -> str:
    return fitting(text.upper(), ENCODING)


def capitals(text: str, year: int) -> str:
    """
    As the software of that year held a name.

    >>> capitals("Hervé", 1998), capitals("Hervé", 2014)
    ('HERVE', 'HERVÉ')
    """
    return _accented(text) if year >= ACCENTS_SINCE else shouted(text)


def _modified(person: Graduate, diploma: Diploma, draw: float) -> str:
    if diploma.modified:
        return diploma.modified.strftime("%d/%m/%Y")
    if not diploma.obtained and person.number < 0:
        return "14/09/2026"  # enrolled, and not graduated yet
    return f"{1 + int(draw * 28):02d}/{7 + int(draw * 40) % 4:02d}/{diploma.year}"


def _address(person: Graduate, where: Commune, draw: float) -> tuple[str, str, str, str, str, str]:
    if person.abroad and lot(person, "struck out", 10) < 8:
        return "", "", "", "", "", ""
    flat = f"Appt {1 + int(draw * 60)}" if draw < 0.12 else ""
    residence = "Résidence Le Cœur de Ville" if 0.12 < draw < 0.13 else ""
    return person.street, flat, residence, where.postcode, where.code, "100"


def _phone(number: str, draw: float) -> str:
    if draw < 0.3:
        return ""
    if draw < 0.55:
        return number
    pairs = [number[at : at + 2] for at in range(0, len(number), 2)]
    return " ".join(pairs) if draw < 0.8 else ".".join(pairs)


def _spoilt(line: str, fault: str, person: Graduate) -> str:
    cells = line.split(";")
    if fault == "date":
        cells[9] = f"{30 + lot(person, 'day', 2)}/02/{person.born.year}"
    elif fault == "nameless":
        cells[4:9] = [""] * 5
    elif fault == "columns":
        cells[17] = f"{cells[17]}; bât. C"
    elif fault == "formula":
        cells[17] = "=cmd|'/c calc'!A1"
    else:
        cells = cells[:12]
    return ";".join(cells)
