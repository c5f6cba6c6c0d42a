"""Series: what comes back at an hour of a clock on a wall, as drafts that live their own lives once touched."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from lierre.publishing.composing import Draft
from lierre.publishing.composing import change as rewrite
from lierre.publishing.models import Landmark, Notice, Post, Series
from lierre.publishing.rhythm.clock import instant
from lierre.publishing.rhythm.recurrence import Rule
from lierre.publishing.rhythm.unrolling import change, make, rule_of, stop, unroll

pytestmark = pytest.mark.django_db
PARIS = "Europe/Paris"


def weekly(by_hand, by, **fields):
    """Every week on the weekday of tomorrow, at nine, four texts."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    usual = {
        "title": "L’agenda", "texts": [[f"Texte {n}"] for n in range(8)], "every": "week", "weekdays": [tomorrow.weekday()],
        "hour": time(9), "zone": PARIS, "starts_on": tomorrow, "weeks_ahead": 3, "skips_holidays": False,
    }  # fmt: skip
    return make(usual | fields, [by_hand], by=by)


def posts(series):
    return [each.post for each in series.occurrences.select_related("post").order_by("day")]


@pytest.mark.parametrize(
    ("zone", "day", "hour", "expected"),
    [
        (PARIS, date(2027, 3, 27), time(2, 30), datetime(2027, 3, 27, 1, 30, tzinfo=UTC)),
        (
            PARIS,
            date(2027, 3, 28),
            time(2, 30),
            datetime(2027, 3, 28, 1, 30, tzinfo=UTC),
        ),  # 02:30 does not exist: 03:30
        (PARIS, date(2026, 10, 25), time(2, 30), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),  # twice: the first
        (PARIS, date(2026, 10, 26), time(2, 30), datetime(2026, 10, 26, 1, 30, tzinfo=UTC)),
        ("Indian/Reunion", date(2027, 3, 28), time(9), datetime(2027, 3, 28, 5, 0, tzinfo=UTC)),
        ("Pacific/Noumea", date(2026, 12, 1), time(9), datetime(2026, 11, 30, 22, 0, tzinfo=UTC)),
        ("America/Miquelon", date(2027, 3, 14), time(2, 30), datetime(2027, 3, 14, 5, 30, tzinfo=UTC)),
    ],
)
def test_an_hour_of_a_wall_is_the_right_instant(zone, day, hour, expected):
    assert instant(day, hour, zone) == expected


def test_a_weekly_hour_stays_nine_oclock_when_the_season_changes():
    rule = Rule("week", date(2026, 10, 20), weekdays=[1])

    instants = [instant(day, time(9), PARIS) for day in rule.days(date(2026, 11, 3))]

    assert [at.hour for at in instants] == [7, 8, 8]
    assert {at.astimezone(ZoneInfo(PARIS)).hour for at in instants} == {9}


def test_one_week_in_two_until_a_day():
    rule = Rule("week", date(2026, 11, 24), interval=2, weekdays=[1, 3], until=date(2026, 12, 10))

    assert list(rule.days(date(2027, 6, 1))) == [
        date(2026, 11, 24), date(2026, 11, 26), date(2026, 12, 8), date(2026, 12, 10),
    ]  # fmt: skip


def test_a_fifth_tuesday_that_a_month_does_not_have_is_none():
    rule = Rule("month_weekday", date(2026, 11, 1), weekdays=[1], nth=5)

    assert list(rule.days(date(2027, 3, 31))) == [date(2026, 12, 29), date(2027, 3, 30)]


def test_drafts_are_made_some_weeks_ahead_and_never_twice(by_hand, gwenael):
    series = weekly(by_hand, gwenael)

    again = unroll(series)

    assert again == 0
    assert [post.text for post in posts(series)] == ["Texte 0", "Texte 1", "Texte 2"]
    assert {post.state for post in posts(series)} == {"draft"}
    assert {post.due_at.astimezone(ZoneInfo(PARIS)).time() for post in posts(series)} == {time(9)}
    assert {post.owner for post in posts(series)} == {gwenael}


def test_nothing_is_said_twice_on_one_account_and_its_owner_is_told_once(by_hand, gwenael):
    Post.write(["Texte 0"], [by_hand], by="somebody")
    series = weekly(by_hand, gwenael, texts=[["Texte 0"], ["Texte 1"]])

    unroll(Series.objects.get(pk=series.pk))

    assert [post.text for post in posts(series)] == ["Texte 1"]
    assert "No text is left" in Notice.objects.get(to=gwenael).subject


def test_a_text_that_names_its_day_may_come_back(by_hand, gwenael):
    series = weekly(by_hand, gwenael, texts=[["Rendez-vous {jour}"]], language="en")

    texts = {post.text for post in posts(series)}

    assert len(texts) == 3
    assert not any("{jour}" in text for text in texts)


def test_holidays_and_pauses_are_skipped():
    days = list(Rule("week", date(2026, 12, 4), weekdays=[4], skipped=lambda day: (day.month, day.day) == (12, 25),
                     pauses=[(date(2027, 1, 1), date(2027, 1, 7))]).days(date(2027, 1, 8)))  # fmt: skip

    assert days == [date(2026, 12, 4), date(2026, 12, 11), date(2026, 12, 18), date(2027, 1, 8)]


def test_it_comes_back_with_each_academic_period(by_hand, gwenael):
    first = timezone.localdate() + timedelta(days=5)
    Landmark.objects.create(label="Semestre 2", kind="period", first=first, last=first + timedelta(days=90))
    Landmark.objects.create(
        label="Portes ouvertes", kind="open_day", first=first + timedelta(days=1), last=first + timedelta(days=1)
    )

    series = weekly(by_hand, gwenael, every="period", weekdays=[])

    assert [each.day for each in series.occurrences.all()] == [first]


def test_what_somebody_touched_no_longer_follows(by_hand, gwenael, solenn):
    series = weekly(by_hand, gwenael)
    touched, *others = posts(series)
    rewrite(touched, Draft(["À ma façon"], [by_hand]), by=solenn)
    fields = {
        "title": "L’agenda",
        "texts": [[f"Nouveau {n}"] for n in range(8)],
        "hour": time(18),
        "starts_on": series.starts_on,
    }

    change(series, fields, [by_hand], timezone.localdate(), by=gwenael)

    touched.refresh_from_db()
    assert (touched.text, touched.state) == ("À ma façon", "draft")
    assert {Post.objects.get(pk=post.pk).state for post in others} == {"withdrawn"}
    kept, *made = posts(series)
    assert kept == touched
    assert {post.due_at.astimezone(ZoneInfo(PARIS)).hour for post in made} == {18}
    assert all(post.text.startswith("Nouveau") for post in made)


def test_this_one_and_the_next_leaves_those_before(by_hand, gwenael):
    series = weekly(by_hand, gwenael)
    first, second, third = posts(series)
    start = series.occurrences.get(post=second).day

    change(series, {"hour": time(18), "starts_on": series.starts_on}, [by_hand], start, by=gwenael)

    states = [Post.objects.get(pk=post.pk).state for post in (first, second, third)]
    assert states == ["draft", "withdrawn", "withdrawn"]
    assert [post.due_at.astimezone(ZoneInfo(PARIS)).hour for post in posts(series)] == [9, 18, 18]


def test_changed_it_stays_in_its_weeks_and_what_was_said_counts(by_hand, gwenael):
    """One week in two, four times: a word corrected after the first one changes neither."""
    series = weekly(by_hand, gwenael, interval=2, most=4, weeks_ahead=1)
    days = list(rule_of(series).days(date(2999, 1, 1)))

    change(
        series,
        {"title": "La lettre", "starts_on": series.starts_on},
        [by_hand],
        days[0] + timedelta(days=8),
        by=gwenael,
    )

    assert list(rule_of(series).days(date(2999, 1, 1))) == days[1:]
    assert [each.day for each in series.occurrences.all()] == days[:1]


def test_stopped_it_makes_nothing_more(by_hand, gwenael):
    series = weekly(by_hand, gwenael)

    dropped = stop(series, by=gwenael)

    assert dropped == 3
    assert unroll(series) == 0
    assert not Post.objects.living().exists()


def test_a_series_is_made_changed_and_stopped_on_its_pages(client, by_hand, gwenael):
    client.force_login(gwenael)
    tomorrow = timezone.localdate() + timedelta(days=1)
    typed = {
        "title": "L’agenda", "texts": "Un\n===\nDeux\n===\nTrois", "accounts": [by_hand.pk], "every": "week", "interval": 1,
        "weekdays": [tomorrow.weekday()], "hour": "09:00", "zone": "Indian/Reunion", "starts_on": tomorrow.isoformat(),
        "weeks_ahead": 2, "kind": "news",
    }  # fmt: skip

    made = client.post(reverse("publishing:new_series"), typed, follow=True).content.decode()
    series = Series.objects.get()
    hours = {post.due_at.astimezone(ZoneInfo("Indian/Reunion")).hour for post in posts(series)}
    refused = client.post(reverse("publishing:new_series"), typed | {"weekdays": []}).content.decode()
    page = client.get(posts(series)[0].get_absolute_url()).content.decode()
    changed = client.post(
        reverse("publishing:change_series", args=[series.pk]), typed | {"title": "La lettre"}, follow=True
    ).content.decode()
    stopped = client.post(reverse("publishing:stop_series", args=[series.pk]), follow=True).content.decode()

    assert "Times that are written" in made
    assert hours == {9}
    assert "Choose at least one day of the week." in refused
    assert "One time of the series" in page
    assert "La lettre" in changed
    assert "It is stopped." in stopped


def test_a_lecturer_makes_no_series(client, by_hand, gwenael, yann):
    series = weekly(by_hand, gwenael)
    client.force_login(yann)

    assert client.get(reverse("publishing:new_series")).status_code == 403
    assert client.post(reverse("publishing:stop_series", args=[series.pk])).status_code == 403
