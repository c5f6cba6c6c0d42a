"""Each person reads hours on their own clock, summer and winter, and is told when it is not that of the institution."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from lierre.accounts.forms.joining import PreferencesForm
from lierre.foundation.models import Entry
from lierre.foundation.models.journal import record
from lierre.foundation.zones import FRANCE, is_known, said

WINTER = datetime(2026, 1, 15, 23, 30, tzinfo=UTC)
SUMMER = datetime(2026, 7, 15, 23, 30, tzinfo=UTC)
HOUR = "Y-m-d H:i"


@pytest.mark.parametrize(
    ("zone", "winter", "summer"),
    [
        ("Europe/Paris", "2026-01-16 00:30", "2026-07-16 01:30"),
        ("Indian/Reunion", "2026-01-16 03:30 (La Réunion)", "2026-07-16 03:30 (La Réunion)"),
        ("America/Martinique", "2026-01-15 19:30 (Martinique)", "2026-07-15 19:30 (Martinique)"),
        ("America/Miquelon", "2026-01-15 20:30 (Saint-Pierre-et-Miquelon)", "2026-07-15 21:30 (Saint-Pierre-et-Miquelon)"),
        ("Pacific/Noumea", "2026-01-16 10:30 (New Caledonia)", "2026-07-16 10:30 (New Caledonia)"),
        # The same hour as Paris all the year, or half of it: named only when the clocks differ.
        ("Europe/Brussels", "2026-01-16 00:30", "2026-07-16 01:30"),
        ("Africa/Lagos", "2026-01-16 00:30", "2026-07-16 00:30 (Lagos)"),
    ],
)  # fmt: skip
def test_an_hour_is_told_on_the_clock_of_the_reader_in_winter_and_in_summer(zone, winter, summer):
    with timezone.override(zone):
        assert (said(WINTER, HOUR), said(SUMMER, HOUR)) == (winter, summer)


def test_the_night_when_clocks_go_back_has_two_half_past_two():
    """On 25 October 2026 Paris lives 2:30 twice: La Réunion, which does not, tells them apart."""
    first, second = (datetime(2026, 10, 25, hour, 30, tzinfo=UTC) for hour in (0, 1))

    assert said(first, "H:i") == said(second, "H:i") == "02:30"
    with timezone.override("Indian/Reunion"):
        assert (said(first, "H:i"), said(second, "H:i")) == ("04:30 (La Réunion)", "05:30 (La Réunion)")


def test_the_night_when_clocks_go_forward_has_no_half_past_two():
    before, after = (datetime(2026, 3, 29, hour, 30, tzinfo=UTC) for hour in (0, 1))

    assert (said(before, "H:i"), said(after, "H:i")) == ("01:30", "03:30")


def test_france_and_its_territories_come_first_then_the_world_with_real_zones_only():
    (_blank, _institution), (_france, territories), *world = PreferencesForm().fields["time_zone"].choices
    names = [name for name, _label in territories]

    assert names == list(FRANCE)
    assert {"America/Guadeloupe", "Indian/Mayotte", "Pacific/Tahiti"} <= set(names)
    everywhere = [name for _area, zones in world for name, _label in zones]
    assert "America/Montreal" in everywhere or "America/Toronto" in everywhere
    assert all(ZoneInfo(name) for name in names + everywhere)
    assert len(set(names + everywhere)) == len(names + everywhere)


@pytest.mark.django_db
def test_one_chooses_ones_zone_and_pages_follow_at_once(client, malo):
    client.force_login(malo)
    record("unit.created", by="demo")
    moment = Entry.objects.latest("id").at

    client.post(
        reverse("accounts:my_account"),
        {"name": malo.name, "language": "en", "theme": "", "time_zone": "Pacific/Tahiti"},
    )
    page = client.get(reverse("foundation:journal"))

    malo.refresh_from_db()
    assert malo.time_zone == "Pacific/Tahiti"
    assert "(French Polynesia)" in page.text
    with timezone.override("Pacific/Tahiti"):
        assert said(moment, "SHORT_DATETIME_FORMAT") in page.text
    assert timezone.get_current_timezone_name() == settings.TIME_ZONE


@pytest.mark.django_db
def test_nothing_is_named_to_those_who_live_by_the_clock_of_the_institution(client, malo):
    client.force_login(malo)
    record("unit.created", by="demo")

    page = client.get(reverse("foundation:journal"))

    assert malo.time_zone == ""
    assert "(Mainland France)" not in page.text


@pytest.mark.django_db
def test_a_zone_that_does_not_exist_is_refused(client, malo):
    client.force_login(malo)

    page = client.post(
        reverse("accounts:my_account"), {"name": "M", "language": "fr", "theme": "", "time_zone": "Mars/Olympus"}
    )

    malo.refresh_from_db()
    assert page.status_code == 422
    assert malo.time_zone == ""


@pytest.mark.django_db
def test_a_zone_that_the_machine_has_forgotten_does_not_close_the_house(client, malo):
    malo.time_zone = "Asia/Forgotten"
    malo.save(update_fields=["time_zone"])
    client.force_login(malo)

    assert not is_known("Asia/Forgotten")
    assert client.get("/").status_code == 200


@pytest.mark.django_db
def test_the_zone_goes_with_the_account(client, malo, solenn):
    solenn.time_zone = "Indian/Reunion"
    solenn.save(update_fields=["time_zone"])

    solenn.erase(by=malo)

    solenn.refresh_from_db()
    assert solenn.time_zone == ""
