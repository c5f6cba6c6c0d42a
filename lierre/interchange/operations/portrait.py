"""A person as machines read them: the same values as on the page, and not one more."""

import json
from hashlib import sha256
from typing import Any, Final

from lierre.people.directory.rows import Row
from lierre.people.facts import FIELDS, LEVELS
from lierre.people.readings.sheet import FAMILIES_OF, Sheet

# What the page shows of each to those who do not see everything.
STUDY: Final = ("degree", "level", "discipline", "unit", "school", "year", "honours")
POSITION: Final = ("employer", "title", "sector", "started", "ended")
PLACE: Final = ("city", "department", "country")


def found(row: Row) -> dict[str, Any]:
    """One line of a list."""
    shown = {
        name: getattr(row, name) or None
        for name in ("year", "degree", "discipline", "unit", "title", "employer", "occupation", "sector", *PLACE)
    }
    level = next((code for code, label in LEVELS.items() if row.level and str(label) == row.level), None)
    return shown | {
        "id": row.public_id, "name": row.name, "level": level, "birth_name": row.other_name or None,
        "heard_on": row.heard_on, "deceased": row.deceased,
    }  # fmt: skip


def portrait(sheet: Sheet) -> dict[str, Any]:
    """One person, value by value, as far as the viewer of the sheet may read."""
    folded = sheet.folded
    studies: list[Any] = [item for item, _by in folded.studies] if sheet.allows("study") else []
    positions: list[Any] = [item for item, _by in folded.positions] if sheet.allows("position") else []
    contacts: list[Any] = [item for item, _by in folded.contacts if sheet.allows(item["kind"])]
    if not sheet.viewer.everything:
        names = (*POSITION, *PLACE) if sheet.allows("place") else POSITION
        studies, positions = [only(each, STUDY) for each in studies], [only(each, names) for each in positions]
        contacts = [only(each, ("kind", "value", "use")) for each in contacts]
    return {
        "id": sheet.person.public_id, "name": str(sheet.person), "values": values_of(sheet), "studies": studies,
        "positions": [each for each in positions if each], "contacts": contacts,
    }  # fmt: skip


def values_of(sheet: Sheet) -> dict[str, Any]:
    """That a name is one of usage says that another was borne at birth: for others it is in `name`, and no more."""
    known = {field.name: sheet.folded.values[field.name] for field in FIELDS if field.name in sheet.folded.values}
    if sheet.viewer.everything:
        return known
    return {
        name: value
        for name, value in known.items()
        if name != "usage" and name in FAMILIES_OF and all(sheet.allows(family) for family in FAMILIES_OF[name])
    }


def only(item: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: item[name] for name in names if name in item}


def mark_of(shown: dict[str, Any]) -> str:
    """Changes when anything that is shown does. Weak: the same values may be compressed on their way."""
    text = json.dumps(shown, sort_keys=True, default=str)
    return f'W/"{sha256(text.encode()).hexdigest()[:32]}"'
