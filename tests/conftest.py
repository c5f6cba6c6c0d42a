"""What the tests of the whole house share: a folder of their own, and a Lierre that is really served."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction

from lierre.people.directory import snapshot
from tests.house import House, build
from tests.served import Served


@pytest.fixture(autouse=True)
def nothing_left_of_another_test(settings: Any, tmp_path: Path) -> None:
    """Numbers begin again with each base: neither the files nor the counts of the one before may be found."""
    settings.DATA_DIR = tmp_path
    snapshot.forget()


@pytest.fixture(scope="module")
def standing(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[House, Path]]:
    """A house that is built once for the tests of a file, and the folder of its files. What each of them does is undone."""
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("house")
        patch.setattr(settings, "DATA_DIR", folder)
        yield build(second_factors=False), folder
        transaction.set_rollback(True)


@pytest.fixture
def house(standing: tuple[House, Path], db: None, nothing_left_of_another_test: None, settings: Any) -> House:
    settings.DATA_DIR = standing[1]
    # Whoever has typed their password is believed, on a slow machine too.
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 86_400
    return standing[0]


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The product in French, with its server, its worker and the house of the tests."""
    served = Served(tmp_path_factory.mktemp("served"))
    try:
        served.start()
        yield served
    finally:
        served.stop()
