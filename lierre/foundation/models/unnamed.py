"""People whom the journal does not name, because they may be erased: how to find them by a name all the same."""

from collections.abc import Iterator
from typing import Any, Final, cast

from django.apps import apps
from django.db import models

from lierre.foundation.abilities import ability, may

# A search by name looks at no more people than this: a longer answer would be no answer.
MOST: Final = 500


def unnamed_kinds() -> Iterator[tuple[str, type[models.Model]]]:
    """The kinds of objects of which a line may keep only the number."""
    for model in apps.get_models():
        if hasattr(model, "unnamed_in_journal"):
            yield model._meta.label_lower, model


def told_to(reader: Any) -> Iterator[tuple[str, type[models.Model]]]:
    """
    The kinds whose names this reader may be told: `named_to`, on the model, is the ability that it takes.

    Someone may read the journal without the right to know who the people of the base are: the IT department.
    """
    for kind, model in unnamed_kinds():
        asked = getattr(model, "named_to", None)
        if asked is None or may(reader, ability(asked)):
            yield kind, model


def called(model: type[models.Model], words: str) -> list[str]:
    """The numbers of those who bear this name."""
    manager = cast(Any, model._default_manager)
    return [str(number) for number in manager.called(words).values_list("pk", flat=True)[:MOST]]
