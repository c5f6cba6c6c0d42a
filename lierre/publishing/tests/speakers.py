"""Ambassadors and their topics, for the tests."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from lierre.accounts.models import Role, Unit, User
from lierre.publishing.ambassadors.joining import join
from lierre.publishing.models import Ambassador, Material
from lierre.publishing.models.material import monday

FACT = "La houle au large de Morlaix a gagné douze centimètres en dix ans de mesures"


def speaker(user: User, unit: Unit, **choices: Any) -> Ambassador:
    said = {
        "topics": [],
        "languages": ["fr"],
        "networks": ["linkedin", "bluesky"],
        "server": "",
        "rhythm": 7,
        "unit": unit,
    }
    return join(user, said | choices)


def colleague(number: int, unit: Unit) -> Ambassador:
    """Somebody of this unit who takes part, since last month."""
    user = User.objects.create(email=f"collegue{number}@ubn.example", name=f"Collègue {number}")
    Role.objects.create(user=user, unit=unit, kind="ambassador")
    who = speaker(user, unit)
    Ambassador.objects.filter(pk=who.pk).update(joined_at=timezone.now() - timedelta(days=30))
    return who


def topic(by: Any, title: str = "La houle grossit", **said: Any) -> Material:
    """One of this week, offered."""
    values = {
        "week": monday(timezone.localdate()), "title": title, "topic": "research", "unit": None, "language": "fr",
        "facts": [[FACT, "Équipe Houle, Revue d’océanographie, 2026"]],
        "angles": ["Celle qui plonge pour entretenir les bouées", "Ce que cela change pour un port", "Ce que l’on ignore"],
        "link": "https://ubn.example/houle",
    }  # fmt: skip
    made = Material.prepare(values | said, by=by)
    made.offer(by=by)
    return made


def morning(day: date | None = None) -> datetime:
    """Monday of this week, at nine."""
    return timezone.make_aware(datetime.combine(monday(day or timezone.localdate()), time(9)))
