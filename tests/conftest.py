"""What the tests of the whole house share: a folder of their own, and a Lierre that is really served."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lierre.people.directory import snapshot
from tests.served import Served


@pytest.fixture(autouse=True)
def nothing_left_of_another_test(settings: Any, tmp_path: Path) -> None:
    """Numbers begin again with each base: neither the files nor the counts of the one before may be found."""
    settings.DATA_DIR = tmp_path
    snapshot.forget()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The product in French, with its server, its worker and the house of the tests."""
    served = Served(tmp_path_factory.mktemp("served"))
    try:
        served.start()
        yield served
    finally:
        served.stop()
