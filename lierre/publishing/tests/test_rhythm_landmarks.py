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
