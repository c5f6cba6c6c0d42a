"""Duties: done when they are due, by one worker, tried again when they fail, and shown as they went."""

import io
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone

from lierre.foundation.duties import put_away
from lierre.foundation.models import Duty, Work, Worker
from lierre.foundation.models.duty import Charge, charges
from lierre.foundation.models.work import long_work
from lierre.foundation.worker import Shift

pytestmark = pytest.mark.django_db


@long_work("tests.duties", label="Count the graduates")
def count_graduates(work):
    if work.arguments.get("fail"):
        raise ZeroDivisionError


class Bell:
    """A duty that counts how often it was done, and fails while it is told to."""

    def __init__(self):
        self.rung, self.broken = 0, False

    def __call__(self):
        self.rung += 1
        if self.broken:
            raise OSError("the rope is gone")
        return "Ding."


@pytest.fixture
def bell(monkeypatch):
    """The only duty of the house."""
    bell = Bell()
    charges()  # those of the house first: whoever reads them for the first time writes them down for good
    monkeypatch.setattr("lierre.foundation.models.duty._charged", {})
    monkeypatch.setattr("lierre.foundation.models.duty.autodiscover_modules", lambda *_names: None)
    charges()["bell"] = Charge("bell", "Ring the bell", timedelta(minutes=10), bell)
    Duty.objects.write_down()
    return bell


def minutes_until(duty):
    return (duty.due_at - timezone.now()).total_seconds() / 60


def test_a_duty_is_done_when_it_is_due_and_not_before(bell):
    Shift().once()
    Shift().once()

    duty = Duty.objects.get()
    assert bell.rung == 1
    assert (duty.said, duty.failures, duty.holder, duty.lease_until) == ("Ding.", 0, "", None)
    assert 9 < minutes_until(duty) <= 10


def test_a_duty_that_something_makes_useful_comes_at_the_next_turn(bell):
    Shift().once()

    Duty.objects.soon("bell")
    Shift().once()

    assert bell.rung == 2
    assert minutes_until(Duty.objects.get()) > 9


def test_where_no_worker_is_whoever_needs_it_does_it_and_where_one_is_it_is_left_to_it(bell):
    assert Duty.objects.here("bell", "a command")
    Worker.objects.arrive("somebody")
    assert not Duty.objects.here("bell", "a command")

    assert bell.rung == 1
    assert (Duty.objects.get().said, Duty.objects.get().holder) == ("Ding.", "")


def test_two_workers_cannot_take_the_same_duty(bell):
    duty, same = Duty.objects.get(), Duty.objects.get()

    assert duty.claim("one worker")
    assert not same.claim("another worker")
    assert Duty.objects.take("a third worker") is None


def test_a_failure_is_shown_and_tried_again_less_and_less_often(bell):
    bell.broken = True
    delays = []

    for _attempt in range(4):
        Duty.objects.update(due_at=timezone.now())
        Shift().once()
        delays.append(minutes_until(Duty.objects.get()))

    duty = Duty.objects.get()
    assert (duty.failures, duty.failure) == (4, "OSError: the rope is gone")
    assert delays == sorted(delays)
    assert 0.3 < delays[0] < 0.7
    assert 2.9 < delays[3] < 5.1


def test_a_success_forgets_the_failures(bell):
    Duty.objects.update(failures=5)

    Shift().once()

    assert Duty.objects.get().failures == 0


def test_a_duty_whose_worker_died_is_counted_as_a_failure_and_comes_back(bell):
    duty = Duty.objects.get()
    duty.claim("a worker that is killed")
    Duty.objects.update(lease_until=timezone.now() - timedelta(seconds=1))

    done_at_once = Shift().once()
    duty.refresh_from_db()
    failures, delay = duty.failures, minutes_until(duty)
    Duty.objects.update(due_at=timezone.now())
    Shift().once()

    assert (done_at_once, failures) == (0, 1)
    assert 0 < delay < 1
    assert bell.rung == 1


def test_a_duty_that_must_not_be_done_twice_waits_for_its_next_time(bell):
    charges()["bell"] = Charge("bell", "Ring the bell", timedelta(hours=1), bell, once_only=True)

    Duty.objects.get().claim("a worker that is killed")
    Duty.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    Shift().once()

    assert bell.rung == 0
    assert 59 < minutes_until(Duty.objects.get()) <= 60


def test_a_worker_that_lost_a_duty_does_not_write_its_end(bell):
    duty = Duty.objects.get()
    duty.claim("one worker")
    Duty.objects.update(holder="another worker")
    duty.holder = "one worker"

    duty.carry_out()

    assert Duty.objects.get().holder == "another worker"


def test_one_turn_does_the_duties_and_the_works_and_goes(bell, solenn):
    Work.ask("tests.duties", by=solenn)
    Work.ask("tests.duties", by=solenn, fail=True)
    out = io.StringIO()

    call_command("work", once=True, stdout=out)

    assert out.getvalue().strip() == "3 done"
    assert list(Work.objects.order_by("id").values_list("state", flat=True)) == ["done", "failed"]
    assert Worker.objects.get().stopped_at is not None


def test_finished_works_and_closed_sessions_are_put_away(solenn):
    old, recent, waiting = (Work.ask("tests.duties", by=solenn) for _ in range(3))
    old.run_now()
    recent.run_now()
    Work.objects.filter(pk=old.pk).update(finished_at=timezone.now() - timedelta(days=91))
    Session.objects.create(session_key="closed", session_data="", expire_date=timezone.now() - timedelta(days=1))
    Session.objects.create(session_key="open", session_data="", expire_date=timezone.now() + timedelta(days=1))

    put_away()

    assert set(Work.objects.all()) == {recent, waiting}
    assert [session.session_key for session in Session.objects.all()] == ["open"]


def test_the_duties_of_the_house_run(solenn):
    for name, charge in charges().items():
        if name.startswith("foundation."):
            assert isinstance(charge.do(), str)
