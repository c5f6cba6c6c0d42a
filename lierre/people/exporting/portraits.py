"""A person in the words that other tools know: schema.org (JSON-LD) and JSON Resume."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

SCHEMA: Final = "https://schema.org"
RESUME: Final = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"

Row = Mapping[str, Any]


def filled(**values: Any) -> dict[str, Any]:
    """Without what is not known: unknown is not written, and never as an empty value."""
    return {name: value for name, value in values.items() if value}


def schema_org(
    person: Row, studies: Sequence[Row], positions: Sequence[Row], contacts: Sequence[Row]
) -> dict[str, Any]:
    """
    >>> amelie = {"public_id": "k3", "given": "Amélie", "family": "Hervé", "usage": "Hervé-Cariou", "born": ""}
    >>> said = schema_org(amelie, [{"degree": "Master", "year": 2014, "unit": "", "obtained": True}], [], [])
    >>> said["name"], said["alternateName"], said["hasCredential"][0]["dateCreated"]
    ('Amélie Hervé-Cariou', 'Amélie Hervé', '2014')
    """
    family = person["usage"] or person["family"]
    born_as = f"{person['given']} {person['family']}".strip() if person["usage"] else ""
    return {"@context": SCHEMA, "@type": "Person", "identifier": person["public_id"]} | filled(
        name=f"{person['given']} {family}".strip(),
        alternateName=born_as,
        givenName=person["given"],
        familyName=family,
        birthDate=person["born"],
        deathDate=person.get("died") if (person.get("died") or "")[:4].isdigit() else "",
        email=[each["value"] for each in contacts if each["kind"] == "email"],
        telephone=[each["value"] for each in contacts if each["kind"] == "phone"],
        address=[each["value"] for each in contacts if each["kind"] == "address"],
        hasCredential=[*map(credential, studies), *map(certificate, person.get("certifications", ()))],
        hasOccupation=[role(each) for each in positions],
        description=person.get("summary"),
        knowsLanguage=[each["name"] for each in person.get("languages", ())],
        knowsAbout=person.get("skills"),
    )


def certificate(name: str) -> dict[str, Any]:
    return {"@type": "EducationalOccupationalCredential", "name": name}


def credential(study: Row) -> dict[str, Any]:
    unit = {"@type": "EducationalOrganization", "name": study["unit"]} if study["unit"] else None
    year = str(study["year"]) if study["year"] else ""
    kind = "EducationalOccupationalCredential" if study["obtained"] is not False else "EducationalOccupationalProgram"
    return {"@type": kind} | filled(name=study["degree"], dateCreated=year, recognizedBy=unit)


def role(position: Row) -> dict[str, Any]:
    """A role lasts, an occupation does not: schema.org asks for the first around the second."""
    name = position["title"] or position["occupation"]
    city = {"@type": "City", "name": position["city"]} if position["city"] else None
    occupation = {"@type": "Occupation"} | filled(name=name, occupationLocation=city)
    firm = {"@type": "Organization", "name": position["employer"]} if position["employer"] else None
    return {"@type": "EmployeeRole"} | filled(
        roleName=name, startDate=position["started"], endDate=position["ended"], hasOccupation=occupation, worksFor=firm
    )


def resume(person: Row, studies: Sequence[Row], positions: Sequence[Row], contacts: Sequence[Row]) -> dict[str, Any]:
    """
    >>> amelie = {"public_id": "k3", "given": "Amélie", "family": "Hervé", "usage": "", "born": "", "heard_on": ""}
    >>> job = {"employer": "Armor Énergies", "title": "Archiviste", "occupation": "", "city": "Brest"}
    >>> job |= {"started": "2023-01", "ended": ""}
    >>> resume(amelie, [], [job], [])["work"]
    [{'name': 'Armor Énergies', 'position': 'Archiviste', 'location': 'Brest', 'startDate': '2023-01'}]
    """
    reach = {
        kind: next((each["value"] for each in contacts if each["kind"] == kind), "") for kind in ("email", "phone")
    }
    now = next((each for each in positions if each.get("is_current")), None)
    return {"$schema": RESUME} | filled(
        basics=filled(
            name=f"{person['given']} {person['usage'] or person['family']}".strip(),
            label=person.get("headline") or ((now["title"] or now["occupation"]) if now else ""),
            summary=person.get("summary"),
            **reach,
            location=filled(city=now["city"], countryCode=now["country"], region=now["department"]) if now else {},
        ),
        work=[
            filled(
                name=each["employer"], position=each["title"] or each["occupation"], location=each["city"],
                startDate=each["started"], endDate=each["ended"],
            )
            for each in positions
        ],
        education=[
            filled(
                institution=each["unit"], area=each["degree"], studyType=each.get("level"),
                endDate=str(each["year"] or ""), score=each.get("honours"),
            )
            for each in studies
        ],
        skills=[{"name": name} for name in person.get("skills", ())],
        languages=[
            filled(language=each["name"], fluency=each.get("level")) for each in person.get("languages", ())
        ],
        certificates=[{"name": name} for name in person.get("certifications", ())],
        meta=filled(canonical=person["public_id"], lastModified=person["heard_on"]),
    )  # fmt: skip
