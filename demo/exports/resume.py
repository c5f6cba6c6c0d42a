"""Erwan Bellec's own CV, in the open format JSON Resume: he keeps it in a repository and dropped it in May 2026."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from demo.graduate import Graduate
from demo.institution import NAME

FILES: Final = ("cv-erwan-bellec.json",)


def takes(person: Graduate) -> bool:
    """Whether the CV is theirs."""
    return person.registers is not None and "resume" in person.registers


def write(persons: Sequence[Graduate], folder: Path) -> None:
    """Write the CV."""
    for person in persons:
        text = json.dumps(_resume(person), ensure_ascii=False, indent=2)
        (folder / FILES[0]).write_text(f"{text}\n", encoding="utf-8")


def _resume(person: Graduate) -> dict[str, Any]:
    job = person.jobs[-1]
    return {
        "$schema": "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json",
        "basics": {
            "name": f"{person.given} {person.family}",
            "label": job.title,
            "email": person.email,
            "phone": person.phone,
            "summary": "Réseaux électriques des îles et des bourgs ; ancien apprenti.",
            "location": {"city": job.city, "postalCode": "29600", "countryCode": "FR"},
            "profiles": [],
        },
        "work": [
            {
                "name": job.employer,
                "position": "Ingénieur réseaux, responsable de secteur",
                "location": job.city,
                "startDate": "2025-01",
                "summary": "Raccordement des parcs et entretien des postes.",
            },
            {"name": job.employer, "position": job.title, "startDate": "2019-03-01", "endDate": "2024-12"},
            {
                "name": "Optiques du Trégor",
                "position": "Technicien d’essais",
                "startDate": "2017",
                "endDate": "2019-02",
            },
        ],
        "education": [
            {
                "institution": NAME,
                "area": "Génie électrique",
                "studyType": "Master",
                "startDate": "2015-09",
                "endDate": "2017-06-30",
            }
        ],
        "skills": [{"name": "Réseaux électriques", "level": "Expert", "keywords": ["haute tension", "îles"]}],
        "languages": [
            {"language": "Français", "fluency": "Langue maternelle"},
            {"language": "Anglais", "fluency": "B2"},
        ],
        "meta": {"version": "v1.0.0", "lastModified": "2026-05-18T20:10:00"},
    }
