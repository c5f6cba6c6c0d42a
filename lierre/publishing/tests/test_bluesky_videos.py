"""A film goes to Bluesky through the outbox: it waits while it is made ready, and is there once whoever died on the way."""

from collections.abc import Iterator

import pytest
from django.utils import timezone

from lierre.publishing import composing
from lierre.publishing.library.attaching import attach
from lierre.publishing.models import Account, Delivery, Post
from lierre.publishing.outbox.connecting import connect
from lierre.publishing.outbox.lane import Outbox
from lierre.publishing.outbox.sending import Sender
from lierre.publishing.tests.media import brought, film
from simulators.bluesky import Bluesky
from simulators.faults import Fault
from simulators.serving import living

pytestmark = pytest.mark.django_db


@pytest.fixture
def there(settings, tmp_path) -> Iterator[Bluesky]:
    settings.MEDIA_ROOT, settings.DATA_DIR, settings.ALLOW_LOOPBACK = tmp_path / "files", tmp_path, True
    simulator = Bluesky()
    with living(simulator) as address:
        settings.BLUESKY_VIDEO_URL = address
        yield simulator


@pytest.fixture
def account(there) -> Account:
    return connect("bluesky", "ubn.example", there.token, address=there.address, by="the tests")


def planned(account: Account) -> Post:
    post = composing.write(composing.Draft(["La houle, en une minute"], [account]), by="the tests")
    attach(post, [brought(film(), "houle.mp4", alt={"fr": "Des vagues filmées depuis la jetée."})], by="the tests")
    post.approve(by="the tests")
    return post


def go_on(post: Post) -> None:
    """Until nothing is left to do by itself, without waiting for its hours."""
    for _turn in range(12):
        post.deliveries.exclude(next_at=None).update(next_at=timezone.now())
        Outbox().once()


def test_the_film_leaves_once_it_can_be_watched(there, account):
    there.films.looks = 3
    post = planned(account)

    Outbox().once()
    begun = post.deliveries.get()
    go_on(post)

    row, (record,) = post.deliveries.get(), there.records.values()
    assert (begun.state, begun.sent_times) == (Delivery.State.CLAIMED, 0)
    assert (row.state, there.films.uploads) == (Delivery.State.CONFIRMED, 1)
    assert record["value"]["embed"]["$type"] == "app.bsky.embed.video"
    assert record["value"]["embed"]["aspectRatio"] == {"width": 640, "height": 360}


def test_whoever_dies_after_handing_it_over_has_it_there_once(there, account, monkeypatch):
    """Nothing was kept of the first job: the service tells its number again, and no second film is made."""
    post = planned(account)
    monkeypatch.setattr(Delivery, "freeze", killed)
    with pytest.raises(KeyboardInterrupt):
        Outbox().once()
    monkeypatch.undo()
    Account.objects.update(holder="", lease_until=None)

    go_on(post)

    assert post.deliveries.get().state == Delivery.State.CONFIRMED
    assert (len(there.records), len(there.films.jobs), there.films.uploads) == (1, 1, 2)


def test_whoever_dies_while_it_is_made_ready_is_followed_by_another(there, account, monkeypatch):
    there.films.looks = 2
    post = planned(account)
    Outbox().once()
    post.deliveries.update(next_at=timezone.now())
    monkeypatch.setattr(Sender, "prepare", killed)
    with pytest.raises(KeyboardInterrupt):
        Outbox().once()
    monkeypatch.undo()
    Account.objects.update(holder="", lease_until=None)
    there.faults.strike(Fault.COMMIT_THEN_DROP)

    go_on(post)

    assert post.deliveries.get().state == Delivery.State.CONFIRMED
    assert (len(there.records), there.films.uploads) == (1, 1)


def test_a_film_that_cannot_be_made_ready_goes_back_to_its_author(there, account):
    there.films.fails.append("unsupported codec")
    post = planned(account)

    go_on(post)

    row = post.deliveries.get()
    assert (row.state, len(there.records)) == (Delivery.State.REFUSED, 0)
    assert "unsupported codec" in row.failure


def killed(*_words: object, **_named: object) -> None:
    raise KeyboardInterrupt
