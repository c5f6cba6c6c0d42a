"""
How fast lines are understood, once they have been split into cells: python -m benchmarks.dialects --lines 200000

Every value differs from one line to the next as much as in a real base, so that the caches of names and dates are
filled by the measure itself. The first figure is a cold process, the second the same lines again.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import Final

import django
from django.conf import settings

if not settings.configured:
    settings.configure(USE_I18N=False)
    django.setup()

from lierre.people.importing.dialects import mapped, recognise
from lierre.people.importing.table import Row, Table

FAMILIES: Final = ("HERVE", "KERBRAT", "LE GOFF", "TANGUY", "RIOU", "MORVAN", "QUERE", "CADIOU")
GIVEN: Final = ("AMELIE", "SOLENN", "YANN", "MAIWENN", "GWENAEL", "HELENE", "MALO", "LENA")
APOGEE: Final = (
    "COD_ETU", "COD_NNE_IND", "COD_CLE_NNE_IND", "LIB_NOM_PAT_IND", "LIB_NOM_USU_IND", "LIB_PR1_IND", "LIB_PR2_IND",
    "DATE_NAI_IND", "COD_SEX_ETU", "COD_PAY_NAT", "LIB_VIL_NAI_ETU", "COD_DEP_PAY_NAI", "DAT_MOD_IND", "LIB_AD1",
    "COD_BDI", "COD_PAY", "NUM_TEL", "COD_ANU", "COD_ETP", "COD_DIP", "COD_CMP", "ETA_IAE", "TEM_DIP_IAE", "LIB_ETP",
)  # fmt: skip
OWN: Final = {
    "NOM": "usage", "PRENOM": "given", "NE LE": "born", "ANNEE": "studies.year", "DIPLOME": "studies.degree",
    "MEL": "contacts.email", "POSTE": "positions.title", "EMPLOYEUR": "positions.employer", "VILLE": "positions.city",
    "NUMERO": "student_number",
}  # fmt: skip


def family(chance: Random) -> str:
    """Some 15 000 names, as in a base of a million persons."""
    return f"{chance.choice(FAMILIES)}-{''.join(chance.choices('ABCDEGLMNORST', k=3))}"


def apogee_rows(lines: int) -> Iterator[tuple[str, ...]]:
    chance = Random(2026)
    for number in range(lines):
        born = f"{chance.randint(1, 28):02d}/{chance.randint(1, 12):02d}/{chance.randint(1950, 2004)}"
        changed = f"{chance.randint(1, 28):02d}/07/{chance.randint(1990, 2026)}"
        yield (
            str(20_000_000 + number), f"{number:010d}", "K", family(chance), "", chance.choice(GIVEN), "JEANNE", born,
            "F", "100", "MORLAIX", "029", changed, f"{number % 90} rue de Siam", "29200", "100",
            f"02 61 91 {number // 100 % 100:02d} {number % 100:02d}", str(chance.randint(1975, 2025)), "MASSS2", "MASSS",
            "SCT", "E", "O", "Master Statistique et société",
        )  # fmt: skip


def own_rows(lines: int) -> Iterator[tuple[str, ...]]:
    chance = Random(2026)
    for number in range(lines):
        born = f"{chance.randint(1, 28):02d}/{chance.randint(1, 12):02d}/{chance.randint(1950, 2004)}"
        yield (
            family(chance), chance.choice(GIVEN), born, str(chance.randint(1975, 2026)), "Master Statistique et société",
            f"personne.{number}@courriel.example", "Chargée d’études", "Armor Énergies", "Brest", str(20_000_000 + number),
        )  # fmt: skip


def measure(
    name: str, header: Sequence[str], rows: Callable[[int], Iterator[tuple[str, ...]]], lines: int, *, own: bool
) -> str:
    table = Table(name, tuple(header), 1, lambda: iter(()))
    dialect = mapped(OWN) if own else recognise(table)
    assert dialect is not None
    assert hasattr(dialect, "understand")
    understand = dialect.understand(header, {})
    read = [Row(number, cells) for number, cells in enumerate(rows(lines), 2)]
    taken = []
    for _time in range(2):
        begun = time.perf_counter()
        for row in read:
            understand(row)
        taken.append(time.perf_counter() - begun)
    return f"{name:20} {len(header):>8} {lines:>9} " + " ".join(f"{each / lines * 1e6:>12.1f}" for each in taken)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=int, default=200_000)
    lines = parser.parse_args().lines
    print(f"Python {sys.version.split()[0]}, microseconds per line")
    print(f"{'file':20} {'columns':>8} {'lines':>9} {'cold':>12} {'warm':>12}")
    print(measure("Apogée, joined", APOGEE, apogee_rows, lines, own=False), flush=True)
    print(measure("columns explained", tuple(OWN), own_rows, lines, own=True), flush=True)


if __name__ == "__main__":
    main()
