"""What goes: every table of the house, unless it is said why not. A new table of any domain goes by itself."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from graphlib import TopologicalSorter
from hashlib import sha256
from typing import Any, Final

import orjson
from django.apps import apps
from django.db import connection, models
from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

from lierre.people.exporting.reading import Reading
from lierre.people.exporting.spelling import Spell, kind, read, spell

_stays: dict[str, str | Promise] = {}
_secrets: dict[str, frozenset[str]] = {}
# Folded from records: they go to be read, are not read back, and must come out the same.
FOLDED: Final = ("people.study", "people.position", "people.contactpoint")
# Of a person, what no record says. The rest is folded.
OWN: Final = ("id", "public_id", "account_id")
PERSONS_AT_ONCE: Final = 5_000
OPEN_DOORS: Final = ("password", "secret")


def stays(label: str, why: str | Promise) -> None:
    """Say that a table does not go, and why: the guide in the archive repeats it. Any domain may."""
    _stays[label] = why


def keep_secret(label: str, *columns: str) -> None:
    """Columns that open doors: they stay, and are empty in a house that is restored."""
    _secrets[label] = frozenset(columns)


def what_stays() -> dict[str, str | Promise]:
    autodiscover_modules("leaving")
    return dict(sorted(_stays.items()))


@dataclass(frozen=True)
class Table:
    """One table, line by line in JSON, always in the same order and the same spelling: two houses can be compared."""

    model: type[models.Model]

    @property
    def label(self) -> str:
        return self.model._meta.label_lower

    @property
    def is_folded(self) -> bool:
        return self.label in FOLDED

    @property
    def path(self) -> str:
        return f"tables/{self.label}.jsonl"

    @property
    def name(self) -> str:
        return self.model._meta.db_table

    @cached_property
    def fields(self) -> list[Any]:
        fields = [each for each in self.model._meta.concrete_fields if each.column and not self.is_secret(each)]
        return [each for each in fields if not (self.is_folded and each.primary_key)]

    def is_secret(self, field: Any) -> bool:
        """Said so by its domain, or by its name: a new secret stays even when nobody thought of it."""
        return field.name in _secrets.get(self.label, ()) or any(word in field.name for word in OPEN_DOORS)

    @cached_property
    def columns(self) -> list[str]:
        return [field.column for field in self.fields]

    @cached_property
    def key(self) -> list[str]:
        """What names a line: the person for what is folded, whose rows have numbers of their own in each house."""
        return ["person_id"] if self.is_folded else [str(field.column) for field in self.model._meta.pk_fields]

    @cached_property
    def spelled(self) -> list[tuple[int, Spell]]:
        return [(at, how) for at, field in enumerate(self.fields) if (how := spell(field))]

    @cached_property
    def read_back(self) -> list[tuple[str, Spell]]:
        return [(field.column, how) for field in self.fields if (how := read(field))]

    @cached_property
    def option(self) -> int:
        """The keys of a JSON value have no order on a server, so they are sorted."""
        sorts = orjson.OPT_SORT_KEYS if any(kind(field) == "JSONField" for field in self.fields) else 0
        return orjson.OPT_APPEND_NEWLINE | sorts

    def count(self, reading: Reading) -> int:
        return reading.number(f"SELECT count(*) FROM {self.name}")

    def rows(self, reading: Reading) -> Iterator[list[Sequence[Any]]]:
        """By the thousand, as JSON spells them, in the order of the key."""
        names = ", ".join(f'"{column}"' for column in self.columns)
        order = ", ".join(map(self.in_order, self.key))
        for some in reading.batches(f"SELECT {names} FROM {self.name} ORDER BY {order}"):
            yield self.spell_all(some)

    def in_order(self, column: str) -> str:
        """Text by its letters: a server may order words as a dictionary of its country does, the embedded base never."""
        texts = [field.column for field in self.fields if kind(field) == "CharField"]
        return f'"{column}" COLLATE "C"' if connection.vendor == "postgresql" and column in texts else f'"{column}"'

    def spell_all(self, rows: Sequence[Sequence[Any]]) -> list[Sequence[Any]]:
        if not self.spelled:
            return list(rows)
        columns: list[Sequence[Any]] = list(zip(*rows, strict=True))
        for at, how in self.spelled if columns else ():
            columns[at] = [None if value is None else how(value) for value in columns[at]]
        return list(zip(*columns, strict=True))

    def lines(self, rows: Sequence[Sequence[Any]]) -> bytes:
        """The rows of one person have no order of their own, so the lines are sorted within each."""
        columns, option, dumps = self.columns, self.option, orjson.dumps
        spelled = [dumps(dict(zip(columns, row)), None, option) for row in rows]  # noqa: B905 - by the million
        if self.is_folded:
            at = columns.index("person_id")
            persons = [row[at] for row in rows]
            spelled = [line for _person, line in sorted(zip(persons, spelled, strict=True))]
        return b"".join(spelled)

    def all_lines(self, reading: Reading) -> Iterator[tuple[int, bytes]]:
        """How many rows, and their lines, piece by piece. What is folded is cut between two persons."""
        if not self.is_folded:
            for rows in self.rows(reading):
                yield len(rows), self.lines(rows)
            return
        for first, last in ranges(reading):
            rows = self.of_persons(reading, first, last)
            if rows:
                yield len(rows), self.lines(rows)

    def of_persons(self, reading: Reading, first: int, last: int) -> list[Sequence[Any]]:
        names = ", ".join(f'"{column}"' for column in self.columns)
        where = f"WHERE person_id BETWEEN {first} AND {last} ORDER BY person_id, id"
        return self.spell_all(reading.all(f"SELECT {names} FROM {self.name} {where}"))

    def digest(self, reading: Reading) -> tuple[int, str]:
        """How many rows there are, and the mark of all they say."""
        count, mark = 0, sha256()
        for rows, lines in self.all_lines(reading):
            count += rows
            mark.update(lines)
        return count, mark.hexdigest()


def tables() -> list[Table]:
    """Those that go, each after those it points at."""
    away = what_stays()
    found = {
        model: Table(model)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and model._meta.label_lower not in away
    }
    order = TopologicalSorter(
        {
            model: [
                other for field in model._meta.concrete_fields if (other := field.related_model) not in {None, model}
            ]
            for model in found
        }
    )
    return [found[model] for model in order.static_order() if model in found]


def ranges(reading: Reading) -> Iterator[tuple[int, int]]:
    """Ranges of numbers that together hold every person."""
    last = reading.number("SELECT max(id) FROM people_person")
    for first in range(1, last + 1, PERSONS_AT_ONCE):
        yield first, first + PERSONS_AT_ONCE - 1


ASIDE: Final = _("What this machine is doing just now: it begins again by itself elsewhere.")
ELSEWHERE: Final = _("Made again from the records.")
DOORS: Final = _("It opens doors. In a house that is restored, everyone chooses a new password and new keys.")
UNUSED: Final = _("Not used here.")
for _label in ("foundation.duty", "foundation.work", "foundation.worker", "people.export", "people.exitrehearsal"):
    stays(_label, ASIDE)
for _label in ("people.directoryentry", "people.directorychange", "people.duplicatesearch"):
    stays(_label, ELSEWHERE)
for _label in ("people.keypage", "people.keyshelf"):
    stays(_label, ELSEWHERE)
for _label in ("mfa.authenticator", "usersessions.usersession", "sessions.session", "account.emailconfirmation"):
    stays(_label, DOORS)
for _label in ("auth.permission", "auth.group", "auth.group_permissions", "contenttypes.contenttype"):
    stays(_label, UNUSED)
