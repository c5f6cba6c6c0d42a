"""What a line and a person say, as columns that `matching` compares."""

from collections.abc import Mapping
from typing import Any, Final

from lierre.people.matching.schema import Schema

TYPES: Final = {
    "given": "given_name",
    "family": "family_name",
    "usage": "family_name_alt",
    "born": "date",
    "sex": "gender",
    "email": "email",
    "year": "year",
    "degree": "degree",
    "city": "city",
    "employer": "employer",
}
SCHEMA: Final = Schema("base", "id", TYPES, TYPES)
# Which columns, and which version of what keys are made of: when it changes, the keys are written again.
KEYS: Final = "base 2"


def line_of(facts: Mapping[str, Any]) -> dict[str, str]:
    """
    The facts of a line, one value for each column: the latest study, the job that is held, the first address.

    >>> line_of({"given": "Amélie", "studies": [{"degree": "Licence", "year": 2012}, {"degree": "Master", "year": 2014}]})
    {'given': 'Amélie', 'degree': 'Master', 'year': '2014'}
    """
    found = {name: facts.get(name, "") for name in ("given", "family", "usage", "born", "sex")}
    found["family"] = found["family"] or facts.get("former", "")  # the name of birth, most often, for who says no other
    if study := max(facts.get("studies", ()), key=lambda each: each.get("year") or 0, default=None):
        found |= {"degree": study.get("degree", ""), "year": study.get("year") or ""}
    positions = facts.get("positions", ())
    job: Mapping[str, Any] = next((each for each in positions if not each.get("ended")), next(iter(positions), {}))
    contacts = facts.get("contacts", ())
    city = job.get("city") or next((each["city"] for each in contacts if each.get("city")), "")
    email = next((each["value"] for each in contacts if each["kind"] == "email"), "")
    found |= {"employer": job.get("employer", ""), "city": city, "email": email}
    return {name: str(value) for name, value in found.items() if value}
