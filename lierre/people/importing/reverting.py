"""Reverting: the records of an import go, and the persons they spoke of are folded again from what remains."""

from collections.abc import Iterator
from typing import Any

from django.db import connection

from lierre.foundation.bulk import write_in_turn
from lierre.people.importing.rehearsing import Advance
from lierre.people.importing.set_aside import put_all_back
from lierre.people.json_text import parsed
from lierre.people.matching.keys import keys_of
from lierre.people.models import Decision, Import, QuarantinedLine, Record
from lierre.people.models.policy import policy_in_force
from lierre.people.projection import SLICE, Vocabulary, among, held, sliced
from lierre.people.refold import PERSONS_AT_ONCE, folded_sheaf, hear, lock, write_sheaf


def take_back(imported: Import, advance: Advance) -> int:
    """Remove everything that the import wrote. Can be begun again after a crash: it takes what is still there."""
    put_all_back()
    policy, vocabulary = policy_in_force(), Vocabulary()
    deliveries = list(imported.deliveries.values_list("pk", flat=True))
    total = Record.objects.filter(delivery__in=deliveries).count()
    gone = 0
    for persons in slices_of_persons(deliveries):
        with write_in_turn():
            lock(persons)
            gone += remove_records(persons, deliveries)
            spoken = hear(persons)
            write_sheaf(folded_sheaf(spoken, policy), spoken, vocabulary)
        advance(gone, total)
    return gone


def slices_of_persons(deliveries: list[int]) -> Iterator[list[int]]:
    """Persons of whom these deliveries speak, some at a time, in the order of their numbers."""
    ours = Record.objects.filter(delivery__in=deliveries, person__isnull=False).order_by("person_id")
    numbers = ours.values_list("person_id", flat=True).distinct()
    # Read once: eight bytes each, where paging would look for the records again with each slice.
    yield from sliced(list(numbers.iterator(chunk_size=20_000)), PERSONS_AT_ONCE)


def remove_records(persons: list[int], deliveries: list[int]) -> int:
    """The records of these persons, their keys, and what was decided on them."""
    gone = 0
    for some in sliced(persons, SLICE // 2):
        ours = Record.objects.filter(person__in=some, delivery__in=deliveries)
        records = list(ours.values_list("id", "facts", "source_id", "digest"))
        numbers = [number for number, *_said in records]
        keys = [
            (key.hash, number)
            for number, facts, source_id, digest in records
            for key in keys_of(parsed(facts), source_id, digest)
        ]
        with connection.cursor() as cursor:
            delete_keys(cursor, keys)
            QuarantinedLine.objects.filter(record__in=numbers).update(record=None, state=QuarantinedLine.State.WAITING)
            Decision.objects.filter(record__in=numbers).delete()
            cursor.execute(f"DELETE FROM people_record WHERE id {among(numbers)}", held(numbers))
        gone += len(numbers)
    return gone


def delete_keys(cursor: Any, keys: list[tuple[int, int]]) -> None:
    """Pairs of a hash and a record. A server is asked once; an embedded base answers many questions as quickly."""
    if connection.vendor == "sqlite":
        cursor.executemany("DELETE FROM people_recordkey WHERE hash = %s AND record_id = %s", keys)
    elif keys:
        hashes, records = zip(*keys, strict=True)
        cursor.execute(
            "DELETE FROM people_recordkey AS kept USING unnest(%s::bigint[], %s::bigint[]) AS gone (hash, record_id)"
            " WHERE kept.hash = gone.hash AND kept.record_id = gone.record_id",
            [list(hashes), list(records)],
        )
