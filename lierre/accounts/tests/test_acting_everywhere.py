"""Over every address of the house: in the place of another nothing is sent, nothing is written, and no secret is opened."""

from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client

from lierre.accounts.in_place import KEY, STILL_WRITTEN, STOP, WRITING
from lierre.accounts.models import Acting
from tests.access import session_of
from tests.addresses import addresses
from tests.house import House, build

pytestmark = pytest.mark.django_db


class Written:
    """The tables that were written to."""

    def __init__(self) -> None:
        self.tables: set[str] = set()

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        done = execute(sql, params, many, context)  # what is refused is not written
        if found := WRITING.match(sql):
            self.tables.add(found[1])
        return done


def acting(house: House, by: str, place: str) -> Client:
    begun = Acting.begin(house.users[place], by=house.users[by], why="Aider")
    client = Client(raise_request_exception=False)
    client.cookies["sessionid"] = session_of(house.users[by])
    session = client.session
    session[KEY] = begun.pk
    session.save()
    return client


def test_every_form_is_refused_and_every_page_only_reads():
    house = build()
    client = acting(house, "data_protection", "alumni_office")
    written, opened = Written(), 0
    for address in addresses():
        path = address.examples(house)[0]
        cache.clear()
        if address.name != STOP:
            assert client.post(path).status_code == 403, address.name
        with transaction.atomic(), connection.execute_wrapper(written):
            answer = client.get(path)
            transaction.set_rollback(True)
        assert answer.status_code < 500 or address.name == "foundation:ready", address.name
        opened += answer.status_code == 200
        secret = address.name.startswith(("account_", "mfa_", "usersessions_", "interchange:", "api:", "scim:"))
        assert not secret or answer.status_code == 403, address.name

    assert [send("/").status_code for send in (client.put, client.patch, client.delete)] == [403, 403, 403]
    assert opened > 50
    assert written.tables <= STILL_WRITTEN
