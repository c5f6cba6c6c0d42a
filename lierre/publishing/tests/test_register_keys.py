"""The keys of an account end, or are refused: whoever answers for it is told in time, once, and what is planned waits."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lierre.publishing.alerting import tell_of_keys
from lierre.publishing.models import Account, KeyAlert, Notice
from lierre.publishing.outbox.connecting import connect
from lierre.publishing.outbox.health import check, check_open
from lierre.publishing.outbox.lane import Outbox
from lierre.publishing.tests.conftest import approved

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def ending(univ, gwenael, solenn) -> Account:
    """The account of the university, whose keys end within twenty days."""
    univ.write(owner=gwenael, deputy=solenn, expires_at=timezone.now() + 20 * DAY)
    return univ


def test_those_who_answer_are_told_four_times_before_the_end_and_once_each(ending, gwenael):
    told = [tell_of_keys(timezone.now() + day * DAY) for day in range(21)]

    assert [day for day, count in enumerate(told) if count] == [6, 13, 17, 19]
    assert set(told) == {0, 2}
    assert Notice.objects.filter(to=gwenael).count() == 4


def test_after_an_outage_only_the_nearest_is_told(ending):
    told = [tell_of_keys(timezone.now() + 18 * DAY), tell_of_keys(timezone.now() + 18 * DAY)]

    assert told == [2, 0]
    assert [alert.days for alert in KeyAlert.objects.all()] == [3]


def test_a_longer_life_begins_again_from_fourteen_days(ending):
    tell_of_keys(timezone.now() + 18 * DAY)
    ending.write(expires_at=timezone.now() + 40 * DAY)

    assert tell_of_keys(timezone.now() + 27 * DAY) == 2


def test_what_depends_on_it_is_listed(ending, gwenael):
    approved("Portes ouvertes", ending, due_at=timezone.now() + 19 * DAY)

    tell_of_keys(timezone.now() + 13 * DAY)

    body = Notice.objects.get(to=gwenael).body
    assert "1 post is planned for it:" in body
    assert "Portes ouvertes" in body


def test_when_nobody_answers_for_it_those_who_keep_the_register_are_told(ending, gwenael):
    ending.write(owner=None, deputy=None)

    assert tell_of_keys(timezone.now() + 13 * DAY) == 1
    assert Notice.objects.get().to == gwenael


def test_killed_between_the_mark_and_the_mail_nothing_was_told(ending, monkeypatch):
    """Both are one transaction: told later, and once."""
    with monkeypatch.context() as killed:
        killed.setattr(Notice.objects, "create", lambda **_said: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            tell_of_keys(timezone.now() + 13 * DAY)
    assert KeyAlert.objects.count() == 0

    assert tell_of_keys(timezone.now() + 13 * DAY) == 2


def test_posts_are_held_when_the_keys_are_refused_and_leave_once_it_is_connected_again(world, univ, gwenael):
    univ.write(owner=gwenael)
    revoked = connect("mastodon", "univ", "token-univ", address=world.address, by=gwenael)
    post = approved("Portes ouvertes", revoked, due_at=timezone.now())
    world.revoked.add("token-univ")

    Outbox().once()
    held = [Account.objects.get().held, post.deliveries.get().state]
    told = [tell_of_keys(), tell_of_keys()]
    world.revoked.clear()
    connect("mastodon", "univ", "token-univ", address=world.address, by=gwenael)
    Outbox().once()

    assert held == ["token", "waiting"]
    assert told == [1, 0]
    assert "Portes ouvertes" in Notice.objects.get().body
    assert (Account.objects.get().held, post.deliveries.get().state) == ("", "confirmed")
    assert len(world.mastodon.statuses) == 1


def test_a_renewal_that_is_refused_is_told_by_the_daily_look(world, bluesky, gwenael):
    """Neither the token that renews nor the password opens a session any more."""
    bluesky.write(owner=gwenael)
    world.revoked.add("bluesky")

    closed = check_open()
    told = tell_of_keys()

    assert (closed, told, Account.objects.get().held) == (1, 1, "token")


def test_keys_that_renew_themselves_have_no_end(bluesky):
    check(bluesky, by="the tests")

    bluesky.refresh_from_db()
    assert bluesky.expires_at is None
