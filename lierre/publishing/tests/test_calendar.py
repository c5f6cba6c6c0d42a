"""The calendar: what leaves on which day, in which state; moved by hand, followed from elsewhere."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from lierre.foundation.models.journal import Entry
from lierre.publishing.composing import Draft, write
from lierre.publishing.models import Account, CalendarLink, Mailing
from lierre.publishing.tests.conftest import approved
from lierre.publishing.tests.mailings import written

pytestmark = pytest.mark.django_db


def at(hour, days=0):
    return timezone.localtime().replace(hour=hour, minute=0, second=0, microsecond=0) + timedelta(days=days)


def test_each_post_is_shown_on_its_day_with_its_state(client, by_hand, gwenael):
    write(Draft(["Un brouillon"], [by_hand], due_at=at(9)), by=gwenael)
    approved("Prête à partir", by_hand, due_at=at(17))
    client.force_login(gwenael)

    pages = [client.get(reverse(f"publishing:{name}")).content.decode() for name in ("calendar", "week", "agenda")]

    for page in pages:
        assert "Un brouillon" in page
        assert 'class="slot ready"' in page
        assert 'class="slot draft"' in page


def test_two_posts_of_one_account_that_are_too_near_are_told(client, by_hand, gwenael):
    for hour in (9, 10):
        approved(f"À {hour} h", by_hand, due_at=at(hour))
    client.force_login(gwenael)

    page = client.get(reverse("publishing:calendar")).content.decode()

    assert "2 times LinkedIn within two hours" in page


def test_three_posts_on_one_network_are_told_whichever_accounts_they_are_on(client, by_hand, gwenael):
    others = [Account.objects.create(name=name, network="linkedin", label=name) for name in ("iut", "droit")]
    for account, minute in zip((by_hand, *others), (0, 40, 80), strict=True):
        approved(f"Par {account}", account, due_at=at(9) + timedelta(minutes=minute))
    approved("Partout", by_hand, *others, due_at=at(15))
    client.force_login(gwenael)

    page = client.get(reverse("publishing:week")).content.decode()

    assert page.count("3 times LinkedIn within two hours") == 1
    assert "2 times LinkedIn" not in page


def test_a_post_is_moved_to_another_day_at_the_same_hour(client, by_hand, gwenael):
    post = approved("Portes ouvertes", by_hand, due_at=at(9, 1))
    day = (timezone.localdate() + timedelta(days=4)).isoformat()
    client.force_login(gwenael)

    client.post(reverse("publishing:move"), {"post": post.pk, "day": day, "back": "/publications/"})

    post.refresh_from_db()
    assert timezone.localtime(post.due_at).strftime("%Y-%m-%d %H") == f"{day} 09"
    assert post.deliveries.get().next_at == post.due_at


@pytest.mark.parametrize("season", [date(2027, 3, 28), date(2027, 10, 31)])
def test_a_move_into_a_night_that_changes_the_clock_keeps_the_hour_of_the_wall(by_hand, gwenael, season):
    """Half past two does not exist in one of them: it is half past three. It exists twice in the other: it is the first."""
    paris = ZoneInfo("Europe/Paris")
    post = approved("La nuit", by_hand, due_at=datetime(season.year, season.month, 20, 2, 30, tzinfo=paris))
    letter = written(gwenael, due_at=post.due_at)

    for each in (post, letter):
        each.move_to(season, by=gwenael)
        each.refresh_from_db()

    expected = datetime.combine(season, time(2, 30), paris).astimezone(UTC)
    assert post.due_at == letter.due_at == expected


def test_nothing_that_would_leave_is_moved_into_the_past(client, by_hand, gwenael):
    post = approved("Portes ouvertes", by_hand, due_at=at(9, 3))
    letter = written(gwenael, due_at=at(9, 3))
    Mailing.objects.filter(pk=letter.pk).update(state="submitted")
    yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
    client.force_login(gwenael)

    said = [
        client.post(reverse("publishing:move"), {"post": key, "day": yesterday}, follow=True).content.decode()
        for key in (post.pk, f"l{letter.pk}")
    ]

    post.refresh_from_db(), letter.refresh_from_db()
    assert all("This hour has passed" in page for page in said)
    assert post.due_at == letter.due_at == at(9, 3)


def test_what_is_dropped_on_a_day_is_seen_on_that_day_whatever_its_clock(client, by_hand, gwenael):
    """Eight in the morning in Nouméa is the evening before in Paris, where it is moved from."""
    noumea = ZoneInfo("Pacific/Noumea")
    post = approved("Bonjour Nouméa", by_hand, due_at=datetime(2027, 1, 14, 8, tzinfo=noumea), zone="Pacific/Noumea")
    client.force_login(gwenael)

    page = client.post(reverse("publishing:move"), {"post": post.pk, "day": "2027-01-20"}, follow=True)
    post.refresh_from_db()
    moved = post.due_at
    client.post(reverse("publishing:move"), {**page.context["undo"], "undone": "1"})

    post.refresh_from_db()
    assert timezone.localdate(moved) == date(2027, 1, 20)
    assert moved.astimezone(noumea).hour == 8
    assert post.due_at == datetime(2027, 1, 14, 8, tzinfo=noumea)


@pytest.mark.parametrize(
    ("back", "day", "shown"),
    [
        ("/publications/?jour=2027-01-10", "2027-01-31", "/publications/?jour=2027-01-10"),
        (
            "/publications/?jour=2027-01-10&reseau=linkedin",
            "2027-02-09",
            "/publications/?jour=2027-02-09&reseau=linkedin",
        ),
        ("/publications/semaine/?jour=2027-01-13", "2027-01-18", "/publications/semaine/?jour=2027-01-18"),
        ("/publications/liste/?jour=2027-01-13", "2027-02-09", "/publications/liste/?jour=2027-01-13"),
        ("/publications/lettres/", "2027-02-09", "/publications/lettres/"),
    ],
)
def test_after_a_move_the_days_that_are_shown_hold_what_moved(client, by_hand, gwenael, back, day, shown):
    post = approved("Portes ouvertes", by_hand, due_at=datetime(2027, 1, 14, 9, tzinfo=ZoneInfo("Europe/Paris")))
    client.force_login(gwenael)

    answer = client.post(reverse("publishing:move"), {"post": post.pk, "day": day, "back": back})

    assert answer["Location"] == f"{shown}#p{post.pk}"


def test_what_has_left_is_not_moved(client, by_hand, gwenael):
    post = approved("Portes ouvertes", by_hand, due_at=at(9))
    post.deliveries.update(state="confirmed", permalink="https://ubn.example/1")
    client.force_login(gwenael)

    page = client.post(reverse("publishing:move"), {"post": post.pk, "day": "2030-01-01"}, follow=True)

    assert "cannot be changed" in page.content.decode()
    post.refresh_from_db()
    assert post.due_at == at(9)


def test_nobody_is_led_out_of_the_house_by_a_move(client, by_hand, gwenael):
    post = approved("Portes ouvertes", by_hand, due_at=at(9, 1))
    client.force_login(gwenael)

    answer = client.post(
        reverse("publishing:move"), {"post": post.pk, "day": "2030-01-01", "back": "//ailleurs.example"}
    )

    assert answer["Location"] == reverse("publishing:calendar")


def test_the_month_asks_the_base_few_questions_whatever_it_holds(client, by_hand, gwenael):
    for number in range(40):
        approved(f"Annonce {number}", by_hand, due_at=at(number % 20, number % 5))
    client.force_login(gwenael)
    client.get(reverse("publishing:calendar"))

    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("publishing:calendar"))

    assert len(asked) <= 12


def test_another_calendar_follows_by_a_secret_address(client, by_hand, gwenael):
    approved("Portes ouvertes ; venez", by_hand, due_at=at(9))
    token = CalendarLink.renew(gwenael).token

    followed = client.get(reverse("publishing:followed", args=[token])).content.decode()
    CalendarLink.renew(gwenael)

    assert "SUMMARY:Portes ouvertes \\; venez" in followed
    assert followed.startswith("BEGIN:VCALENDAR\r\n")
    assert client.get(reverse("publishing:followed", args=[token])).status_code == 404


def test_what_is_followed_is_sent_again_only_once_it_changed_and_its_number_grows(client, by_hand, gwenael):
    post = approved("Portes ouvertes", by_hand, due_at=at(9, 1))
    address = reverse("publishing:followed", args=[CalendarLink.renew(gwenael).token])

    def sequence(answer):
        return int(re.search(r"SEQUENCE:(\d+)", answer.content.decode())[1])

    first = client.get(address)
    same = client.get(address, headers={"If-None-Match": first["ETag"]})
    type(post).objects.filter(pk=post.pk).update(due_at=at(9, 2), changed_at=timezone.now() + timedelta(minutes=1))
    moved = client.get(address, headers={"If-None-Match": first["ETag"]})

    assert (first.status_code, same.status_code, moved.status_code) == (200, 304, 200)
    assert sequence(moved) > sequence(first)


def test_an_undone_move_goes_back_to_the_very_instant(client, by_hand, gwenael):
    """Half past two, the second time: no day and hour of the wall say it."""
    was = datetime(2027, 10, 31, 1, 30, tzinfo=UTC)
    post = approved("La nuit", by_hand, due_at=was)
    client.force_login(gwenael)

    page = client.post(reverse("publishing:move"), {"post": post.pk, "day": "2027-11-03"}, follow=True)
    client.post(reverse("publishing:move"), {**page.context["undo"], "undone": "1"})

    post.refresh_from_db()
    assert post.due_at == was


def test_whoever_puts_a_draft_on_a_day_that_has_passed_is_told_before_it_is_lost(client, by_hand, gwenael):
    draft = write(Draft(["Portes ouvertes"], [by_hand], due_at=at(9, 1)), by=gwenael)
    client.force_login(gwenael)

    moved = client.post(reverse("publishing:move"), {"post": draft.pk, "day": f"{at(9, -3):%Y-%m-%d}"}, follow=True)
    page = client.get(draft.get_absolute_url()).content.decode()
    planned = client.post(reverse("publishing:post_act", args=[draft.pk, "planifier"]), follow=True).content.decode()

    assert "which has passed" in moved.content.decode()
    assert "nothing leaves of it before another is chosen" in page
    assert "has passed: choose another" in planned
    draft.refresh_from_db()
    assert (draft.state, draft.deliveries.get().state) == ("draft", "draft")


def test_a_secret_address_is_closed_and_none_takes_its_place(client, by_hand, gwenael, helene):
    token, other = CalendarLink.renew(gwenael).token, CalendarLink.renew(helene).token
    client.force_login(gwenael)

    page = client.post(reverse("publishing:subscription"), {"close": "1"}, follow=True).content.decode()
    again = client.post(reverse("publishing:subscription"), {"close": "1"})

    assert "Your address shows nothing any more." in page
    assert token not in page
    assert "Make my address" in page
    assert client.get(reverse("publishing:followed", args=[token])).status_code == 404
    assert client.get(reverse("publishing:followed", args=[other])).status_code == 200
    assert again.status_code == 303
    assert Entry.objects.filter(verb="calendar.closed").count() == 1


def test_whoever_left_no_longer_follows(client, by_hand, gwenael):
    token = CalendarLink.renew(gwenael).token
    type(gwenael).objects.update(is_active=False)

    assert client.get(reverse("publishing:followed", args=[token])).status_code == 404


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_post_of_the_month_is_dragged_and_moved_by_keyboard(enter, gwenael, by_hand):
    day = (timezone.localdate().replace(day=1) + timedelta(days=40)).replace(day=10)
    post = approved("Portes ouvertes", by_hand, due_at=at(9) + (day - timezone.localdate()))
    page = enter(gwenael, f"{reverse('publishing:calendar')}?jour={day}")

    def on(days):
        return f"[data-date='{day + timedelta(days=days)}'] #p{post.pk}"

    page.focus(f"#p{post.pk}")
    page.keyboard.press("Alt+ArrowDown")
    page.wait_for_selector(on(7))
    page.wait_for_selector("post-mover [role=status]:has-text('is now planned for')", state="attached")
    focused = page.evaluate("document.activeElement.id")
    page.drag_and_drop(f"#p{post.pk}", f"[data-date='{day + timedelta(days=1)}'] .number")  # six days earlier
    page.wait_for_selector(on(1))
    page.click("button[name=undone]")
    page.wait_for_selector(on(7))
    page.goto(page.url.partition("/publications")[0] + f"/publications/semaine/?jour={day + timedelta(days=7)}")
    page.focus(f"#p{post.pk}")
    page.keyboard.press("Alt+ArrowDown")  # out of the week that is shown
    page.wait_for_selector(on(14))
    followed = page.evaluate("document.activeElement.id")

    assert focused == followed == f"p{post.pk}"
    post.refresh_from_db()
    assert timezone.localtime(post.due_at).hour == 9
    assert post.deliveries.get().next_at == post.due_at
