"""Folds persons again, after anything that changed which records are theirs, or how they are read."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any, Final

from django.db import connection
from django.db.models import Q

from lierre.foundation.bulk import write_in_turn
from lierre.people import projection
from lierre.people.fold import Policy, Testimony, fold, rows_of
from lierre.people.json_text import parsed
from lierre.people.models import Decision, LineMatch, MatchingRefusal, Merge, Person, Record, Suspicion
from lierre.people.models.policy import policy_in_force

# Few enough that the transaction stays around a tenth of a second, so that web writes are not starved.
PERSONS_AT_ONCE = 2_000

Spoken = dict[int, list[Testimony]]


SPOKEN: Final = (
    "SELECT record.person_id, record.id, source.kind, record.asserted, record.facts"
    " FROM people_record record JOIN people_source source ON source.id = record.source_id"
)


def hear(person_ids: Sequence[int]) -> Spoken:
    """The testimonies of each person, in the order of their records."""
    found: list[tuple[Any, ...]] = []
    for some in projection.sliced(person_ids, projection.SLICE):
        with connection.cursor() as cursor:
            cursor.execute(
                f"{SPOKEN} WHERE record.person_id {projection.among(some)} ORDER BY record.person_id, record.id",
                projection.held(some),
            )
            found += cursor.fetchall()
    return {person_id: [] for person_id in person_ids} | testimonies(found)


def hear_range(first: int, last: int) -> Spoken:
    """The testimonies of every person whose number is in a range, both ends included."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"{SPOKEN} WHERE record.person_id BETWEEN %s AND %s ORDER BY record.person_id, record.id", [first, last]
        )
        return testimonies(cursor.fetchall())


def testimonies(rows: Iterable[tuple[Any, ...]]) -> Spoken:
    return {
        person_id: [Testimony(number, kind, day, parsed(facts)) for _, number, kind, day, facts in said]
        for person_id, said in groupby(rows, key=lambda row: row[0])
    }


def lock(person_ids: Sequence[int]) -> None:
    """Let nobody else write these persons until the end of the transaction. SQLite has one writer anyway."""
    if connection.features.has_select_for_update:
        list(Person.objects.select_for_update().filter(id__in=person_ids).order_by("id").values_list("id"))


def still_theirs(person_ids: Sequence[int], heard: Mapping[int, Sequence[int]]) -> bool:
    """Whether the records of these persons are those that were heard."""
    pairs = Record.objects.of(list(person_ids)).values_list("person_id", "id")
    return list(pairs) == [(person_id, number) for person_id in sorted(heard) for number in heard[person_id]]


def records_of(spoken: Spoken) -> dict[int, list[int]]:
    return {person_id: [each.record_id for each in said] for person_id, said in spoken.items()}


def folded_sheaf(spoken: Spoken, policy: Policy) -> projection.Sheaf:
    """The rows of these persons. Those of whom nothing is said have none."""
    sheaf = projection.Sheaf()
    for person_id, said in spoken.items():
        if said:
            sheaf.add(rows_of(person_id, fold(said, policy)))
    return sheaf


def write_sheaf(sheaf: projection.Sheaf, spoken: Spoken, vocabulary: "projection.Vocabulary | None" = None) -> None:
    """Write these persons; those of whom nothing is said any more go away. Call it in a transaction."""
    projection.write(sheaf, known=spoken.keys(), vocabulary=vocabulary)
    forget([person_id for person_id, said in spoken.items() if not said])


def fold_again(person_ids: Iterable[int]) -> None:
    """A few persons, inside the caller's transaction."""
    some = sorted(set(person_ids))
    lock(some)
    spoken = hear(some)
    write_sheaf(folded_sheaf(spoken, policy_in_force()), spoken)


def fold_in_slices(
    person_ids: Iterable[int], advance: Callable[[int], object] = int, policy: Policy | None = None
) -> None:
    """
    Many persons, each slice in a short transaction of its own, heard and folded before it begins.

    If someone wrote about one of them meanwhile, that slice is heard again under the lock.
    """
    policy, vocabulary = policy or policy_in_force(), projection.Vocabulary()
    for some in projection.sliced(person_ids, PERSONS_AT_ONCE):
        some.sort()
        spoken = hear(some)
        sheaf = folded_sheaf(spoken, policy)
        with write_in_turn():
            lock(some)
            if not still_theirs(some, records_of(spoken)):
                spoken = hear(some)
                sheaf = folded_sheaf(spoken, policy)
            write_sheaf(sheaf, spoken, vocabulary)
        advance(len(some))


def forget(person_ids: Sequence[int]) -> None:
    """Persons without a record leave the directory. The row stays when an account, a decision or a merge still names it."""
    if not person_ids:
        return
    projection.clear(person_ids)
    projection.changed(person_ids)
    for some in projection.sliced(person_ids, projection.SLICE):
        named = set(Decision.objects.filter(before__in=some).values_list("before_id", flat=True))
        named |= set(Decision.objects.filter(after__in=some).values_list("after_id", flat=True))
        for role in ("gone_id", "kept_id", "first_kept_id"):
            named |= set(Merge.objects.filter(**{f"{role}__in": some}).values_list(role, flat=True))
        named |= set(Person.objects.filter(id__in=some, account__isnull=False).values_list("id", flat=True))
        gone = [person_id for person_id in some if person_id not in named]
        Suspicion.objects.filter(Q(low__in=gone) | Q(high__in=gone)).delete()
        LineMatch.objects.filter(person__in=gone).delete()
        MatchingRefusal.objects.filter(person__in=gone).delete()
        with connection.cursor() as cursor:
            places = ", ".join(["%s"] * len(gone))
            if gone:
                cursor.execute(f"DELETE FROM people_person WHERE id IN ({places})", gone)
        Person.objects.filter(id__in=named).update(
            given="", family="", usage="", sort="", born="", sex=0, died="", heard=0, completeness=0, record_id=None
        )
