"""What the files of a LinkedIn archive say, in our words. Old and new layouts, English names of columns or French ones."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from lierre.people.importing.dialects.saying import MOST, Telling, line_of
from lierre.people.importing.values import Misread
from lierre.people.importing.values.contacts import email_of

Row = Mapping[str, str]
YEAR: Final = re.compile(r"\b\d{4}\b")
ADDRESS_OF_SITE: Final = re.compile(r"(https?://[^\],\s]+|(?<=:)www\.[^\],\s]+)")
YES: Final = frozenset({"yes", "oui", "true"})


def tell(said: Telling, files: Mapping[str, Sequence[Row]]) -> None:
    """Read every file that was allowed."""
    for row in files.get("Profile.csv", ())[:1]:
        tell_profile(said, row)
    for row in files.get("Profile Summary.csv", ())[:1]:
        if "summary" not in said.facts:
            said.put("summary", row.get("profile summary"), "Profile Summary")
    for row in files.get("Positions.csv", ()):
        tell_position(said, row)
    for row in files.get("Education.csv", ()):
        tell_study(said, row)
    for row in files.get("Languages.csv", ()):
        said.add_language(first(row, "name", "nom"), first(row, "proficiency", "niveau"))
    for row in files.get("Certifications.csv", ()):
        obtained = said.date(first(row, "started on", "date de debut"), "Started On")
        said.add_certification(first(row, "name", "nom"), first(row, "authority", "autorite"), obtained)
    for row in files.get("Email Addresses.csv", ()):
        tell_email(said, row)
    for row in (*files.get("PhoneNumbers.csv", ()), *files.get("Phone Numbers.csv", ())):
        work = "work" in first(row, "type").lower()
        said.put("contacts.phone_work" if work else "contacts.phone", first(row, "number", "numero"), "Number")
    skills = dict.fromkeys(first(row, "name", "nom") for row in files.get("Skills.csv", ()))
    said.facts["skills"] = [skill[:120] for skill in skills if skill][:MOST]


def first(row: Row, *names: str) -> str:
    """The value of the first of these columns that has one."""
    return next((line_of(row[name]) for name in names if row.get(name)), "")


def tell_profile(said: Telling, row: Row) -> None:
    last, maiden = first(row, "last name", "nom"), first(row, "maiden name", "nom de jeune fille")
    said.put("given", first(row, "first name", "prenom").replace(",", " "), "First Name")
    said.put("family", maiden or last, "Last Name")
    if maiden:
        said.put("usage", last, "Last Name")
    said.put("headline", row.get("headline") or row.get("titre"), "Headline")
    said.put("summary", row.get("summary") or row.get("resume"), "Summary")
    born = said.date(first(row, "birth date", "date de naissance"), "Birth Date") if has_year(row) else ""
    said.put("born", born, "Birth Date")
    site = ADDRESS_OF_SITE.search(row.get("websites", ""))
    if site:
        said.put("website", site[0], "Websites")
    if street := first(row, "address", "adresse"):
        said.put("contacts.address", street, "Address")
        said.put("contacts.postcode", first(row, "zip code", "code postal"), "Zip Code")
    city, country = place_of(said, first(row, "geo location", "lieu"))
    said.put("contacts.city", city, "Geo Location")
    said.put("contacts.country", country, "Geo Location")


def has_year(row: Row) -> bool:
    """Many members tell the day and the month of their birth only, which is no date."""
    return YEAR.search(first(row, "birth date", "date de naissance")) is not None


def place_of(said: Telling, place: str) -> tuple[str, str]:
    """City and country of “Brest, Bretagne, France”: a country alone is no city."""
    city, _comma, rest = place.partition(",")
    country = said.country(rest.rpartition(",")[2].strip()) if rest else said.country(place)
    if not rest and country:
        return "", country
    return city.removeprefix("Greater ").removesuffix(" Area").strip()[:100], country


def tell_position(said: Telling, row: Row) -> None:
    city, country = place_of(said, first(row, "location", "lieu"))
    said.add_position(
        first(row, "company name", "nom de l entreprise"),
        first(row, "title", "intitule du poste"),
        said.date(first(row, "started on", "start date", "date de debut"), "Started On"),
        said.date(first(row, "finished on", "end date", "date de fin"), "Finished On"),
        city=city,
        country=country,
    )


def tell_study(said: Telling, row: Row) -> None:
    said.add_study(
        first(row, "degree name", "nom du diplome"),
        said.date(first(row, "start date", "started on", "date de debut"), "Start Date"),
        said.date(first(row, "end date", "finished on", "date de fin"), "End Date"),
        school=first(row, "school name", "nom de l etablissement"),
    )


def tell_email(said: Telling, row: Row) -> None:
    """LinkedIn proves an address by writing to it, and says whether it did."""
    said.put("contacts.email", first(row, "email address", "adresse e mail"), "Email Address")
    if first(row, "confirmed", "confirme").lower() not in YES:
        return
    try:
        proven = email_of(first(row, "email address", "adresse e mail"))
    except Misread:
        return  # already among the doubts
    for contact in said.facts.get("contacts", ()):
        if (contact["kind"], contact["value"]) == ("email", proven):
            contact["confirmed"] = True
