"""The calendar: what leaves on which day, in which state; moved by hand, followed from elsewhere."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from lierre.publishing.composing import Draft, write
from lierre.publishing.models import CalendarLink
from lierre.publishing.tests.conftest import approved

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


def test_a_post_is_moved_to_another_day_at_the_same_hour(client, by_hand, gwenael):
    post = approved("Portes ouvertes", by_hand, due_at=at(9, 1))
    day = (timezone.localdate() + timedelta(days=4)).isoformat()
    client.force_login(gwenael)

    client.post(reverse("publishing:move"), {"post": post.pk, "day": day, "back": "/publications/"})

    post.refresh_from_db()
    assert timezone.localtime(post.due_at).strftime("%Y-%m-%d %H") == f"{day} 09"
    assert post.deliveries.get().next_at == post.due_at


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


def test_whoever_left_no_longer_follows(client, by_hand, gwenael):
    token = CalendarLink.renew(gwenael).token
    type(gwenael).objects.update(is_active=False)

    assert client.get(reverse("publishing:followed", args=[token])).status_code == 404


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_post_of_the_month_is_dragged_and_moved_by_keyboard(enter, gwenael, by_hand):
    day = timezone.localdate().replace(day=10)
    post = approved("Portes ouvertes", by_hand, due_at=at(9) + (day - timezone.localdate()))
    page = enter(gwenael, reverse("publishing:calendar"))

    page.focus(f"#p{post.pk}")
    page.keyboard.press("Alt+ArrowDown")
    page.wait_for_selector(f"[data-date='{day + timedelta(days=7)}'] #p{post.pk}")
    page.drag_and_drop(f"#p{post.pk}", f"[data-date='{day + timedelta(days=1)}'] .number")
    page.wait_for_selector(f"[data-date='{day + timedelta(days=1)}'] #p{post.pk}")

    post.refresh_from_db()
    assert timezone.localtime(post.due_at).hour == 9
    assert post.deliveries.get().next_at == post.due_at
