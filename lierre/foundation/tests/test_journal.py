"""The journal: nobody changes what it says, and those who answer for the house can search and export it."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from lierre.foundation.models import Entry
from lierre.foundation.models.journal import record
from lierre.foundation.models.verbs import name_verbs

pytestmark = pytest.mark.django_db
name_verbs({"post.approved": "approved a post", "pair.merged": "merged two records"})


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE foundation_entry SET by_name = 'somebody else'",
        "DELETE FROM foundation_entry",
        "UPDATE foundation_entry SET reason = '' WHERE id = (SELECT max(id) FROM foundation_entry)",
    ],
)
def test_the_base_refuses_to_change_or_erase_a_line(solenn, statement):
    record("pair.merged", by=solenn, why="same birth date")

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    entry = Entry.objects.get()
    assert (entry.by_name, entry.reason) == ("Solenn Kerbrat", "same birth date")


@pytest.mark.django_db(transaction=True)
def test_emptying_the_whole_base_stays_possible_and_puts_the_guard_back(transactional_db):
    from django.core.management import call_command

    record("pair.merged", by="a test")
    call_command("flush", interactive=False, verbosity=0)
    record("pair.merged", by="another test")

    assert Entry.objects.count() == 1
    with pytest.raises(IntegrityError):
        Entry.objects.all().delete()


def test_a_line_goes_with_the_change_it_tells_of(solenn):
    def change_and_fail() -> None:
        with transaction.atomic():
            record("pair.merged", by=solenn)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change_and_fail()

    assert not Entry.objects.exists()


def test_the_data_protection_officer_reads_who_did_what(client, maiwenn, solenn, university):
    record("pair.merged", university, by=solenn, why="same birth date")
    client.force_login(maiwenn)

    page = client.get(reverse("foundation:journal")).content.decode()

    for words in ("Solenn Kerbrat", "merged two records", "Université de Bretagne-Nord", "same birth date"):
        assert words in page


@pytest.mark.parametrize("name", ["maiwenn", "helene", "malo"])
def test_those_who_answer_for_the_house_may_read_it(client, request, name):
    client.force_login(request.getfixturevalue(name))

    assert client.get(reverse("foundation:journal")).status_code == 200


@pytest.mark.parametrize("name", ["solenn", "gwenael", "yann", "amelie_user", "lena", "hugo"])
@pytest.mark.parametrize("address", ["/journal/", "/journal/journal.csv", "/journal/journal.xlsx"])
def test_others_may_not(client, request, name, address):
    client.force_login(request.getfixturevalue(name))

    assert client.get(address).status_code == 403


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"who": "kerbrat"}, ["pair.merged"]),
        ({"verb": "post.approved"}, ["post.approved"]),
        ({"kind": "accounts.unit"}, ["pair.merged"]),
        ({"q": "birth"}, ["pair.merged"]),
        ({"q": "bretagne", "who": "gwenaël"}, []),
        ({"since": "2020-01-01", "until": "2020-12-31"}, []),
        ({"since": "not a date"}, ["post.approved", "pair.merged"]),
        ({"since": "2026-02-01", "until": "2026-01-01"}, ["post.approved", "pair.merged"]),
    ],
)
def test_the_journal_is_searched_by_who_what_when_and_on_what(
    client, maiwenn, solenn, gwenael, university, asked, found
):
    record("pair.merged", university, by=solenn, why="same birth date")
    record("post.approved", by=gwenael, name="Trois résultats")
    client.force_login(maiwenn)

    page = client.get(reverse("foundation:journal"), asked)

    assert [entry.verb for entry in page.context["page"].rows] == found


def test_the_last_day_asked_for_is_included(solenn):
    record("pair.merged", by=solenn)
    today = timezone.localdate()

    assert Entry.objects.since(today).until(today).count() == 1
    assert not Entry.objects.until(today - timedelta(days=1)).exists()


def test_a_long_journal_is_read_page_by_page(client, maiwenn, solenn, django_assert_max_num_queries):
    for number in range(120):
        record("pair.merged", by=solenn, name=f"pair {number}")
    client.force_login(maiwenn)
    read, before = [], ""

    while before is not None:
        with django_assert_max_num_queries(12):
            page = client.get(reverse("foundation:journal"), {"before": before}).context["page"]
        read += [entry.subject_name for entry in page.rows]
        before = page.older

    assert read == [f"pair {number}" for number in reversed(range(120))]


def test_the_export_holds_what_was_asked_for_and_is_itself_written_down(client, maiwenn, solenn, gwenael):
    record("pair.merged", by=solenn, name="=cmd|' /C calc'!A0", pairs=2)
    record("post.approved", by=gwenael)
    client.force_login(maiwenn)

    response = client.get(reverse("foundation:export_journal", args=["csv"]), {"who": "Kerbrat"})
    text = b"".join(response.streaming_content).decode("utf-8-sig")

    lines = text.splitlines()
    assert len(lines) == 2
    assert "merged two records" in lines[1]
    assert "'=cmd" in lines[1]
    assert "Gwenaël" not in text
    assert Entry.objects.get(verb="journal.exported").details["asked"] == {"who": "Kerbrat"}


def test_the_journal_is_exported_as_a_workbook(client, maiwenn, solenn):
    record("pair.merged", by=solenn, name="=1+1")
    client.force_login(maiwenn)

    response = client.get(reverse("foundation:export_journal", args=["xlsx"]))
    book = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))

    sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "Solenn Kerbrat" in sheet
    assert 'filename="' in response["Content-Disposition"]
