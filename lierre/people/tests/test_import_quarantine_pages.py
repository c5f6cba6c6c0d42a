"""The pages of the quarantine: a line is looked at whole, corrected, given to someone, taken away in a table."""

import csv
import io
from datetime import date

import pytest
from django.urls import reverse

from lierre.people.importing.tests.bringing import AMELIE, APOGEE, ERWAN, GWEN, apply, bring, file
from lierre.people.models import Person, QuarantinedLine, Record

pytestmark = pytest.mark.django_db
LONG = AMELIE.replace("14 rue des Sternes", "14; rue des Sternes")
FORMULA = GWEN.replace("9 quai Est", "=cmd|'/c calc'!A1")


@pytest.fixture
def waiting():
    apply(bring(file(APOGEE, ERWAN, LONG, FORMULA)))
    return list(QuarantinedLine.objects.order_by("line"))


def table_of(answer) -> list[list[str]]:
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def test_a_line_that_lost_its_columns_is_shown_as_it_came_under_its_header(client, solenn, waiting):
    client.force_login(solenn)

    page = client.get(reverse("people:quarantined_line", args=[waiting[0].pk]))

    assert [field.label for field in page.context["form"].filled_first] == APOGEE.split(";")
    assert "14 |  rue des Sternes" in page.content.decode()


def test_the_column_at_fault_comes_first_and_a_formula_is_shown_as_text(client, solenn, waiting):
    client.force_login(solenn)

    page = client.get(reverse("people:quarantined_line", args=[waiting[1].pk]))

    first = page.context["form"].filled_first[0]
    assert (first.label, first.value()) == ("LIB_AD1", "=cmd|'/c calc'!A1")


def test_a_line_is_corrected_and_leads_to_the_record_it_became(client, solenn, waiting):
    client.force_login(solenn)
    address = reverse("people:quarantined_line", args=[waiting[0].pk])
    cells = {f"cell-{at}": cell for at, cell in enumerate(AMELIE.split(";"))}

    still_wrong = client.post(address, cells | {"cell-5": "31/02/1991"})
    taken = client.post(address, cells)

    assert still_wrong.status_code == 422
    assert "is not a date that exists" in still_wrong.content.decode()
    assert taken["Location"] == reverse("people:record", args=[Record.objects.latest("pk").pk])


def test_lines_are_taken_away_in_a_table_that_no_spreadsheet_can_run(client, solenn, waiting):
    client.force_login(solenn)

    header, *rows = table_of(client.get(reverse("people:export_quarantine")))

    assert header[-len(APOGEE.split(";")) :] == APOGEE.split(";")
    assert len(rows) == 2
    cells = [cell for row in rows for cell in row]
    assert "'=cmd|'/c calc'!A1" in cells
    assert not [cell for cell in cells if cell.startswith("=")]


def test_a_line_set_aside_leaves_those_that_wait(client, solenn, waiting):
    client.force_login(solenn)

    client.post(reverse("people:drop_line", args=[waiting[0].pk]), {"reason": "Not a person."}, follow=True)

    page = client.get(reverse("people:quarantine"))
    assert [line.pk for line in page.context["page"].rows] == [waiting[1].pk]


def test_a_line_brought_again_leads_to_the_one_that_asks_and_is_counted_once(client, solenn, waiting):
    client.force_login(solenn)
    apply(bring(file(APOGEE, LONG, FORMULA), day=date(2026, 11, 1)))
    asking = QuarantinedLine.objects.waiting().get(line=2)

    older = client.get(reverse("people:quarantined_line", args=[waiting[0].pk])).content.decode()
    shown = client.get(reverse("people:quarantine"))
    aside = client.get(reverse("people:quarantine"), {"state": "superseded"})

    assert reverse("people:quarantined_line", args=[asking.pk]) in older
    assert "Line 2 of envoi-0.csv, which asks in its place" in older
    assert "Replay this line" not in older
    assert len(shown.context["page"].rows) == 2
    assert {line.pk for line in aside.context["page"].rows} == {line.pk for line in waiting}


def test_a_list_of_lines_brought_again_asks_no_question_more_for_each(
    client, solenn, waiting, django_assert_max_num_queries
):
    client.force_login(solenn)
    apply(bring(file(APOGEE, LONG, FORMULA), day=date(2026, 11, 1)))

    with django_assert_max_num_queries(12):
        client.get(reverse("people:quarantine"), {"state": "superseded"})


def test_a_line_that_gives_a_number_of_its_own_file_to_somebody_else_offers_the_one_who_bears_it(client, solenn):
    """Nobody was in the base when it was rehearsed."""
    apply(bring(file(APOGEE, AMELIE, AMELIE.replace("17/05/1991", "28/02/1994"))))
    line = QuarantinedLine.objects.get()
    client.force_login(solenn)

    page = client.get(reverse("people:quarantined_line", args=[line.pk])).text
    client.post(reverse("people:choose_person", args=[line.pk]), {"personne": "nouvelle"})

    line.refresh_from_db()
    assert "Amelie Herve" in page
    assert line.state == QuarantinedLine.State.REPLAYED
    assert sorted(Person.objects.values_list("born", flat=True)) == ["1991-05-17", "1994-02-28"]
