"""What every test about persons needs."""

import pytest

from lierre.people.directory import snapshot
from lierre.people.reconciling import knowledge


@pytest.fixture(autouse=True)
def directory_of_this_test() -> None:
    """Each test has a base of its own, so what the process remembers of another base must go."""
    snapshot.forget()
    knowledge.forget()
