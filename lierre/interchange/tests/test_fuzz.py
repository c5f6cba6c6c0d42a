"""Whatever the schema of the API allows, and what it does not, is asked of it: nothing breaks, nothing answers otherwise
than it says. A run is short (three seconds for each operation at most), and each draws anew."""

import os
import time
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import CHECKS, load_all_checks

from lierre.interchange.models import Token
from lierre.interchange.schema import schema
from lierre.interchange.tests.conftest import known
from lierre.people.directory import snapshot
from lierre.people.models import Person, Segment

pytestmark = pytest.mark.django_db
SECONDS = float(os.environ.get("LIERRE_FUZZ_SECONDS", "3"))  # for each operation
EXAMPLES = int(os.environ.get("LIERRE_FUZZ_EXAMPLES", "12"))  # for each operation
load_all_checks()
ASKED = [
    check
    for check in CHECKS.get_all()
    if check.__name__
    in {"not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance",
        "negative_data_rejection"}
]  # fmt: skip


def without_the_door() -> dict[str, Any]:
    """Every request bears the token: that it is asked for is tested elsewhere."""
    written = deepcopy(schema())
    del written["components"]["securitySchemes"]
    for operations in written["paths"].values():
        for operation in operations.values():
            del operation["security"]
    return written


began: dict[str, float] = {}
api = schemathesis.openapi.from_dict(without_the_door())


@pytest.fixture
def one_connection() -> Iterator[None]:
    """A request that does not come from the client of Django would close, at its end, the connection of the test."""
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


@pytest.fixture
def bearer(solenn: Any, school: Any) -> str:
    """The token of somebody who may do everything here, in a base where there is something of everything."""
    from lierre.interchange.scopes import open_to

    snapshot.forget()
    person = known(school, "Amélie", "Hervé")
    Person.objects.filter(pk=person.pk).update(public_id="bcdfghjkmnpq")
    Segment.objects.keep("2014", {"group": "all", "members": []}, by=solenn)
    _token, text = Token.make("fuzz", [scope.name for scope in open_to(solenn)], by=solenn)
    return f"Bearer {text}"


@api.parametrize()
@settings(
    max_examples=EXAMPLES, deadline=None, database=None, phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
def test_the_api_does_what_its_schema_says(case: Any, bearer: str, one_connection: None) -> None:
    if time.monotonic() - began.setdefault(case.operation.label, time.monotonic()) > SECONDS:
        return
    Token.objects.update(window=0, spent=0)
    if "public_id" in (case.path_parameters or {}) and len(str(case.path_parameters["public_id"])) % 2:
        case.path_parameters["public_id"] = "bcdfghjkmnpq"
    case.call_and_validate(
        app=get_wsgi_application(), headers={"Authorization": bearer, "Accept-Encoding": "identity"}, checks=ASKED
    )
