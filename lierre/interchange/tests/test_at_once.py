"""The same request with the same key, sent twice at the same moment: one of them is done."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, connections
from django.urls import reverse

from lierre.interchange.models import IdempotencyKey
from lierre.people.models import Record

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="the tests keep SQLite in memory: one connection")
def test_two_at_once_count_once(machine: Callable[..., Any], solenn: Any, amelie: Any) -> None:
    asking, path = machine(solenn, "persons:write"), reverse("api:records", args=[amelie.public_id])
    before = Record.objects.count()

    def ask(_turn: int) -> Any:
        try:
            return asking.post(path, {"facts": {"headline": "Archiviste"}}, **{"idempotency-key": "a"})
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(ask, range(4)))

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert (Record.objects.count(), IdempotencyKey.objects.count()) == (before + 1, 1)
    assert connection.vendor == "postgresql"
