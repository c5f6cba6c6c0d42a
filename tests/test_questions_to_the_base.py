"""A page asks the base a few questions, and no more when there are thirty things to show than when there are three."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lierre.foundation.models import Worker
from tests.access import session_of
from tests.addresses import addresses
from tests.crowd import add
from tests.house import NAMES, House, build
from tests.test_every_page import FRAGMENTS

pytestmark = pytest.mark.django_db
# On PostgreSQL a change of the directory whose number is missing may still be written: it is looked for, once more.
MOST = 12 if connection.vendor == "sqlite" else 13


def asked(house: House, session: str) -> dict[tuple[str, int], int]:
    """Address and number of its example → questions of the second visit: the first one fills what is remembered."""
    client = Client()
    client.cookies["sessionid"] = session
    found = {}
    for address in addresses():
        if ":" not in address.name or address.name in FRAGMENTS:
            continue
        for number, path in enumerate(address.examples(house)):
            cache.clear()
            Worker.objects.update(seen_at=timezone.now())  # on a slow machine, it would be taken for dead on the way
            answer = client.get(path)
            if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
                with CaptureQueriesContext(connection) as questions:
                    client.get(path)
                found[address.name, number] = len(questions)
    return found


def test_a_page_about_thirty_things_asks_no_more_than_one_about_three():
    house = build()
    session = session_of(house.everybody)
    add(house, 0, 3)
    few = asked(house, session)
    add(house, 3, 30)
    many = asked(house, session)

    growing = {page: f"{few[page]} → {count}" for page, count in many.items() if count > few[page]}
    heavy = {page: count for page, count in many.items() if count > MOST}
    assert (growing, heavy) == ({}, {})
    assert len(many) > 50


@pytest.mark.parametrize("role", list(NAMES))
def test_the_home_page_of_each_role_asks_few_questions(house, role):
    add(house, 0, 3)
    client = Client()
    client.cookies["sessionid"] = session_of(house.users[role])
    client.get("/")

    with CaptureQueriesContext(connection) as questions:
        answer = client.get("/")

    assert answer.status_code == 200
    assert 3 <= len(questions) <= MOST
