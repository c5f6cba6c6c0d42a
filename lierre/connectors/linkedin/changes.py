"""
What a member changed at LinkedIn lately: only a bell that rings, for what is in it is not documented for careers.

Kept for 28 days, asked from the moment of the last one that was seen, that one included: it is told apart by its number.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from lierre.connectors.linkedin.client import Door, NoData

PATH: Final = "/rest/memberChangeLogs"
WINDOW: Final = timedelta(days=28)
COUNT: Final = 50  # the most that is given at once
MOST_PAGES: Final = 40
# What a record is made of; posts, comments, messages and invitations ring no bell here.
CAREER: Final = ("people",)


@dataclass(frozen=True, slots=True)
class Change:
    """`resource` as LinkedIn names it: "people", "people/languages". What it says is not kept."""

    number: int
    resource: str
    method: str
    at: datetime

    @property
    def is_about_the_career(self) -> bool:
        return self.resource.split("/")[0] in CAREER


def changes_since(door: Door, moment: datetime, seen: Collection[int] = ()) -> list[Change]:
    """All of them, each once, the oldest first. A moment older than the window is brought to its beginning."""
    start = max(moment, datetime.now(UTC) - WINDOW + timedelta(minutes=1))
    found: dict[int, Change] = {}
    for _page in range(MOST_PAGES):
        fresh = [each for each in page(door, start) if each.number not in found]
        found |= {each.number: each for each in fresh}
        # More than a page at one and the same moment could never be passed: what follows is asked then.
        if len(fresh) < COUNT - 1 or max(each.at for each in fresh) <= start:
            break
        start = max(each.at for each in fresh)
    return sorted((each for each in found.values() if each.number not in seen), key=lambda each: (each.at, each.number))


def page(door: Door, start: datetime) -> Iterator[Change]:
    try:
        answer = door.get(PATH, {"q": "memberAndApplication", "startTime": milliseconds(start), "count": COUNT})
    except NoData:
        return
    for event in answer.get("elements") or ():
        if isinstance(event, dict) and (change := change_of(event)):
            yield change


def change_of(event: dict[str, Any]) -> Change | None:
    number, at = event.get("id"), event.get("processedAt")
    if not isinstance(number, int) or not isinstance(at, int):
        return None
    moment = datetime.fromtimestamp(at / 1000, UTC)
    return Change(number, str(event.get("resourceName", "")), str(event.get("method", "")), moment)


def milliseconds(moment: datetime) -> int:
    """
    >>> milliseconds(datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC))
    1000
    """
    return int(moment.timestamp() * 1000)
