"""Values as a person would write them: partial dates, civilities, studies, positions, ways to reach someone."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from lierre.people.directory.labels import country, department, occupation, sector
from lierre.people.facts import AUDIENCES, FIELD, LEVELS, Contact, Position, Study

SEXES: Final[dict[str, str | Promise]] = {
    "f": gettext_lazy("Ms"),
    "m": gettext_lazy("Mr"),
    "x": pgettext_lazy("civility", "other"),
}
USES: Final[dict[str, str | Promise]] = {"personal": gettext_lazy("personal"), "work": gettext_lazy("at work")}
LISTS: Final[dict[str, str | Promise]] = {
    "studies": gettext_lazy("Studies"),
    "positions": gettext_lazy("Position"),
    "contacts": gettext_lazy("Contact point"),
}
COUNTRIES: Final = ("birth_country", "nationality")
# How LinkedIn grades a language, whatever the language of the archive.
PROFICIENCIES: Final[dict[str, str | Promise]] = {
    "elementary proficiency": gettext_lazy("a little"),
    "limited working proficiency": gettext_lazy("for simple work"),
    "professional working proficiency": gettext_lazy("well enough to work"),
    "full professional proficiency": gettext_lazy("fluent"),
    "native or bilingual proficiency": gettext_lazy("mother tongue, or as such"),
}


def date_in_words(iso: str) -> str:
    """
    A date that may be partial: nothing is invented to complete it. What is no date is shown as it came.

    >>> date_in_words("1991"), date_in_words("31/02/1994")
    ('1991', '31/02/1994')
    """
    parts = iso.split("-")
    try:
        if len(parts) == 3:
            return date_format(date(*map(int, parts)), "DATE_FORMAT")
        if len(parts) == 2:
            return date_format(date(int(parts[0]), int(parts[1]), 1), "YEAR_MONTH_FORMAT")
    except ValueError:
        pass
    return iso


def in_words(name: str, value: Any) -> str:
    """The value of one scalar, as the page shows it."""
    kind = FIELD[name].kind
    if name.startswith("audience_"):
        return audiences_in_words(value)
    if name == "died" and value == "yes":
        return _("yes, on a date that nobody told")
    if kind == "date":
        return date_in_words(str(value))
    if kind == "flag":
        return _("yes") if value else _("no")
    if kind == "sex":
        return str(SEXES.get(value, value))
    if kind == "list":
        return ", ".join(
            capfirst(language_in_words(item)) if isinstance(item, Mapping) else str(item) for item in value
        )
    return country(str(value)) if name in COUNTRIES else str(value)


def audiences_in_words(names: Sequence[str]) -> str:
    return ", ".join(str(AUDIENCES.get(name, name)) for name in names) or _("nobody")


def seers_in_words(names: Sequence[str]) -> str:
    """Those who see a value, the widest words that are true: graduates are not told apart from classmates."""
    if "public" in names:
        return _("everybody here")
    told = [name for name in names if name != "class" or "graduates" not in names]
    return ", ".join(str(AUDIENCES[name]).lower() for name in told) or _("staff only")


def language_in_words(language: Mapping[str, Any]) -> str:
    """
    >>> language_in_words({"name": "breton", "level": "C1"})
    'breton (C1)'
    """
    level = language.get("level")
    level = PROFICIENCIES.get(str(level or "").lower(), level)
    return f"{language.get('name', '')} ({level})" if level else str(language.get("name", ""))


def study_in_words(study: Study) -> str:
    """The degree, with what a reader asks next: honours, year, and that it was not obtained."""
    told = [
        study.get("degree") or study.get("code") or level_in_words(study),
        study.get("discipline", "") if study.get("discipline") != study.get("degree") else "",
        study.get("honours", ""),
        str(study.get("year", "")),
        _("not obtained") if study.get("obtained") is False else "",
    ]
    return ", ".join(filter(None, told)) or _("studies, without more")


def level_in_words(study: Study) -> str:
    return str(LEVELS.get(study.get("level", ""), study.get("level", "")))


def position_in_words(position: Position) -> str:
    return ", ".join(filter(None, [title_of(position), position.get("employer", "")])) or _("a position, without more")


def title_of(position: Position) -> str:
    return position.get("title") or occupation(position.get("rome", ""))


def place_in_words(place: Mapping[str, Any]) -> str:
    """
    Town, département when it says more than the town, country when it is not France.

    >>> place_in_words({"city": "Brest", "department": "29", "country": "FR"})
    'Brest, Finistère'
    """
    abroad = place.get("country") not in {None, "", "FR"}
    named = department(place["department"]) if place.get("department") else ""
    told = [place.get("city", ""), named, country(place["country"]) if abroad else ""]
    return ", ".join(dict.fromkeys(filter(None, told)))


def field_of_work(position: Position) -> str:
    told = [sector(position.get("sector", "")), occupation(position.get("rome", "")) if position.get("title") else ""]
    return ", ".join(filter(None, told))


def contact_in_words(contact: Contact) -> str:
    """The value, then what the sender must know."""
    told = [
        contact["value"],
        str(USES.get(contact.get("use", ""), "")),
        _("mail comes back") if contact.get("refused") else "",
    ]
    return ", ".join(filter(None, told))


def span_in_words(position: Position) -> str:
    """From when until when, by years; “since” for a position that goes on."""
    began, ended = position.get("started", "")[:4], position.get("ended", "")[:4]
    if not ended:
        return _("since %(date)s") % {"date": date_in_words(position["started"][:7])} if began else _("today")
    return f"{began} – {ended}" if began and began != ended else ended
