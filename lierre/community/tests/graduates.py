"""Graduates whom the alumni office might ask something."""

from datetime import date
from typing import Any

from lierre.community.asking.preparing import Scope, prepare
from lierre.community.asking.weighing import weigh
from lierre.community.models import Ask, Campaign
from lierre.people.models import Person
from lierre.people.tests.witnesses import tell
from lierre.privacy import defaults
from lierre.privacy.models import Controller, Purpose

TODAY = date(2026, 11, 26)
LONG_AGO = date(2021, 4, 6)


def graduate(given: str, *, day: date = LONG_AGO, address: str = "", year: int = 2014, **more: Any) -> Person:
    """Somebody with a position said long ago, unless `more` says otherwise."""
    facts = {
        "given": given, "family": "Le Ster",
        "studies": [{"degree": "Master Statistique et société", "year": year, "unit": "IUT de Morlaix"}],
        "positions": [{"title": "Archiviste", "employer": "Armor Énergies", "city": "Brest"}],
        "contacts": [{"kind": "email", "value": address or f"{given.lower()}@courriel.example", "confirmed": True}],
    }  # fmt: skip
    kept = {name: value for name, value in {**facts, **more}.items() if value is not None}
    return tell(None, "third", day, **kept)


def prepared(by: Any, wanted: int = 10, word: str = "") -> Campaign:
    weigh(TODAY)
    return prepare(Scope(), wanted=wanted, word=word, by=by)


def sent_ask(by: Any, person: Person) -> Ask:
    """A question whose message has left."""
    campaign = prepared(by)
    campaign.send(by=by)
    ask = campaign.asks.get(person=person)
    ask.leave(None)
    ask.arrive()
    ask.refresh_from_db()
    return ask


def renew_purposes() -> None:
    """What the migrations wrote is emptied after a test that commits."""
    defaults.load(Controller.objects, Purpose.objects)
