"""The people that every test may call by name, from the demonstration institution."""

import gc
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.db import transaction
from django.test import TransactionTestCase

from lierre.accounts.models import Role, Unit, User
from lierre.community.models import Group, Membership
from lierre.people.duplicates.queue import waiting_pairs
from lierre.people.models import Person
from lierre.publishing.charter import standing
from lierre.publishing.desk import waiting_posts
from tests import passes, pattern

# Real servers of networks, started when a test asks for one.
pytest_plugins = ["tests.networks"]

# No test asserts a time: on a machine that has much to do, an example takes what it takes.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")

# Playwright turns a loop in the thread of the test, which Django would take for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "yes")


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any) -> Iterator[None]:
    """A copy of the base that was migrated for all who test side by side."""
    with django_db_blocker.unblock(), pattern.base_of_this_process():
        yield


def as_at_first(_case: TransactionTestCase) -> None:
    """Copied again after a test that commits: quicker than to empty each table, and what migrations wrote is there again."""
    pattern.fill()


TransactionTestCase._fixture_teardown = as_at_first


@pytest.fixture(scope="session")
def a_world(django_db_setup: None, django_db_blocker: Any) -> Callable[[], AbstractContextManager[None]]:
    """`with a_world(): …; yield` in a fixture of a module: what is written there is found by each test after it, then undone."""

    @contextmanager
    def stands() -> Iterator[None]:
        with django_db_blocker.unblock(), transaction.atomic():
            yield
            transaction.set_rollback(True)

    return stands


@pytest.fixture(scope="session")
def migrated() -> Path:
    """The file of an embedded base where there is nothing yet, for whoever wants one in a folder of their own."""
    return pattern.embedded()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    passes.choose(config, items)


def pytest_collection_finish() -> None:
    """What was read lives to the end: the collector of Python need not look at it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def pytest_configure(config: pytest.Config) -> None:
    if getattr(config.option, "numprocesses", None) and not hasattr(config, "workerinput"):
        pattern.begin()


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        pattern.forget()


@pytest.fixture
def university(db: None) -> Unit:
    return Unit.objects.create(code="UBN", name="Université de Bretagne-Nord", kind="institution", path="/UBN/")


@pytest.fixture
def iut(university: Unit) -> Unit:
    return Unit.objects.create(code="IUTM", name="IUT de Morlaix", kind="school", parent=university, path="/UBN/IUTM/")


def someone(name: str, email: str, kind: str, unit: Unit) -> User:
    user = User.objects.create_user(email=email, password="ivy on the old wall", name=name)
    Role.objects.create(user=user, unit=unit, kind=kind)
    return user


@pytest.fixture
def solenn(university: Unit) -> User:
    """Alumni office."""
    return someone("Solenn Kerbrat", "solenn.kerbrat@ubn.example", "alumni_office", university)


@pytest.fixture
def gwenael(university: Unit) -> User:
    """Communication."""
    return someone("Gwenaël Riou", "gwenael.riou@ubn.example", "communication", university)


@pytest.fixture
def helene(university: Unit) -> User:
    """President."""
    return someone("Hélène Morvan", "helene.morvan@ubn.example", "direction", university)


@pytest.fixture
def maiwenn(university: Unit) -> User:
    """Data protection officer."""
    return someone("Maïwenn Tanguy", "maiwenn.tanguy@ubn.example", "data_protection", university)


@pytest.fixture
def malo(university: Unit) -> User:
    """IT department."""
    return someone("Malo Quéré", "malo.quere@ubn.example", "it", university)


@pytest.fixture
def yann(university: Unit) -> User:
    """Lecturer, ambassador."""
    return someone("Yann Le Goff", "yann.legoff@ubn.example", "ambassador", university)


@pytest.fixture
def amelie_user(university: Unit) -> User:
    """Graduate of 2014, signed in."""
    return someone("Amélie Hervé", "amelie.herve@courriel.example", "graduate", university)


@pytest.fixture
def lena(university: Unit) -> User:
    """Student."""
    return someone("Lena Cadiou", "lena.cadiou@etu.ubn.example", "student", university)


@pytest.fixture
def hugo(university: Unit) -> User:
    """Recruiter at Armor Énergies."""
    return someone("Hugo Ferrand", "hugo.ferrand@armor-energies.example", "recruiter", university)


@pytest.fixture
def grouped(db: None) -> Callable[..., Group]:
    """`grouped(amelie, goulven)`: these persons are in one group, from now on."""

    def bring_together(*persons: Person, name: str = "Association des juristes") -> Group:
        group = Group.make(name, "association", by="the tests")
        for person in persons:
            Membership.ask(group, person, by="the tests").enter(by="the tests")
        return group

    return bring_together


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium, which asks nothing of the outside."""
    quiet = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-background-networking"]
    return {
        **browser_type_launch_args,
        "executable_path": os.environ.get("LIERRE_CHROMIUM", "/usr/bin/chromium"),
        "args": [*quiet, "--disable-component-update", "--disable-sync", "--no-first-run"],
    }


@pytest.fixture
def enter(page: Any, live_server: Any, client: Any) -> Any:
    """`enter(solenn, "/annuaire/")` opens a page of a living Lierre, signed in as this person."""

    def open_as(user: User | None, path: str) -> Any:
        if user is not None:
            client.force_login(user)
            session = client.cookies["sessionid"].value
            page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page.goto(live_server.url + path)
        return page

    return open_as


@pytest.fixture(autouse=True)
def answered_to_the_end(request: pytest.FixtureRequest) -> Iterator[None]:
    """The base of a test is not emptied while its browser still asks, or its server still answers."""
    yield
    if "live_server" in request.fixturenames and "browser" in request.fixturenames:
        for context in request.getfixturevalue("browser").contexts:
            context.close()
        patience = time.monotonic() + 20
        while answering := [thread.name for thread in threading.enumerate() if "process_request" in thread.name]:
            assert time.monotonic() < patience, f"the server still answers: {answering}"
            time.sleep(0.01)


@pytest.fixture(autouse=True)
def nothing_waits_at_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test has a base of its own: what was counted in another one must go, and a slow test is not counted anew."""
    monkeypatch.setattr("lierre.foundation.remembered.SECONDS", 86_400.0)
    waiting_pairs.tell(0)
    waiting_posts.tell(0)
    standing.forget()
