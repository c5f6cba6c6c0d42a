"""Which tests make a pass, and in which order.

On SQLite, all of them. On PostgreSQL, all that ask a base, which pytest sees by itself: what asks none cannot tell two engines
apart. Two kinds are left out besides: what is marked `one_engine`, with its reason, and what a browser does with the pages of
one domain, which tests without a browser ask of both. Journeys through the whole house are made on both. So a new test that
asks the base is in.
"""

from collections import Counter
from collections.abc import Sequence

import pytest

from tests import pattern

# By these a test comes to the base, besides the mark of Django. What kills a process always has a base of its own.
ASKS = {"db", "transactional_db", "live_server", "served"}
SLOW = {"crash", "browser"}
# Minutes each: they begin.
LONGEST = [
    "tests/accessibility/test_pages.py", "tests/test_nothing_hidden_leaks.py", "tests/reliability/test_killed_outbox.py",
    "tests/test_access.py",
]  # fmt: skip


def asks_a_base(item: pytest.Item) -> bool:
    wanted = set(getattr(item, "fixturenames", ()))
    return bool(wanted & ASKS) or any(item.get_closest_marker(mark) for mark in ("django_db", "crash"))


def is_of_pages_alone(item: pytest.Item) -> bool:
    return item.get_closest_marker("browser") is not None and not item.nodeid.startswith("tests/journeys/")


def differs(item: pytest.Item) -> bool:
    return asks_a_base(item) and item.get_closest_marker("one_engine") is None and not is_of_pages_alone(item)


def choose(config: pytest.Config, items: list[pytest.Item]) -> None:
    if pattern.server():
        config.hook.pytest_deselected(items=[item for item in items if not differs(item)])
        items[:] = [item for item in items if differs(item)]
    items[:] = in_order(items)


def in_order(items: Sequence[pytest.Item]) -> list[pytest.Item]:
    """File by file: those that take long first, so that no process of tests waits for another one at the end."""
    files = {item: item.nodeid.partition("::")[0] for item in items}
    counts = Counter(files.values())
    slow = {files[item] for item in items if any(item.get_closest_marker(mark) for mark in SLOW)}
    place = {file: (file not in LONGEST, file not in slow, -counts[file], file) for file in counts}
    return sorted(items, key=lambda item: place[files[item]])
