"""SkillsPassport, the XML of the Europass editor that closed in 2020: dates are attributes, `month="--09"`."""

from typing import Final
from xml.etree.ElementTree import Element  # only the type: what is parsed goes through defusedxml

from lierre.people.importing.dialects.elements import text_at, within
from lierre.people.importing.dialects.saying import Telling
from lierre.people.importing.values.languages import MOTHER_TONGUE, language_of, levels_of

SKILLS: Final = ("Listening", "Reading", "SpokenInteraction", "SpokenProduction", "Writing")


def tell(said: Telling, root: Element) -> None:
    """What a passport says of its bearer."""
    for person in within(root, "Identification"):
        said.put("given", text_at(person, "FirstName").replace(",", " "), "FirstName")
        said.put("family", text_at(person, "Surname"), "Surname")
        said.put("born", date_at(said, person, "Birthdate"), "Birthdate")
        for email in within(person, "Email"):
            said.put("contacts.email", text_at(email, "Contact"), "Email")
        for phone in within(person, "Telephone"):
            said.put("contacts.phone", text_at(phone, "Contact"), "Telephone")
    for job in within(root, "WorkExperience"):
        for position in within(job, "Position"):
            said.add_position(
                next((text_at(employer, "Name") for employer in within(job, "Employer")), ""),
                text_at(position, "Label"),
                date_at(said, job, "From"),
                date_at(said, job, "To"),
                city=text_at(job, "Municipality")[:100],
                country=said.country(next((text_at(where, "Code") for where in within(job, "Country")), "")),
            )
    for study in within(root, "Education"):
        school = next((text_at(where, "Name") for where in within(study, "Organisation")), "")
        said.add_study(text_at(study, "Title"), date_at(said, study, "From"), date_at(said, study, "To"), school=school)
    tell_languages(said, root)


def tell_languages(said: Telling, root: Element) -> None:
    for tongue in within(root, "MotherTongue"):
        said.add_language(named(tongue), MOTHER_TONGUE)
    for tongue in within(root, "ForeignLanguage"):
        said.add_language(named(tongue), levels_of(text_at(tongue, skill) for skill in SKILLS))


def named(tongue: Element) -> str:
    """The label that the bearer has seen, else what the code stands for."""
    for told in within(tongue, "Description"):
        return text_at(told, "Label") or language_of(text_at(told, "Code"))
    return ""


def date_at(said: Telling, element: Element, name: str) -> str:
    """
    >>> from xml.etree.ElementTree import fromstring
    >>> date_at(Telling(), fromstring('<Period><From year="2017" month="--09"/></Period>'), "From")
    '2017-09'
    """
    for found in within(element, name):
        parts = [found.get(part, "").strip("-") for part in ("year", "month", "day")]
        return said.date("-".join(part for part in parts if part), name)
    return ""
