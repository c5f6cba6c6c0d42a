"""Machines that knock at the door, and the persons they ask about."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from lierre.accounts.models import User
from lierre.interchange.models import Token
from lierre.people.models import Person, Source
from lierre.people.saying import say

OPEN = {family: ["graduates", "students", "recruiters", "public"] for family in ("name", "study", "position", "place")}


class Machine:
    """Asks as a machine does: with its token, in English."""

    def __init__(self, token: Token, text: str) -> None:
        self.token, self.text, self.client = token, text, Client(raise_request_exception=False)

    def ask(self, method: str, path: str, data: Any = None, **headers: str) -> Any:
        sent = {"authorization": f"Bearer {self.text}", "accept-language": "en", **headers}
        kind = {} if isinstance(data, dict) and any(hasattr(each, "read") for each in data.values()) else {
            "content_type": "application/json"
        }  # fmt: skip
        if method == "GET":
            return self.client.get(path, data, headers=sent)
        return getattr(self.client, method.lower())(path, data, headers=sent, **kind)

    def get(self, path: str, data: Any = None, **headers: str) -> Any:
        return self.ask("GET", path, data, **headers)

    def post(self, path: str, data: Any = None, **headers: str) -> Any:
        return self.ask("POST", path, {} if data is None else data, **headers)


@pytest.fixture(autouse=True)
def nobody_has_asked_yet(db: None) -> None:
    """What another test asked is not counted against the next machine of the same number."""
    cache.clear()


@pytest.fixture
def machine() -> Callable[..., Machine]:
    """`machine(solenn, "persons:read")` is let in by Solenn."""

    def let_in(owner: User, *scopes: str, name: str = "") -> Machine:
        return Machine(*Token.make(name or f"machine {Token.objects.count()}", scopes, by=owner))

    return let_in


@pytest.fixture
def school(db: None) -> Source:
    return Source.objects.get_or_create(name="Scolarité", defaults={"kind": "school", "siglum": "S"})[0]


def known(school: Source, given: str, family: str, *, year: int = 2014, **more: Any) -> Person:
    """Somebody who lets everybody see them, unless said otherwise."""
    facts = {
        "given": given, "family": family, "studies": [{"degree": "Master Biologie", "year": year, "obtained": True}],
        "positions": [{"employer": "Armor Énergies", "title": "Ingénieure qualité", "city": "Brest", "department": "29"}],
        **{f"audience_{family}": seen for family, seen in OPEN.items()}, **more,
    }  # fmt: skip
    person = say(facts, source=school, by="the tests").person
    assert person is not None
    return person


@pytest.fixture
def amelie(school: Source) -> Person:
    return known(school, "Amélie", "Hervé", contacts=[{"kind": "email", "value": "amelie.herve@courriel.example"}])


@pytest.fixture
def goulven(school: Source) -> Person:
    """Hides altogether."""
    return known(school, "Goulven", "Quiniou", **{f"audience_{family}": [] for family in OPEN})
