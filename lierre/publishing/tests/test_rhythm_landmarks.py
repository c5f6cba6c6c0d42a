"""Landmarks: days that whoever plans should see; ours are written by hand, the others say where they come from."""

from datetime import date

import pytest
from django.urls import reverse

from lierre.publishing.landmarks import landmarks
from lierre.publishing.models import Landmark

pytestmark = pytest.mark.django_db


def said(first, last):
    return {(day, words) for day, words, _ours in landmarks(first, last)}


def test_holidays_school_holidays_by_zone_and_days_of_the_world_are_there():
    spring = said(date(2026, 4, 1), date(2026, 5, 31))

    assert (date(2026, 4, 4), "Spring holidays, zone A") in spring
    assert (date(2026, 4, 11), "Spring holidays, zone B") in spring
    assert (date(2026, 4, 18), "Spring holidays, zone C") in spring
    assert (date(2026, 5, 14), "Ascension, holiday") in spring
    assert (date(2026, 5, 9), "Europe") in spring


def test_a_day_of_the_world_is_not_hidden_by_a_holiday():
    assert {words for day, words in said(date(2027, 5, 17), date(2027, 5, 17))} == {
        "Whit Monday, holiday", "Against homophobia and transphobia",
    }  # fmt: skip


def test_what_began_before_the_first_day_that_is_seen_is_told_there_with_its_end():
    Landmark.objects.create(label="Examens", kind="exams", first=date(2026, 12, 7), last=date(2027, 1, 9))
    Landmark.objects.create(label="Révisions", kind="period", first=date(2026, 11, 20), last=date(2026, 11, 30))

    january = set(landmarks(date(2026, 12, 28), date(2027, 1, 31), date(2027, 1, 1)))
    christmas = set(landmarks(date(2026, 12, 28), date(2027, 1, 31)))
    before = said(date(2026, 12, 1), date(2026, 12, 27))
    month = set(landmarks(date(2026, 11, 30), date(2027, 1, 3), date(2026, 12, 1)))

    assert (date(2026, 12, 28), "Examens, until 9 January", True) in christmas
    assert (date(2027, 1, 1), "Examens, until 9 January", True) in january
    assert not any(day < date(2027, 1, 1) for day, words, _ours in january if "Examens" in words)
    assert (date(2026, 12, 28), "Christmas holidays, everywhere, until 3 January", False) in christmas
    assert (date(2026, 12, 7), "Examens") in before
    assert (date(2026, 12, 19), "Christmas holidays, everywhere") in before
    assert not any("Révisions" in words for _day, words in before)
    assert not any("Révisions" in words for _day, words, _ours in month)
    assert (date(2026, 12, 7), "Examens", True) in month


def test_ours_are_added_corrected_and_archived(client, gwenael):
    client.force_login(gwenael)
    typed = {
        "label": "Portes ouvertes",
        "kind": "open_day",
        "first": "2027-02-06",
        "last": "",
        "source": "CFVU du 12 octobre",
    }
    day = {"jour": "2027-02-06"}

    client.post(reverse("publishing:landmarks"), typed)
    mark = Landmark.objects.get()
    month = client.get(reverse("publishing:calendar"), day).content.decode()
    client.post(reverse("publishing:landmark", args=[mark.pk]), typed | {"label": "Journée portes ouvertes"})
    changed = client.get(reverse("publishing:landmarks")).content.decode()
    client.post(reverse("publishing:archive_landmark", args=[mark.pk]))
    after = client.get(reverse("publishing:calendar"), day).content.decode()

    assert "Portes ouvertes" in month
    assert "Journée portes ouvertes" in changed
    assert "CFVU du 12 octobre" in changed
    assert "portes ouvertes" not in after


def test_dates_that_nobody_compared_with_their_source_say_so(client, gwenael):
    client.force_login(gwenael)

    page = client.get(reverse("publishing:landmarks")).content.decode()

    assert "not compared with its source yet" in page


def test_a_lecturer_writes_no_landmark(client, yann):
    client.force_login(yann)

    assert client.post(reverse("publishing:landmarks"), {"label": "x"}).status_code == 403
