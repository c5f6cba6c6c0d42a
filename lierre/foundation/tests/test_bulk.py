"""Many rows at once: they arrive whole, their ids are never given twice, and others can write meanwhile."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from lierre.foundation.bulk import insert_rows, reserve_ids, write_in_turn
from lierre.foundation.models import Entry, Worker

pytestmark = pytest.mark.django_db
MOMENT = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
COLUMNS = ("name", "host", "pid", "began_at", "seen_at")


def workers(count: int) -> list[tuple[object, ...]]:
    return [(f"worker {number}", "morlaix", number, MOMENT, MOMENT) for number in range(count)]


def test_rows_are_inserted_whole_and_counted():
    count = insert_rows("foundation_worker", COLUMNS, iter(workers(4_321)))

    assert count == 4_321 == Worker.objects.count()
    assert Worker.objects.get(pid=4_320).seen_at == MOMENT


def test_nothing_to_insert_is_nothing_done(django_assert_num_queries):
    with transaction.atomic(), django_assert_num_queries(0):
        assert insert_rows("foundation_worker", COLUMNS, iter([])) == 0


def test_json_goes_as_text_and_comes_back_as_values():
    insert_rows(
        "foundation_entry",
        ("at", "actor_id", "by_name", "verb", "subject_kind", "subject_id", "subject_name", "reason", "details"),
        [(MOMENT, None, "Solenn Kerbrat", "import.applied", "", "", "tab\tnew\nline \\N", "", '{"lines": 3}')],
    )

    entry = Entry.objects.get()
    assert entry.details == {"lines": 3}
    assert entry.subject_name == "tab\tnew\nline \\N"


def test_a_row_that_breaks_a_rule_takes_the_whole_insertion_back():
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_rows("foundation_worker", COLUMNS, [*workers(10), workers(1)[0]])

    assert Worker.objects.count() == 0


def test_blocks_of_ids_follow_each_other_and_are_never_given_again():
    first = reserve_ids("foundation_worker", 100)
    second = reserve_ids("foundation_worker", 5)
    insert_rows("foundation_worker", ("id", *COLUMNS), [(first + 99, *workers(1)[0])])
    Worker.objects.all().delete()
    after = Worker.objects.arrive("the next one")

    assert second >= first + 100
    assert after.pk >= second + 5


def test_a_block_begins_after_the_rows_that_stand():
    standing = Worker.objects.arrive("already here")

    assert reserve_ids("foundation_worker", 10) > standing.pk


@pytest.mark.parametrize(("table", "count"), [("foundation_worker", 0), ("foundation_duty", 3), ("nowhere", 3)])
def test_no_block_is_given_where_the_base_does_not_number(table, count):
    with pytest.raises(ValueError, match=r"block|numbered"):
        reserve_ids(table, count)


def test_writing_in_turn_is_one_transaction():
    def write_then_fail() -> None:
        with write_in_turn():
            Worker.objects.arrive("never kept")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_then_fail()

    assert Worker.objects.count() == 0


TRAPS = ['a "b"', "\\.", "tab\tnew\nline \\N", "", "é ‘œ’ 日本 👩‍🔬", "\r\n", ",;", "=1+1"]


def test_many_rows_keep_every_character_and_tell_a_blank_from_nothing():
    columns = ("at", "actor_id", "by_name", "verb", "subject_kind", "subject_id", "subject_name", "reason", "details")
    told = [TRAPS[number % len(TRAPS)] for number in range(1_000)]

    insert_rows(
        "foundation_entry",
        columns,
        [("2026-03-01 12:30:00Z", None, "", "a.b", "", "", said, "", "{}") for said in told],
    )

    rows = Entry.objects.order_by("pk").values_list("subject_name", "by_name", "actor_id")
    assert list(rows) == [(said, "", None) for said in told]


def test_rows_that_change_their_kind_half_way_are_written_as_they_are():
    rows = [*workers(300), *[(f"other {number}", "brest", number, str(MOMENT), str(MOMENT)) for number in range(300)]]

    assert insert_rows("foundation_worker", COLUMNS, rows) == Worker.objects.count() == 600
