"""The columns that a list of persons may have, on the page and in a file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lierre.people.directory.rows import Row
from lierre.people.directory.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Column:
    """`staff`: holds what only those who see everything may read."""

    name: str
    label: str | Promise
    value: Callable[[Row], Any]
    usual: bool = True
    staff: bool = False


COLUMNS: Final[tuple[Column, ...]] = (
    Column("nom", _("Name"), lambda row: row.name),
    Column("nom-de-naissance", _("Birth name"), lambda row: row.other_name, usual=False, staff=True),
    Column("promotion", _("Class"), lambda row: row.year),
    Column("diplome", _("Degree"), lambda row: row.degree),
    Column("niveau", _("Level"), lambda row: row.level, usual=False),
    Column("discipline", _("Discipline"), lambda row: row.discipline, usual=False),
    Column("composante", _("Faculty or school"), lambda row: row.unit, usual=False),
    Column("fonction", _("Title"), lambda row: row.title),
    Column("employeur", _("Employer"), lambda row: row.employer),
    Column("metier", _("Occupation"), lambda row: row.occupation, usual=False),
    Column("secteur", _("Sector"), lambda row: row.sector, usual=False),
    Column("ville", _("City"), lambda row: row.city),
    Column("departement", _("Département"), lambda row: row.department, usual=False),
    Column("pays", _("Country"), lambda row: row.country, usual=False),
    Column("nouvelles", _("Heard of on"), lambda row: row.heard_on, staff=True),
    Column("fiche", _("Identifier"), lambda row: row.public_id, usual=False),
)


def columns_for(viewer: Viewer) -> list[Column]:
    """Those this viewer may ask for."""
    return [column for column in COLUMNS if viewer.everything or not column.staff]


def columns_asked(viewer: Viewer, names: Sequence[str]) -> list[Column]:
    """Those that were asked for, the usual ones when none was. The name always comes."""
    possible = columns_for(viewer)
    asked = [column for column in possible if column.name in names] or [each for each in possible if each.usual]
    return asked if asked[0].name == "nom" else [possible[0], *asked]


def unusual(viewer: Viewer, names: Sequence[str]) -> tuple[str, ...]:
    """The same names, and nothing when they are the usual ones: every box of the table is sent with what is typed."""
    return () if columns_asked(viewer, names) == columns_asked(viewer, ()) else tuple(names)
