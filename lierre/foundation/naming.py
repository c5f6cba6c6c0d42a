"""Gives back their names to the lines of the journal that hold only a number: those of people, who may be erased.

A line is never changed, so it could not forget a name. It keeps the number, and the name is looked up when the line is
read: after an erasing nothing is found, and the line says so.
"""

from collections.abc import Iterable
from typing import Any, Final

from django.contrib.auth import get_user_model
from django.db import models
from django.utils.translation import gettext as _

from lierre.foundation.models.journal import Entry
from lierre.foundation.models.unnamed import told_to, unnamed_kinds

EVERYTHING: Final = object()  # nobody in particular reads


def with_names(entries: Iterable[Entry], reader: Any = EVERYTHING) -> list[Entry]:
    """
    The lines, each with the name of whom it speaks of and of who acted. One question for each kind of people.

    Without a `reader` the page itself has asked who looks. Whoever may not be told a name is told a number.
    """
    lines = list(entries)
    kinds = list(unnamed_kinds() if reader is EVERYTHING else told_to(reader))
    subjects = {kind: found_of(model, ids_of(lines, kind)) for kind, model in kinds if ids_of(lines, kind)}
    actors = found_of(get_user_model(), {str(line.actor_id) for line in lines if line.actor_id and not line.by_name})
    for line in lines:
        if line.subject_kind in subjects and not line.subject_name:
            line.subject_name = subjects[line.subject_kind].get(line.subject_id, _("somebody who was erased"))
        elif line.subject_kind and not line.subject_name:
            line.subject_name = _("number %(number)s") % {"number": line.subject_id}
        if not line.by_name:
            line.by_name = actors.get(str(line.actor_id), _("an account that was erased"))
    return lines


def ids_of(lines: Iterable[Entry], kind: str) -> set[str]:
    return {line.subject_id for line in lines if line.subject_kind == kind and not line.subject_name}


def found_of(model: type[models.Model], numbers: set[str]) -> dict[str, str]:
    known = model._default_manager.in_bulk([int(number) for number in numbers if number.isdecimal()])
    return {str(number): str(found) for number, found in known.items()}
