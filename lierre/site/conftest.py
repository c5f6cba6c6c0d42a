"""What every test of the pages that know everyone needs."""

import pytest
from django.core.cache import cache

from lierre.people.directory import snapshot


@pytest.fixture(autouse=True)
def nothing_remembered_from_another_base() -> None:
    """Each test has a base of its own, so what the process counted on another must go."""
    snapshot.forget()
    cache.clear()
