"""Around an erasing: what the other domains hold goes first; what the file of the base still remembers goes last."""

from typing import Final

from django.db import connection

from lierre.foundation.personal_data import Holding, register
from lierre.people.models import Merge, Person

# The base of persons, and the account, go with the person, in one gesture of their own.
WITH_THE_PERSON: Final = ("people.", "accounts.", "account.", "mfa.", "usersessions.", "foundation.")


def others(but: str = "") -> list[Holding]:
    """What is held outside the base of persons, and may be erased. `but` that of one domain: "privacy."."""
    left_out = (*WITH_THE_PERSON, but) if but else WITH_THE_PERSON
    return [each for each in register() if each.erase and not each.model.startswith(left_out)]


def forget_elsewhere(person: Person, but: str = "") -> int:
    """Each domain forgets them, and those who were merged into them. Answers how many rows went."""
    absorbed = Merge.objects.standing().filter(kept=person).values("gone")
    removed = 0
    for each in [person, *Person.objects.filter(pk__in=absorbed)]:
        for holding in others(but):
            assert holding.erase is not None
            removed += holding.erase(each)
    return removed


def overwrite_what_goes() -> None:
    """Rows that go are overwritten with zeros: not every build of SQLite does so by itself."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")


def sweep() -> None:
    """What was written goes from the journal of the embedded base to its file. PostgreSQL empties its pages by vacuum."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
