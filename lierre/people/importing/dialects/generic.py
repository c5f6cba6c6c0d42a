"""A table of somebody's own: what its columns mean is said once, by a person, and a first guess is offered."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from typing import Final

from django.utils.translation import gettext_lazy as _

from lierre.people.importing.dialects.aliases import ENGLISH, MEANT
from lierre.people.importing.dialects.columned import Columned
from lierre.people.importing.dialects.targets import TABLE, TARGETS
from lierre.people.importing.reading.header import fold_header
from lierre.people.importing.table import Row
from lierre.people.importing.values import Misread
from lierre.people.importing.values.codes import INE
from lierre.people.importing.values.contacts import EMAIL

NAME: Final = "generic"
LOOKED_AT: Final = 200
ONCE: Final = frozenset({"contacts.email", "contacts.phone", "contacts.address", "given_others"})  # may be said twice
SHAPES: Final[tuple[tuple[str, Callable[[str], bool]], ...]] = (
    ("contacts.email", lambda cell: EMAIL.match(cell.lower()) is not None),
    ("ine", lambda cell: len(cell) == 11 and INE.match(cell.upper()) is not None and not cell.isdigit()),
    ("contacts.phone", lambda cell: re.fullmatch(r"(?:\+33|0)[ .]?[1-9](?:[ .]?\d{2}){4}", cell) is not None),
    ("linkedin", lambda cell: "linkedin.com/in/" in cell),
)
# A column called so is another thing when its cells do not look like it.
PROVED: Final = frozenset({"studies.year", "born", "contacts.email", "ine"})


class Mapped(Columned):
    """The generic dialect, with the meaning that somebody gave to each column."""

    def target_of(self, column: str) -> str:
        return self.targets.get(fold_header(column), "")

    def recognises(self, header: Sequence[str]) -> float:  # noqa: ARG002 - nobody's table is recognised by itself
        return 0.0

    def order_of(self, column: str) -> str:
        return "" if fold_header(column) in ENGLISH else self.date_order


def mapped(columns: Mapping[str, str]) -> Mapped:
    """
    The dialect of a table whose columns were explained. A target that no longer exists is left aside.

    Names are compared folded: the next file may write the same column in capitals.
    """
    known = {fold_header(column): target for column, target in columns.items() if target in TARGETS}
    return Mapped(NAME, _("Columns explained here"), "third", known, frozenset(), order=50)


def suggest(header: Sequence[str], rows: Iterable[Row | Sequence[str]] = ()) -> dict[str, str]:
    """
    What each column probably means, by its name and then by its cells. A column nobody understands is left out.

    >>> suggest(["Né(e) le", "PRENOM", "COTIS"], [])
    {'Né(e) le': 'born', 'PRENOM': 'given'}
    """
    cells = samples(rows, len(header))
    found: dict[str, str] = {}
    for place, column in enumerate(header):
        target = meant(column)
        if target in PROVED and cells[place] and not fits(target, cells[place]):
            target = ""
        target = target or shaped(cells[place])
        if target and (target in ONCE or target not in found.values()):
            found[column] = target
    return relate(header, found)


def samples(rows: Iterable[Row | Sequence[str]], width: int) -> list[list[str]]:
    found: list[list[str]] = [[] for _column in range(width)]
    for row in islice(rows, LOOKED_AT):
        for place, cell in enumerate((row.cells if isinstance(row, Row) else row)[:width]):
            if cell.strip():
                found[place].append(cell.strip())
    return found


def meant(column: str) -> str:
    """By the name of the column: the whole of it, then without what stands in brackets."""
    name = fold_header(column)
    return MEANT.get(name) or MEANT.get(name.partition("(")[0].strip(" :*")) or ""


def shaped(cells: Sequence[str]) -> str:
    """By the cells alone, when nearly all of them look the same."""
    if not cells:
        return ""
    return next((target for target, like in SHAPES if sum(map(like, cells)) >= 0.9 * len(cells)), "")


def fits(target: str, cells: Sequence[str]) -> bool:
    """Whether most cells can be read so."""
    return sum(readable(target, cell) for cell in cells) * 2 >= len(cells)


def readable(target: str, cell: str) -> bool:
    try:
        TABLE[target][1]({}, cell)
    except Misread:
        return False
    return True


def relate(header: Sequence[str], found: dict[str, str]) -> dict[str, str]:
    """“Nom” beside “Nom de jeune fille” is the name borne today; a town alone, beside a job, is the town of the job."""
    targets = set(found.values())
    for column in header:
        if fold_header(column) == "nom" and "usage" not in targets:
            other = next((name for name in header if name != column and meant(name) == "family"), None)
            if other:
                found[column], found[other] = "usage", "family"
        job = "positions.employer" in targets and not targets & {"contacts.address", "contacts.postcode"}
        if found.get(column) == "contacts.city" and job:
            found[column] = "positions.city"
    return found
