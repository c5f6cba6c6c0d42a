"""Periods: nobody's day is counted twice or forgotten, and each is called as the house calls it."""

from datetime import date, timedelta

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from lierre.foundation.periods import Period, months_later

days = st.dates(date(1950, 1, 1), date(2100, 12, 31))


@given(days)
def test_every_day_is_in_the_period_that_is_named_after_it(day):
    for period in (Period.academic_year_of(day), Period.quarter_of(day), Period.twelve_months_to(day)):
        assert period.contains(day)
        assert period.previous().last == period.first - timedelta(days=1)
        assert period.previous().span == period.span


@given(days, st.integers(-600, 600))
def test_moving_by_months_keeps_the_day_or_takes_the_last_one(day, months):
    later = months_later(day, months)

    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)


def test_a_period_is_called_as_one_says_it():
    with override("en"):
        assert str(Period.academic_year(2026)) == "2026-2027"
        assert str(Period.quarter(2026, 4)) == "4th quarter 2026"
        assert str(Period.twelve_months_to(date(2026, 11, 23))) == "twelve months to Nov. 23, 2026"


def test_the_moments_of_a_period_follow_the_clock_of_the_institution():
    begins, ends = Period.academic_year(2026).moments()

    assert begins.isoformat() == "2026-09-01T00:00:00+02:00"
    assert ends.isoformat() == "2027-09-01T00:00:00+02:00"


def test_an_impossible_period_is_refused():
    with pytest.raises(ValueError, match="four quarters"):
        Period.quarter(2026, 5)
    with pytest.raises(ValueError, match="ends after"):
        Period(date(2026, 2, 1), date(2026, 1, 1), Period.quarter(2026, 1).span)
