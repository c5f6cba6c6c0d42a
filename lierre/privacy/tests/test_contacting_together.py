"""Two services write at the same moment: the last ask is taken once. Needs a base where two really write at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from lierre.foundation.errors import Refused
from lierre.people.merging import merge
from lierre.people.models import Person
from lierre.people.tests.witnesses import amelie as whole_amelie
from lierre.privacy.contacting import record_contact
from lierre.privacy.models import Contact, Purpose

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="The embedded base lets one write at a time."),
]
SERVICES = ("fondation", "bureau des diplômés", "observatoire", "association")


@pytest.fixture
def asked_once(the_usual_purposes: None) -> Person:
    person = whole_amelie()
    record_contact(person, "dons", service="fondation")
    return person


def together(acts: list[Callable[[], Any]]) -> list[str]:
    """All begin at once, each with a connection of its own: "done", or the refusal."""
    start = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> str:
        try:
            start.wait()
            act()
            return "done"
        except Refused as refusal:
            return str(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as crew:
        return list(crew.map(run, acts))


def test_the_last_ask_is_taken_once_however_many_services_want_it(asked_once):
    gifts = Purpose.objects.get(key="dons")

    said = together([lambda name=name: record_contact(asked_once, gifts, service=name) for name in SERVICES])

    assert sorted(said) == ["They were asked something 2 times this year."] * 3 + ["done"]
    assert Contact.objects.filter(person=asked_once).count() == 2


def test_whoever_was_merged_has_no_second_budget(asked_once, same_amelie, solenn):
    gifts = Purpose.objects.get(key="dons")
    merge(same_amelie, asked_once, by=solenn, reason="Même personne.")

    said = together([
        lambda: record_contact(asked_once, gifts, service="fondation"),
        lambda: record_contact(same_amelie, gifts, service="association"),
    ])  # fmt: skip

    assert sorted(said)[-1] == "done"
    assert said.count("done") == 1
    assert Contact.objects.count() == 2
