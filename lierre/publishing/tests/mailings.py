"""Graduates to whom a mailing goes, and a mailing that somebody else approved."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from lierre.people.models import Person, Segment
from lierre.people.tests.witnesses import tell
from lierre.publishing.mailing.approving import approve, submit
from lierre.publishing.mailing.composing import write
from lierre.publishing.models import Mailing

TOPIC = "relations"
SECTION = {
    "title": "Portes ouvertes", "text": "Le 6 mars, de 14 h à 18 h.\n\nPlus : https://ubn.example/portes.", "image": "",
    "alt": "", "button": "Je viens", "link": "https://ubn.example/venir",
}  # fmt: skip


def graduate(given: str, address: str = "") -> Person:
    studies = [{"degree": "Master Statistique et société", "year": 2014, "obtained": True}]
    contacts = [{"kind": "email", "value": address or f"{given.lower()}@courriel.example", "confirmed": True}]
    return tell(None, "third", date(2021, 4, 6), given=given, family="Le Ster", studies=studies, contacts=contacts)


def everybody(by: Any) -> Segment:
    found = Segment.objects.filter(name="Tout le monde").first()
    return found or Segment.objects.keep("Tout le monde", {"group": "all", "members": []}, by=by)


def written(by: Any, **more: Any) -> Mailing:
    said = {
        "name": "Lettre de mars", "topic": TOPIC, "segment": everybody(by), "sender_name": "UBN, les diplômés",
        "reply_to": "diplomes@ubn.example", "subject": "Vous êtes attendus le 6 mars", "preheader": "De 14 h à 18 h",
        "sections": [SECTION], "due_at": timezone.now() + timedelta(hours=1),
    }  # fmt: skip
    return write(said | more, by=by)


def due(by: Any, approver: Any, **more: Any) -> Mailing:
    """Approved, and its hour has come."""
    mailing = written(by, **more)
    submit(mailing, by=by)
    approve(mailing, mailing.digest, by=approver)
    Mailing.objects.filter(pk=mailing.pk).update(due_at=timezone.now())
    mailing.refresh_from_db()
    return mailing
