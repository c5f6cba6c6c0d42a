"""A person, as the owner of the token may see them."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_noop
from ninja import Field, Schema


class Found(Schema):
    """One line of a list. What is not known and what may not be seen are both null."""

    id: str = Field(description=gettext_noop("Public identifier, of twelve signs."))
    name: str
    year: int | None = Field(None, description=gettext_noop("Year of the degree: the class."))
    degree: str | None = None
    level: str | None = Field(None, description=gettext_noop("One of the codes of the filter “level”."))
    discipline: str | None = None
    unit: str | None = Field(None, description=gettext_noop("Faculty, school or department."))
    title: str | None = None
    employer: str | None = None
    occupation: str | None = None
    sector: str | None = None
    city: str | None = None
    department: str | None = None
    country: str | None = None
    birth_name: str | None = Field(None, description=gettext_noop("For those who see everything."))
    heard_on: date | None = Field(None, description=gettext_noop("Last sign of life. For those who see everything."))
    deceased: bool = Field(False, description=gettext_noop("For those who see everything."))


class Persons(Schema):
    persons: list[Found]
    total: int = Field(description=gettext_noop("How many answer, for this token."))
    next: str | None = Field(None, description=gettext_noop("Cursor of the next page; null on the last one."))


class Person(Schema):
    id: str
    name: str
    values: dict[str, Any] = Field(description=gettext_noop("Single values by name: headline, website, born…"))
    studies: list[dict[str, Any]]
    positions: list[dict[str, Any]]
    contacts: list[dict[str, Any]]


class Record(Schema):
    """What one source said, as it was understood."""

    id: int
    source: str
    source_id: int
    asserted_on: date
    facts: dict[str, Any]
    said_by: str
    reason: str


class Records(Schema):
    records: list[Record]
    next: str | None = None


class Agreed(Schema):
    purpose: str
    label: str
    said: str | None = Field(None, description=gettext_noop("“yes”, “no”, or null when nobody asked."))
    days_between: int = Field(0, description=gettext_noop("Days between two messages, at the least."))


class Consents(Schema):
    everything: str | None = Field(
        None, description=gettext_noop("“no”, “pause”, “restrict”: it holds for every purpose.")
    )
    until: date | None = None
    purposes: list[Agreed]
