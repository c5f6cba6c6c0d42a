"""How fresh the base is: what counts as living, reachable, confirmed; and what the page says of it."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from lierre.foundation.models import Work
from lierre.foundation.periods import Period
from lierre.people import indicators
from lierre.people.freshness.counting import count_freshness
from lierre.people.freshness.duties import count_once_a_day
from lierre.people.freshness.reading import Freshness
from lierre.people.models import FreshnessCount, Person
from lierre.people.tests.witnesses import amelie, tell

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 26)
YEAR = Period.twelve_months_to(TODAY)


def someone(day: date, *, email: str = "", refused: bool = False, year: int = 2014, **more: object) -> Person:
    contact = {"kind": "email", "value": email, **({"refused": True} if refused else {})}
    facts = {"family": f"Le Goff {email}{day}", "studies": [{"degree": "Licence Droit", "year": year}], **more}
    return tell(None, "school", day, **facts, **({"contacts": [contact]} if email else {}))


@pytest.fixture
def four(db) -> None:
    """One fresh, one known long ago, one whose address is dead, one who died."""
    someone(date(2026, 3, 1), email="un@courriel.example")
    someone(date(2010, 3, 1), email="deux@courriel.example")
    someone(date(2026, 5, 1), email="trois@courriel.example", refused=True, year=2015)
    someone(date(2026, 5, 1), email="quatre@courriel.example", died="2025")


def whole() -> FreshnessCount:
    return FreshnessCount.objects.whole()[0]


def test_the_living_the_reachable_and_the_confirmed_are_counted(four):
    count_freshness(TODAY)

    counted = whole()
    assert (counted.known, counted.living) == (4, 3)
    assert (counted.reachable, counted.surely, counted.confirmed, counted.fresh) == (2, 1, 2, 1)


def test_who_asked_to_be_left_alone_is_not_reachable(four):
    someone(date(2026, 6, 1), email="cinq@courriel.example", do_not_contact=True)

    count_freshness(TODAY)

    assert (whole().living, whole().reachable, whole().confirmed) == (4, 2, 3)


def test_two_years_end_on_the_same_day_as_in_the_directory(db):
    someone(date(2024, 11, 27), email="un@courriel.example")  # 729 days ago
    someone(date(2024, 11, 26), email="deux@courriel.example")  # 730

    count_freshness(TODAY)

    assert whole().confirmed == 1


def test_mail_that_comes_back_is_no_sign_of_life(db):
    person = someone(date(2019, 5, 2), email="un@courriel.example")
    tell(person, "third", TODAY, contacts=[{"kind": "email", "value": "un@courriel.example", "refused": True}])

    count_freshness(TODAY)

    assert Person.objects.get(pk=person.pk).heard_on == date(2019, 5, 2)
    assert (whole().reachable, whole().confirmed) == (0, 0)


def test_each_class_and_degree_is_counted(four):
    count_freshness(TODAY)

    classes = {each.label: (each.living, each.reachable) for each in FreshnessCount.objects.parts("class")}
    degrees = [(each.label, each.living) for each in FreshnessCount.objects.parts("degree")]
    assert classes == {"2014": (2, 2), "2015": (1, 0)}
    assert degrees == [("Licence Droit", 3)]


def test_the_course_is_read_in_the_dates_of_what_was_said(db):
    person = someone(date(2023, 1, 10), email="un@courriel.example")
    tell(person, "member", date(2026, 2, 10), headline="Archiviste")

    count_freshness(TODAY)

    months = {each.label: (each.living, each.confirmed) for each in FreshnessCount.objects.parts("month")}
    assert months["2025-01"] == (1, 0)  # the first word is two years old
    assert months["2024-12"] == (1, 1)
    assert months["2026-01"] == (1, 0)
    assert months["2026-02"] == (1, 1)
    assert len(months) == 25


def test_counting_again_replaces_the_day_and_keeps_the_days_before(four):
    count_freshness(date(2026, 11, 25))
    count_freshness(TODAY)
    count_freshness(TODAY)

    assert [each.day for each in FreshnessCount.objects.whole()] == [TODAY, date(2026, 11, 25)]
    assert {each.day for each in FreshnessCount.objects.parts("class")} == {TODAY}


def test_it_is_counted_once_a_day(four):
    assert "counted." in count_once_a_day()
    assert count_once_a_day().startswith("Counted already")


def test_a_figure_says_its_doubt_and_is_unknown_before_it_is_counted(four):
    unknown = indicators.reachable(YEAR)
    count_freshness(TODAY)
    known = indicators.reachable(YEAR)

    assert (unknown.value, unknown.is_known) == (None, False)
    assert known.value == pytest.approx(200 / 3)
    assert known.doubt == pytest.approx(50 / 3)
    assert indicators.fresh(YEAR).value == pytest.approx(100 / 3)
    assert indicators.living(YEAR).value == 75


def test_the_position_is_confirmed_by_what_is_said_of_it_alone(db):
    person = tell(None, "survey", date(2019, 1, 18), family="Hervé", positions=[{"employer": "Armor Énergies"}])
    tell(person, "school", date(2026, 10, 1), birth_place="Morlaix")

    count_freshness(TODAY)

    assert indicators.confirmed(YEAR).value == 100
    assert indicators.position(YEAR).value == 0
    assert indicators.position(YEAR).coverage == 1


def test_the_president_reads_the_page_in_few_questions(client, helene, django_assert_max_num_queries):
    for number in range(6):
        someone(
            date(2026, 3, 1 + number), email=f"{number}@courriel.example", positions=[{"employer": "Armor Énergies"}]
        )
    amelie()
    count_freshness(TODAY)
    client.force_login(helene)

    client.get(reverse("people:freshness"))
    with django_assert_max_num_queries(12):
        page = client.get(reverse("people:freshness"))

    assert "Of 7 living persons, 7 can be reached" in page.text
    assert "diplome=Licence+Droit&amp;fraicheur=a-confirmer" in page.text
    assert "employeur=Armor+%C3%89nergies&amp;fraicheur=a-confirmer" in page.text


def test_a_faculty_is_called_by_its_name_and_asked_for_by_its_code(client, helene, iut):
    for number in range(5):
        someone(
            date(2026, 3, 1),
            email=f"{number}@courriel.example",
            studies=[{"degree": "DUT GEII", "unit_code": iut.code}],
        )
    count_freshness(TODAY)
    client.force_login(helene)

    page = client.get(reverse("people:freshness")).text

    assert f"{iut.name}</a>" in page
    assert f"composante={iut.code}&amp;fraicheur=a-confirmer" in page


def test_months_are_written_as_in_each_language(db):
    for number in range(5):
        someone(date(2024, 3, 1), email=f"{number}@courriel.example")
    count_freshness(TODAY)

    with translation.override("fr"):
        labels = [point.label for point in Freshness(TODAY).course().series[0].points]

    assert labels[-2:] == ["oct. 2026", "nov. 2026"]


def test_an_empty_base_and_one_that_nobody_counted_say_so(client, solenn):
    client.force_login(solenn)
    before = client.get(reverse("people:freshness")).text
    count_freshness(TODAY)

    after = client.get(reverse("people:freshness")).text

    assert "Nobody has counted yet." in before
    assert "The base is empty." in after


def test_the_office_has_it_counted_now_and_follows_the_same_work_twice(client, solenn):
    client.force_login(solenn)

    first = client.post(reverse("people:count_freshness"))
    second = client.post(reverse("people:count_freshness"))

    work = Work.objects.get(name="people.count_freshness")
    assert first["Location"] == second["Location"] == reverse("foundation:work", args=[work.pk])
    work.run_now()
    assert FreshnessCount.objects.whole().exists()


def test_the_counts_leave_as_a_table(client, solenn, four):
    count_freshness(TODAY)
    client.force_login(solenn)

    lines = b"".join(client.get(reverse("people:export_freshness", args=["csv"])).streaming_content).decode()
    book = client.get(reverse("people:export_freshness", args=["xlsx"]))

    assert "2026-11-26;class;2014;2;2;1;1" in lines
    assert b"".join(book.streaming_content).startswith(b"PK")


def test_a_class_of_four_is_not_shown(four):
    count_freshness(TODAY)

    assert Freshness(TODAY).classes().parts == []
