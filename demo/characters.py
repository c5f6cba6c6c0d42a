"""The people whose stories the demonstration tells, and whom the tests call by name.

Amélie Hervé is the one to look at first: Master Statistique et société in 2014, after a licence in 2012. The school
knows her birth name and an address that has been refused since 2015; the survey of January 2019 knew a job in Lorient
and a married name without its hyphen; the LinkedIn archive that she dropped in November 2024 still says “Data
engineer”; Solenn Kerbrat had her on the telephone in September 2025; she wrote her present position herself in March
2026, and answered an invitation on 2 November 2026. Five witnesses, no two of whom agree.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from demo.degrees import DEGREE
from demo.graduate import Diploma, Graduate, Job
from demo.places import COMMUNE

PASSWORD: Final = "ivy on the old wall"  # noqa: S105 - of the demonstration, printed with the log-ins


@dataclass(frozen=True, slots=True)
class Account:
    """Someone who can sign in, the role that they hold, and where."""

    name: str
    email: str
    role: str
    unit: str


ACCOUNTS: Final = (
    Account("Solenn Kerbrat", "solenn.kerbrat@ubn.example", "alumni_office", "UBN"),
    Account("Gwenaël Riou", "gwenael.riou@ubn.example", "communication", "UBN"),
    Account("Hélène Morvan", "helene.morvan@ubn.example", "direction", "UBN"),
    Account("Maïwenn Tanguy", "maiwenn.tanguy@ubn.example", "data_protection", "UBN"),
    Account("Malo Quéré", "malo.quere@ubn.example", "it", "UBN"),
    Account("Ronan Cloarec", "ronan.cloarec@ubn.example", "hr", "UBN"),
    Account("Klervi Madec", "klervi.madec@ubn.example", "recruiter_relations", "UBN"),
    Account("Yann Le Goff", "yann.legoff@ubn.example", "ambassador", "LENM"),
    Account("Amélie Hervé", "amelie.herve@courriel.example", "graduate", "UBN"),
    Account("Lena Cadiou", "lena.cadiou@etu.ubn.example", "student", "UBN"),
    Account("Hugo Ferrand", "hugo.ferrand@armor-energies.example", "recruiter", "UBN"),
)
# Two who answer for one unit only: the head of a laboratory, the correspondent of the school that it hangs on.
IN_UNITS: Final = (
    Account("Morgane Kerhoas", "morgane.kerhoas@ubn.example", "direction", "LENM"),
    Account("Loeiz Kerdraon", "loeiz.kerdraon@ubn.example", "communication", "ENB"),
)
# Those who speak in their own name beside Yann, in his laboratory: figures are told of five persons at least.
VOICES: Final = tuple(
    Account(name, f"{address}@ubn.example", "ambassador", "LENM")
    for name, address in (
        ("Rozenn Quémener", "rozenn.quemener"), ("Gurvan Le Dantec", "gurvan.ledantec"), ("Enora Pennec", "enora.pennec"),
        ("Tugdual Guillou", "tugdual.guillou"), ("Azenor Floc’h", "azenor.floch"), ("Corentin Huon", "corentin.huon"),
    )
)  # fmt: skip
EVERY_ACCOUNT: Final = (*ACCOUNTS, *IN_UNITS, *VOICES)

# Files that may name someone: those of `demo.membership`, and the school's own, which knows everybody.
AMELIE: Final = Graduate(
    number=-1,
    sex="f",
    given="Amélie",
    others=("Jeanne",),
    family="Hervé",
    born=date(1991, 5, 17),
    birth_city="Morlaix",
    birth_department="29",
    birth_country="FR",
    nationality="FR",
    student_number="20901412",
    ine="1407412058K",
    diplomas=[
        Diploma(DEGREE["LICMA"], 2012, modified=date(2012, 7, 9)),
        Diploma(DEGREE["MASSS"], 2014, honours="bien", modified=date(2014, 10, 8)),
    ],
    origin=COMMUNE["Morlaix"],
    street="14 rue des Sternes",
    married="Hervé-Cariou",
    married_in=2018,
    email="amelie.herve@courriel.example",
    student_email="a.herve@etu.ubn.example",
    home=COMMUNE["Brest"],
    registers=frozenset({"association", "survey", "linkedin"}),
    jobs=[
        Job("Agence d’urbanisme du Trégor", "Chargée d’études", "Lannion", "22", "FR", (2014, 10), (2016, 8), "CDD"),
        Job("Observatoire des ports", "Ingénieure statisticienne", "Lorient", "56", "FR", (2016, 9), (2018, 8)),
        Job("Armor Énergies", "Data engineer", "Brest", "29", "FR", (2018, 9), (2022, 12), rome="M1811"),
        Job("Armor Énergies", "Responsable données", "Brest", "29", "FR", (2023, 1), rome="M1423"),
    ],
)


def _someone(
    number: int,
    name: str,
    born: date,
    birth: str,
    studies: tuple[str, int],
    job: Job | None,
    registers: str,
    *,
    sex: str = "m",
    married: str = "",
    home: str = "Brest",
) -> Graduate:
    given, _, family = name.partition(" ")
    city = COMMUNE.get(birth)
    code, year = studies
    return Graduate(
        number=-number,
        sex="f" if sex == "f" else "m",
        given=given,
        others=(),
        family=family,
        born=born,
        birth_city=birth,
        birth_department=city.department if city else "",
        birth_country="FR" if city else "SN",
        nationality="FR" if city else "SN",
        student_number=f"2{year % 100:02d}0{number:04d}",
        ine=f"{year % 100:02d}0730{number:04d}T",
        diplomas=[Diploma(DEGREE[code], year, obtained=year <= 2026)],
        origin=city or COMMUNE["Brest"],
        street=f"{number} rue du Sémaphore",
        married=married,
        married_in=2015 if married else 0,
        email=f"{given}.{family}@courriel.example".lower().translate(PLAIN),
        student_email=f"{given[0]}.{family}@etu.ubn.example".lower().translate(PLAIN),
        phone=f"063998{number:04d}",
        jobs=[job] if job else [],
        home=COMMUNE[home],
        registers=frozenset(registers.split()),
    )


PLAIN: Final = str.maketrans("éèëïêç ", "eeeiec-")

ERWAN: Final = _someone(
    2, "Erwan Bellec", date(1994, 2, 8), "Saint-Brieuc", ("MASGE", 2017),
    Job("Syndicat d’énergie du Léon", "Ingénieur réseaux", "Morlaix", "29", "FR", (2019, 3), rome="M1810"),
    "alumnforce association resume", home="Morlaix",
)  # fmt: skip
NOLWENN: Final = _someone(
    3, "Nolwenn Prigent", date(1988, 9, 23), "Quimper", ("MASDE", 2011),
    Job("Houle Vive", "Cheffe de projet éolien en mer", "Lorient", "56", "FR", (2017, 5), rome="H1102"),
    "alumnforce civicrm europass", sex="f", home="Lorient",
)  # fmt: skip
MAMADOU: Final = _someone(
    4, "Mamadou Sarr", date(2000, 11, 4), "Dakar", ("MASPH", 2024),
    Job("Laboratoire des énergies marines", "Doctorant", "Brest", "29", "FR", (2024, 10), contract="CDD", rome="K2402"),
    "alumnforce",
)  # fmt: skip
KATELL: Final = _someone(
    5, "Katell Jaouen", date(1990, 3, 30), "Landerneau", ("LPACH", 2012),
    Job("Armor Énergies", "Acheteuse", "Rennes", "35", "FR", (2021, 6), rome="M1101"),
    "association civicrm survey", sex="f", married="Jaouen-Roux", home="Rennes",
)  # fmt: skip
TRISTAN: Final = _someone(
    6, "Tristan Abgrall", date(1998, 7, 12), "Guingamp", ("DUTGT", 2019),
    Job("Communauté de communes du Trégor-Goëlo", "Conseiller énergie", "Lannion", "22", "FR", (2020, 1), rome="F1106"),
    "alumnforce association", home="Lannion",
)  # fmt: skip
INES: Final = _someone(
    7, "Inès Belkacem", date(1996, 12, 1), "Rennes", ("MASEE", 2020),
    Job("Kerlann Conseil", "Analyste de marché", "Rennes", "35", "FR", (2020, 9), rome="M1403"),
    "alumnforce", sex="f", home="Rennes",
)  # fmt: skip
YANN: Final = _someone(
    8, "Yann Le Goff", date(1982, 4, 19), "Brest", ("DOCEM", 2010),
    Job("Université de Bretagne-Nord", "Maître de conférences", "Brest", "29", "FR", (2012, 9), rome="K2108"),
    "alumnforce",
)  # fmt: skip
LENA: Final = _someone(9, "Lena Cadiou", date(2003, 1, 28), "Morlaix", ("MASSS", 2027), None, "", sex="f")

CHARACTERS: Final = (AMELIE, ERWAN, NOLWENN, MAMADOU, KATELL, TRISTAN, INES, YANN, LENA)


def characters_in(register: str) -> Iterator[Graduate]:
    """Those whom a file names."""
    return (person for person in CHARACTERS if person.registers is not None and register in person.registers)
