"""What a column can mean: each target puts one value into the facts of a line. Presets and the mapper share them."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lierre.people.importing.values import Misread
from lierre.people.importing.values.codes import country_of, flag_of, level_of, sex_of
from lierre.people.importing.values.contacts import department_of, email_of, phone_of
from lierre.people.importing.values.dates import birth_of, date_of, year_of
from lierre.people.importing.values.names import name_of, split_name

Facts = dict[str, Any]
ROME: Final = re.compile(r"[A-N]\d{4}")
# Puts a value that is not blank into the facts. Raises Misread.
Put = Callable[[Facts, str], None]


def sentence(value: str) -> str:
    return " ".join(value.split())[:400]


@dataclass(frozen=True, slots=True)
class Plain:
    """A value that depends on its own cell alone: what a cell says can be remembered from one line to the next."""

    name: str
    reader: Callable[[str], Any]
    group: str = ""

    def __call__(self, facts: Facts, value: str) -> None:
        self.put(facts, self.reader(value))

    def put(self, facts: Facts, found: Any) -> None:
        if found not in ("", None):
            (facts.setdefault(self.group, {}) if self.group else facts)[self.name] = found


def text(name: str, limit: int = 400) -> Put:
    return Plain(name, lambda value: value[:limit])


def read(name: str, reader: Callable[[str], Any]) -> Put:
    return Plain(name, reader)


def within(group: str, name: str, reader: Callable[[str], Any] = sentence) -> Put:
    """One study, one position or one address per line: kept under its group until the line is closed."""
    return Plain(name, reader, group)


def contact(kind: str, reader: Callable[[str], str], **more: Any) -> Put:
    def put(facts: Facts, value: str) -> None:
        found = reader(value)
        if found:
            contacts = facts.setdefault("contacts", [])
            for each in contacts:
                if each["value"] == found and each["kind"] == kind:
                    each.update({name: value for name, value in more.items() if name not in each})
                    return
            contacts.append({"kind": kind, "value": found, **more})

    return put


def put_full_name(facts: Facts, value: str) -> None:
    given, family = split_name(value)
    if given:
        facts.setdefault("given", given)
    facts.setdefault("family", family)


def put_given_names(facts: Facts, value: str) -> None:
    """The first is the given name; what follows stands apart, when it is separated."""
    first, _comma, others = name_of(value).partition(",")
    facts["given"] = first.strip()
    if others.strip():
        facts["given_others"] = others.strip()


def put_other_given(facts: Facts, value: str) -> None:
    facts["given_others"] = f"{facts.get('given_others', '')} {name_of(value)}".strip()


def put_ine_key(facts: Facts, value: str) -> None:
    """The last character of a national number, in a column of its own, unless the number already ends with it."""
    first, last = facts.get("ine", ""), value.strip()
    facts["ine"] = first if len(first) == len("0123456789A") and first.endswith(last) else first + last


def put_internal(facts: Facts, value: str) -> None:
    """Never taken for another number of the same source: it is kept with its name."""
    facts.setdefault("identifier", f"COD_IND {value}")


def put_academic_year(facts: Facts, value: str) -> None:
    """The year in which an academic year begins: its degree is of the next one."""
    facts.setdefault("study", {})["year"] = year_of(value) + 1


def put_died(facts: Facts, value: str) -> None:
    if flag_of(value):
        facts.setdefault("died", "yes")


def put_died_on(facts: Facts, value: str) -> None:
    if found := date_of(value):
        facts["died"] = found


def put_refused(facts: Facts, value: str) -> None:
    if flag_of(value):
        facts.setdefault("place", {})["refused"] = True


def only_if_true(name: str) -> Put:
    """A “no” in such a column is a box that nobody ticked: it must not outweigh another source that knows."""

    def put(facts: Facts, value: str) -> None:
        if flag_of(value):
            facts[name] = True

    return put


def put_contactable(facts: Facts, value: str) -> None:
    """The box asks whether the person wants to be written to: only a “no” says something."""
    if not flag_of(value):
        facts["do_not_contact"] = True


def put_level(facts: Facts, value: str) -> None:
    if level := level_of(value):
        facts.setdefault("study", {})["level"] = level


def put_current(facts: Facts, value: str) -> None:
    facts.setdefault("position", {})["current"] = flag_of(value)


def put_phone(facts: Facts, value: str, use: str = "") -> None:
    """A number whose country may stand in the column before."""
    prefix = "".join(filter(str.isdigit, facts.pop("phone_prefix", "")))
    if prefix and prefix != "33" and not value.startswith(("+", "00")):
        value = f"+{prefix}{value.lstrip('0')}"
    contact("phone", phone_of, **({"use": use} if use else {}))(facts, value)


def put_work_phone(facts: Facts, value: str) -> None:
    put_phone(facts, value, "work")


def put_level_or_discipline(facts: Facts, value: str) -> None:
    """A cycle is a level (“Master”) for some schools, and what is studied for others."""
    study = facts.setdefault("study", {})
    if level := level_of(value):
        study["level"] = level
    else:
        study["discipline"] = sentence(value)


def put_line(facts: Facts, value: str) -> None:
    place = facts.setdefault("place", {})
    place["line"] = f"{place.get('line', '')}, {value}".lstrip(", ")


def student_number_of(value: str) -> str:
    plain = "".join(value.split()).upper()
    return plain if plain.strip("0") else ""


def birth_country_of(value: str) -> str:
    """
    Apogée writes a département on three figures (`029`, `02A`, `974`), or Insee's code of a country (`350`).

    >>> birth_country_of("029"), birth_country_of("02A"), birth_country_of("974"), birth_country_of("350")
    ('FR', 'FR', 'FR', 'MA')
    """
    plain = value.strip().upper()
    if re.fullmatch(r"0\d[\dAB]|9[78]\d", plain):
        return "FR"
    return country_of(plain)


def rome_of(value: str) -> str:
    """A letter and four figures; any other code of a trade is left aside."""
    plain = value.strip().upper()
    return plain if ROME.fullmatch(plain) else ""


def linkedin_of(value: str) -> str:
    """
    >>> linkedin_of("www.linkedin.com/in/amelie-herve/?trk=x")
    'https://www.linkedin.com/in/amelie-herve'
    """
    path = value.partition("linkedin.com/")[2].partition("?")[0].strip("/")
    if not path:
        raise Misread("unknown_value")
    return f"https://www.linkedin.com/{path}"[:200]


OFFERED: Final[dict[str, tuple[str | Promise, Put]]] = {
    "family": (_("Birth name"), read("family", name_of)),
    "given": (_("Given name"), put_given_names),
    "given_others": (_("Other given names"), put_other_given),
    "full_name": (_("Given name and family name, together"), put_full_name),
    "usage": (_("Usage name"), read("usage", name_of)),
    "former": (_("Former name"), read("former", name_of)),
    "sex": (_("Civility"), read("sex", sex_of)),
    "born": (_("Date of birth"), read("born", birth_of)),
    "birth_place": (_("Place of birth"), read("birth_place", name_of)),
    "birth_country": (_("Country of birth"), read("birth_country", country_of)),
    "nationality": (_("Nationality"), read("nationality", country_of)),
    "student_number": (_("Student number"), read("student_number", student_number_of)),
    "ine": (_("National student number"), read("ine", str.strip)),
    "ine_key": (_("National student number, last character"), put_ine_key),
    "identifier": (_("Identifier of the source"), read("identifier", str.strip)),
    "studies.degree": (_("Degree"), within("study", "degree")),
    "studies.code": (_("Code of the degree"), within("study", "code")),
    "studies.discipline": (_("Discipline"), within("study", "discipline")),
    "studies.unit": (_("Faculty, school or department"), within("study", "unit")),
    "studies.unit_code": (_("Code of the faculty or school"), within("study", "unit_code")),
    "studies.year": (_("Year of the degree"), within("study", "year", year_of)),
    "studies.academic_year": (_("First year of the academic year"), put_academic_year),
    "studies.started": (_("Studies from"), within("study", "started", date_of)),
    "studies.ended": (_("Studies until"), within("study", "ended", date_of)),
    "studies.honours": (_("Honours"), within("study", "honours")),
    "studies.level": (_("Level of the degree"), put_level),
    "studies.obtained": (_("Degree obtained"), within("study", "obtained", flag_of)),
    "positions.title": (_("Title of the position"), within("position", "title")),
    "positions.employer": (_("Employer"), within("position", "employer")),
    "positions.siret": (_("SIRET number of the employer"), within("position", "siret")),
    "positions.sector": (_("Sector"), within("position", "sector")),
    "positions.city": (_("City of work"), within("position", "city", name_of)),
    "positions.postcode": (_("Postcode of work"), within("position", "department", department_of)),
    "positions.country": (_("Country of work"), within("position", "country", country_of)),
    "positions.started": (_("In position since"), within("position", "started", date_of)),
    "positions.ended": (_("In position until"), within("position", "ended", date_of)),
    "positions.rome": (_("ROME code of the position"), within("position", "rome", rome_of)),
    "positions.current": (_("Present position, yes or no"), put_current),
    "positions.contract": (_("Contract"), within("position", "contract")),
    "contacts.email": (_("E-mail"), contact("email", email_of)),
    "contacts.email_personal": (_("Personal e-mail"), contact("email", email_of, use="personal")),
    "contacts.email_work": (_("E-mail at work"), contact("email", email_of, use="work")),
    "contacts.phone": (_("Phone"), contact("phone", phone_of)),
    "contacts.phone_personal": (_("Personal phone"), contact("phone", phone_of, use="personal")),
    "contacts.phone_work": (_("Phone at work"), put_work_phone),
    "contacts.address": (_("Postal address"), put_line),
    "contacts.postcode": (_("Postcode"), within("place", "postcode")),
    "contacts.city": (_("City"), within("place", "city", name_of)),
    "contacts.country": (_("Country"), within("place", "country", country_of)),
    "contacts.refused": (_("Mail comes back"), put_refused),
    "headline": (_("Headline"), text("headline")),
    "summary": (_("Summary"), text("summary", 4_000)),
    "linkedin": (_("LinkedIn profile"), read("linkedin", linkedin_of)),
    "website": (_("Web site"), text("website", 200)),
    "died": (_("Deceased, yes or no"), put_died),
    "died_on": (_("Date of death"), put_died_on),
    "lost": (_("Lost from sight, yes or no"), only_if_true("lost")),
    "do_not_contact": (_("Do not contact, yes or no"), only_if_true("do_not_contact")),
    "contactable": (_("Wants to be written to, yes or no"), put_contactable),
    "asserted_on": (_("Day of the last update"), read("asserted_on", date_of)),
}
TARGETS: Final[dict[str, str | Promise]] = {name: label for name, (label, _put) in OFFERED.items()}

# Codes of information systems, which the mapper does not offer.
TABLE: Final[dict[str, tuple[str | Promise, Put]]] = OFFERED | {
    "activated": (_("Account opened by its owner"), read("activated", flag_of)),
    "stage": (_("Code of the stage"), text("stage", 40)),
    "enrolment": (_("State of the enrolment"), text("enrolment", 10)),
    "internal": (_("Internal number of the information system"), put_internal),
    "cycle": (_("Cycle"), put_level_or_discipline),
    "function": (_("Function in the company"), within("position", "function")),
    "phone_prefix": (_("Country of the phone that follows"), text("phone_prefix", 10)),
    "cedex": (_("Cedex"), within("place", "cedex")),
    "born_in": (_("Département or country of birth"), read("birth_country", birth_country_of)),
}
# A value that cannot be read refuses the line when it identifies the person; elsewhere it is left out, and said.
IDENTIFYING: Final = frozenset({"born", "studies.year", "studies.academic_year", "student_number"})
FLAGS: Final = frozenset(
    {
        "died",
        "lost",
        "do_not_contact",
        "contactable",
        "studies.obtained",
        "contacts.refused",
        "positions.current",
        "activated",
    }
)
