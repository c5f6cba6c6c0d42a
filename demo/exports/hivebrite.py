"""The engineers of the ENSIB have a network of their own, on Hivebrite: users as its API gives them, a JSON array.

A small one, and a young one: half of the accounts have no identifier of the school, so they share no key with it.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from demo.graduate import Graduate
from demo.membership import belongs, lot

FILES: Final = ("hivebrite-users.json",)
NAMES: Final = """
    id email email2 email3 primary_email_choice firstname lastname maidenname prefix_name suffix_name
    honorary_title external_id sso_identifier previous_id is_active gender birthday birthplace headline summary
    created_at updated_at extended_updated_at confirmed_at citizenship_country_codes deceased deceased_at
    do_not_contact mobile_perso mobile_pro landline_perso landline_pro postal_personal postal_work
    preferred_postal_address role_id awards linkedin_profile_url website skype twitter timezone
    facebook_profile_url live_location resume locale sub_network_ids custom_attributes
"""
FIELDS: Final = tuple(NAMES.split())
ANSWERED: Final = "T09:30:00.000+01:00"


def takes(person: Graduate) -> bool:
    """Whether an engineer joined."""
    return person.last.degree.unit == "ENB" and belongs(person, "hivebrite")


def write(persons: Sequence[Graduate], folder: Path) -> None:
    """Write the array."""
    users = [_user(at, person) for at, person in enumerate(persons, 7001)]
    text = json.dumps(users, ensure_ascii=False, indent=1)
    (folder / FILES[0]).write_text(f"{text}\n", encoding="utf-8")


def _user(number: int, person: Graduate) -> dict[str, Any]:
    job = person.jobs[-1] if person.jobs else None
    active = lot(person, "active", 10) > 2
    known: dict[str, Any] = {
        "id": number,
        "email": person.email,
        "email2": person.student_email or None,
        "primary_email_choice": "email",
        "firstname": person.given,
        "lastname": person.shown(),
        "maidenname": person.family if person.usage() else None,
        "external_id": person.student_number if lot(person, "sso", 2) else None,
        "is_active": active,
        "gender": "female" if person.sex == "f" else "male",
        "birthday": person.born.isoformat(),
        "birthplace": person.birth_city,
        "headline": f"{job.title}, {job.employer}" if job else None,
        "created_at": f"2019-03-{1 + number % 28:02d}{ANSWERED}",
        "updated_at": f"2026-10-{1 + number % 28:02d}{ANSWERED}",
        "confirmed_at": f"2019-04-{1 + number % 28:02d}{ANSWERED}" if active else None,
        "citizenship_country_codes": [person.nationality],
        "deceased": person.died is not None,
        "deceased_at": person.died.isoformat() if person.died else None,
        "do_not_contact": person.do_not_contact,
        "mobile_perso": person.phone,
        "postal_personal": _address(person),
        "role_id": 12,
        "timezone": "Europe/Paris",
        "locale": "fr",
        "sub_network_ids": [],
        "custom_attributes": [
            {"id": 1, "name": "Diplôme", "value": person.last.degree.label, "type": "string"},
            {"id": 2, "name": "Promotion", "value": str(person.last.year), "type": "string"},
        ],
    }
    return {field: known.get(field) for field in FIELDS}


def _address(person: Graduate) -> dict[str, str] | None:
    if person.home is None:
        return None
    return {
        "address_1": person.street,
        "city": person.home.name,
        "postal_code": person.home.postcode,
        "country": "FR",
    }
