"""“Not the same person”: said of a line, and of whatever bears one of its keys, for ever."""

from collections.abc import Sequence
from typing import Any

from lierre.people.models import LineMatch, MatchingRefusal, Person, Record


def record_was_moved(record: Record, before: Person | None, *, by: Any) -> None:
    """Somebody said that a line which was linked alone does not speak of that person. Call it in a transaction."""
    if record.linked_by != Record.Link.LIKENESS or before is None or record.delivery_id is None:
        return
    matches = LineMatch.objects.of_line(record.delivery_id, record.line).select_related("person")
    for match in matches.filter(person=before):
        match.say(LineMatch.Answer.DIFFERENT, by=by)
    refuse([*(key.hash for key in record.keys), record.digest], [before], by=by)


def refuse(keys: Sequence[int], persons: Sequence[Person], *, by: Any) -> None:
    MatchingRefusal.objects.bulk_create(
        [
            MatchingRefusal(hash=key, person=person, by_name=str(by)[:200])
            for key in dict.fromkeys(keys)
            for person in persons
        ],
        ignore_conflicts=True,
    )
