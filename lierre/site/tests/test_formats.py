"""Days and hours are written as the language of the page writes them."""

from datetime import datetime

from django.utils import translation
from django.utils.formats import date_format


def test_in_french_an_hour_follows_its_day_as_one_writes_it():
    at = datetime(2026, 12, 1, 9, 0)  # noqa: DTZ001 - what is written, not when

    with translation.override("fr"):
        assert date_format(at, "DATETIME_FORMAT") == "1er décembre 2026 à 09:00"
        assert date_format(at, "SHORT_DATETIME_FORMAT") == "01/12/2026 09:00"
    with translation.override("en"):
        assert date_format(at, "DATETIME_FORMAT") == "Dec. 1, 2026, 9 a.m."
