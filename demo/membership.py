"""Which registers name someone besides the school: the platform, the association… Decided once, for all files."""

from typing import Final
from zlib import crc32

from demo.graduate import Graduate

# Share of a class in each register, in thousandths: (before 2000, from 2000 to 2014, since).
SHARES: Final = {
    "alumnforce": (140, 330, 460),
    "civicrm": (170, 110, 60),
    "hivebrite": (150, 250, 250),
    "association": (60, 80, 110),
}

# Whoever left France is easy to lose, and keeps the platform to hear from home.
ALUMNFORCE_ABROAD: Final = 900


def belongs(person: Graduate, register: str) -> bool:
    """Whether a register names this person: always the same answer, without drawing anything."""
    if person.registers is not None:
        return register in person.registers
    year = person.last.year
    share = SHARES[register][0 if year < 2000 else 1 if year < 2015 else 2]
    if register == "alumnforce" and person.abroad:
        share = ALUMNFORCE_ABROAD
    return lot(person, register, 1000) < share


def lot(person: Graduate, purpose: str, among: int) -> int:
    """A number below `among`, the same each time for a person and a purpose."""
    return crc32(b"%d/%s" % (person.number, purpose.encode())) % among
