"""What a machine may say of a person. Numbers that identify are not among it: only a file that was rehearsed brings them."""

from datetime import date
from typing import Annotated, Any, Literal

from django.utils import timezone
from django.utils.translation import gettext_noop
from ninja import Field, Schema
from pydantic import AfterValidator, BeforeValidator, ConfigDict, StringConstraints

NO_ZERO = r"^[^\x00]*$"


def a_day(text: str) -> str:
    """A day, a month or a year that a calendar has."""
    year, _dash, rest = text.partition("-")
    month, _dash, day = rest.partition("-")
    date(int(year), int(month or 1), int(day or 1))
    return text


def only_text(value: Any) -> Any:
    """A number is not a day, though a computer may take it for one."""
    if isinstance(value, int | float):
        raise ValueError("a day is written as 2026-11-02")
    return value


def not_tomorrow(day: date) -> date:
    if day > timezone.localdate():
        raise ValueError("nothing can be known from a day that has not come")
    return day


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=NO_ZERO)]
Long = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=5_000, pattern=NO_ZERO)]
Day = Annotated[
    str,
    StringConstraints(pattern=r"^[12][0-9]{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"),
    AfterValidator(a_day),
]
PastDay = Annotated[date, Field(strict=False), BeforeValidator(only_text), AfterValidator(not_tomorrow)]
Year = Annotated[int, Field(ge=1900, le=2100)]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
Link = Annotated[str, StringConstraints(pattern=r"^https?://[!-~]+$", max_length=300)]
Level = Literal["dut", "licence", "licence_pro", "but", "master", "engineer", "doctorate", "other"]


class Strict(Schema):
    model_config = ConfigDict(extra="forbid", strict=True)


class Study(Strict):
    degree: Text
    year: Year | None = Field(None, description=gettext_noop("Year of the degree, or the last year of enrolment."))
    level: Level | None = None
    discipline: Text | None = None
    unit: Text | None = None
    school: Text | None = Field(None, description=gettext_noop("Only when it is another institution."))
    honours: Text | None = None
    obtained: bool | None = None


class Position(Strict):
    employer: Text
    title: Text | None = None
    sector: Text | None = None
    city: Text | None = None
    department: Annotated[str, StringConstraints(pattern=r"^(2[AB]|97[1-8]|[0-9]{2})$")] | None = None
    country: Country | None = None
    started: Day | None = None
    ended: Day | None = Field(None, description=gettext_noop("Without an end, the position is a current one."))


class Contact(Strict):
    kind: Literal["email", "phone", "address"]
    value: Text
    use: Literal["personal", "work"] | None = None


class Language(Strict):
    name: Text
    level: Text | None = None


class Facts(Strict):
    """Say what you know, and leave the rest out."""

    given: Text | None = None
    family: Text | None = Field(None, description=gettext_noop("Name of birth."))
    usage: Text | None = Field(None, description=gettext_noop("Name borne today, when it is another."))
    sex: Literal["f", "m", "x"] | None = None
    born: Day | None = None
    headline: Text | None = None
    summary: Long | None = None
    linkedin: Link | None = None
    website: Link | None = None
    skills: list[Text] | None = Field(None, max_length=100)
    languages: list[Language] | None = Field(None, max_length=30)
    certifications: list[Text] | None = Field(None, max_length=100)
    died: Day | None = None
    lost: bool | None = None
    do_not_contact: bool | None = None
    studies: list[Study] | None = Field(None, max_length=30)
    positions: list[Position] | None = Field(None, max_length=100)
    contacts: list[Contact] | None = Field(None, max_length=30)

    def said(self) -> dict[str, Any]:
        """As a record keeps them: what is not said is not there. An e-mail is told in small letters."""
        facts: dict[str, Any] = self.model_dump(exclude_none=True)
        for contact in facts.get("contacts", ()):
            if contact["kind"] == "email":
                contact["value"] = contact["value"].lower()
        return facts


class Statement(Strict):
    facts: Facts
    asserted_on: PastDay | None = Field(
        None, description=gettext_noop("From when are these values. Today, when it is not said.")
    )
    reason: Annotated[str, StringConstraints(max_length=300, pattern=NO_ZERO)] = Field(
        "", description=gettext_noop("Kept beside the record.")
    )
