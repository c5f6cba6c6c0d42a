"""Files that a network reads at leisure: their post waits, the others leave, and it has an end."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lierre.publishing.library.attaching import attach
from lierre.publishing.models import Account, Delivery, Post
from lierre.publishing.outbox.connecting import connect
from lierre.publishing.outbox.lane import Outbox
from lierre.publishing.tests.media import brought, film, photograph
from simulators.linkedin import LinkedIn
from simulators.serving import living

pytestmark = pytest.mark.django_db


@pytest.fixture
def linkedin(settings, tmp_path):
    settings.ALLOW_LOOPBACK, settings.MEDIA_ROOT, settings.DATA_DIR = True, tmp_path / "files", tmp_path
    simulator = LinkedIn(slow_media=2)
    with living(simulator) as address:
        settings.LINKEDIN_BASE_URL = address
        yield simulator


@pytest.fixture
def page(linkedin) -> Account:
    return connect("linkedin", "ubn", linkedin.token, by="the tests")


def shown(text: str, account: Account, medium) -> Post:
    post = Post.write([text], [account], by="the tests")
    attach(post, [medium], by="the tests")
    post.approve(by="the tests")
    return post


def picture():
    return brought(photograph(), alt={"fr": "Des étudiants autour de tables hautes."})


def turn() -> str:
    """Some seconds later."""
    Delivery.objects.exclude(next_at=None).update(next_at=timezone.now())
    Outbox().once()
    return state()


def state() -> str:
    return Delivery.objects.order_by("pk")[0].state


def texts(linkedin) -> list[str]:
    return [each["text"] for each in linkedin.online()]


@pytest.mark.parametrize("medium", [picture, lambda: brought(film(), "houle.mp4")])
def test_it_waits_until_the_file_is_read_and_the_others_leave_meanwhile(linkedin, page, medium):
    shown("La houle en images", page, medium())
    other = Post.write(["Portes ouvertes"], [page], by="the tests")
    other.approve(by="the tests")

    Outbox().once()
    meanwhile = state(), texts(linkedin)
    for _time in range(4):
        turn()

    assert meanwhile == ("claimed", ["Portes ouvertes"])
    assert (state(), texts(linkedin)) == ("confirmed", ["Portes ouvertes", "La houle en images"])
    assert len(linkedin.files) == 1


def test_a_file_that_cannot_be_read_there_is_said_and_nothing_leaves(linkedin, page):
    linkedin.fails_media = True
    shown("La houle en images", page, picture())

    for _time in range(4):
        turn()

    row = Delivery.objects.get()
    assert (row.state, texts(linkedin)) == ("refused", [])
    assert "PROCESSING_FAILED" in row.failure or "refuses this message" in row.failure


def test_a_file_that_is_never_read_has_an_end_and_is_asked_after_less_and_less(linkedin, page):
    linkedin.slow_media = 10_000
    shown("La houle en images", page, picture())

    turn()
    row = Delivery.objects.get()
    waits = row.next_at - timezone.now()
    row.evidence[0]["at"] = (timezone.now() - timedelta(minutes=40)).isoformat()
    Delivery.objects.update(evidence=row.evidence)
    turn()
    later = Delivery.objects.get().next_at - timezone.now()
    row.evidence[0]["at"] = (timezone.now() - timedelta(hours=3)).isoformat()
    Delivery.objects.update(evidence=row.evidence)

    assert waits < timedelta(seconds=3)
    assert later > timedelta(minutes=9)
    assert turn() == "refused"
    assert texts(linkedin) == []


def test_one_that_is_refused_because_its_file_is_not_ready_keeps_nobody_else_waiting(linkedin, page, monkeypatch):
    """It was said to be ready, and is not."""
    monkeypatch.setattr(
        "lierre.connectors.linkedin.uploading.looked_at", lambda _line, _who, handed: handed | {"ready": True}
    )
    shown("La houle en images", page, picture())
    Outbox().once()
    Delivery.objects.update(next_at=timezone.now())
    other = Post.write(["Portes ouvertes"], [page], by="the tests")
    other.approve(by="the tests")

    Outbox().once()
    waits = state(), texts(linkedin)
    linkedin.files = dict.fromkeys(linkedin.files, 0)
    turn()

    page.refresh_from_db()
    assert waits == ("waiting", ["Portes ouvertes"])
    assert (state(), page.failures) == ("confirmed", 0)
    assert texts(linkedin) == ["Portes ouvertes", "La houle en images"]
