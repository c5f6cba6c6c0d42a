"""A long work: asked by somebody, done once by one worker, and truthful whatever happens to it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lierre.foundation.errors import Refused
from lierre.foundation.models import Entry, Work
from lierre.foundation.models.progress import PutBack
from lierre.foundation.models.work import Cancelled, LeaseLost, long_work

pytestmark = pytest.mark.django_db


@long_work("tests.count", label="Count the graduates")
def count_graduates(work):
    work.say("Counting begins.")
    work.advance(work.arguments["graduates"], work.arguments["graduates"])
    return {"graduates": work.arguments["graduates"]}


@long_work("tests.refuse", label="Refuse")
def refuse(work):
    raise Refused("The file holds no line.")


@long_work("tests.break", label="Break")
def break_down(work):
    raise ZeroDivisionError


@long_work("tests.publish", label="Publish", once_only=True)
def publish(work):
    return {"published": True}


@long_work("tests.stop", label="Stop in the middle")
def stop_in_the_middle(work):
    if work.arguments.get("cancel"):
        work.cancel(by=work.by)
    if work.arguments.get("stolen"):
        Work.objects.filter(pk=work.pk).update(holder="another worker")
    work.advance(1, 2)


def abandoned(work, **fields):
    """The work as a worker leaves it when it is killed."""
    past = timezone.now() - timedelta(minutes=5)
    Work.objects.filter(pk=work.pk).update(
        state=Work.State.RUNNING, holder="a dead worker", lease_until=past, attempts=1, **fields
    )


def test_a_work_is_asked_done_and_written_in_the_journal(solenn):
    work = Work.ask("tests.count", by=solenn, title="Class of 2014", graduates=48)

    result = work.run_now()

    work.refresh_from_db()
    assert result == work.result == {"graduates": 48}
    assert (work.state, work.share, work.failure) == ("done", 100, "")
    assert [line["text"] for line in work.log] == ["Counting begins."]
    assert [(entry.verb, entry.actor_id) for entry in Entry.objects.order_by("id")] == [
        ("work.asked", solenn.pk),
        ("work.done", solenn.pk),
    ]
    assert str(work) == "Class of 2014"


def test_a_work_that_nobody_registered_is_not_accepted(solenn):
    with pytest.raises(ValueError, match="Nobody registered"):
        Work.ask("tests.unheard_of", by=solenn)


def test_a_refusal_is_kept_as_the_sentence_to_show(solenn):
    work = Work.ask("tests.refuse", by=solenn)

    with pytest.raises(Refused):
        work.run_now()

    work.refresh_from_db()
    assert (work.state, work.failure) == ("failed", "The file holds no line.")
    assert Entry.objects.get(verb="work.failed").reason == "The file holds no line."


def test_an_accident_fails_the_work_and_says_where_to_look(solenn):
    work = Work.ask("tests.break", by=solenn)

    with pytest.raises(ZeroDivisionError):
        work.run_now()

    work.refresh_from_db()
    assert work.state == "failed"
    assert work.failure
    assert "ZeroDivision" not in work.failure


def test_a_finished_work_is_not_done_again(solenn):
    work = Work.ask("tests.count", by=solenn, graduates=1)
    work.run_now()

    with pytest.raises(Refused):
        work.run_now()


def test_two_workers_cannot_take_the_same_work(solenn):
    work = Work.ask("tests.count", by=solenn, graduates=1)
    same = Work.objects.get(pk=work.pk)

    assert work.claim("first worker")
    assert not same.claim("second worker")
    assert Work.objects.take("third worker") is None


def test_works_are_taken_in_the_order_they_were_asked(solenn, gwenael):
    first = Work.ask("tests.count", by=solenn, graduates=1)
    Work.ask("tests.count", by=gwenael, graduates=2)

    assert Work.objects.take("a worker") == first


def test_the_work_of_a_killed_worker_is_taken_up_again(solenn):
    work = Work.ask("tests.count", by=solenn, graduates=3)
    abandoned(work)

    taken = Work.objects.take("another worker")

    assert taken == work
    assert taken.attempts == 2
    assert taken.carry_out() == {"graduates": 3}


def test_what_must_be_done_once_is_not_begun_again_after_a_crash(solenn):
    work, other = Work.ask("tests.publish", by=solenn), Work.ask("tests.count", by=solenn, graduates=1)
    abandoned(work)

    taken = Work.objects.take("another worker")

    work.refresh_from_db()
    assert taken == other
    assert (work.state, work.result) == ("failed", None)
    assert Entry.objects.get(verb="work.failed").subject_id == str(work.pk)


def test_a_work_that_kills_every_worker_is_given_up(solenn):
    work = Work.ask("tests.count", by=solenn, graduates=1)
    abandoned(work)
    Work.objects.filter(pk=work.pk).update(attempts=5)

    assert Work.objects.take("one worker more") is None
    assert Work.objects.get(pk=work.pk).state == "failed"


def test_a_waiting_work_is_cancelled_at_once(solenn):
    work = Work.ask("tests.count", by=solenn, graduates=1)

    work.cancel(by=solenn)

    assert work.state == "cancelled"
    assert Work.objects.take("a worker") is None
    assert Entry.objects.filter(verb="work.cancelled", actor_id=solenn.pk).count() == 1


def test_a_running_work_stops_at_its_next_step(solenn):
    work = Work.ask("tests.stop", by=solenn, cancel=True)

    with pytest.raises(Cancelled):
        work.run_now()

    work.refresh_from_db()
    assert (work.state, work.steps_done) == ("cancelled", 1)


def test_a_finished_work_cannot_be_cancelled(solenn):
    work = Work.ask("tests.count", by=solenn, graduates=1)
    work.run_now()

    with pytest.raises(Refused):
        work.cancel(by=solenn)


def test_a_worker_that_lost_its_lease_writes_nothing_more(solenn):
    work = Work.ask("tests.stop", by=solenn, stolen=True)

    with pytest.raises(LeaseLost):
        work.run_now()

    work = Work.objects.get(pk=work.pk)
    assert (work.state, work.holder, work.steps_done) == ("running", "another worker", 0)
    assert not Entry.objects.filter(verb__in=["work.done", "work.failed"]).exists()


def test_a_write_guarded_by_the_lease_is_refused_to_whoever_lost_it(solenn):
    work = Work.ask("tests.count", by=solenn, graduates=1)
    work.claim("one worker")
    work.hold()
    Work.objects.filter(pk=work.pk).update(holder="another worker")

    with pytest.raises(LeaseLost):
        work.hold()


@pytest.mark.parametrize(("name", "state"), [("tests.stop", "waiting"), ("tests.publish", "done")])
def test_a_worker_told_to_stop_puts_back_what_can_be_begun_again(solenn, name, state):
    work = Work.ask(name, by=solenn)
    work.claim("a worker")
    work.must_stop.set()

    if state == "waiting":
        with pytest.raises(PutBack):
            work.carry_out()
    else:
        work.carry_out()

    work.refresh_from_db()
    assert (work.state, work.lease_until) == (state, None)


def test_progress_is_written_at_most_twice_a_second(solenn, django_assert_max_num_queries):
    work = Work.ask("tests.count", by=solenn, graduates=1)
    work.claim("a worker")

    with django_assert_max_num_queries(4):
        for line in range(10_000):
            work.advance(line, 10_000)

    assert work.share == 99


def test_the_end_is_estimated_from_the_pace_of_this_attempt(solenn, monkeypatch):
    clock = iter([0.0, 10.0])
    work = Work.ask("tests.count", by=solenn, graduates=1)
    monkeypatch.setattr("lierre.foundation.models.progress.time.monotonic", lambda: next(clock))
    work.steps_total = 100

    for work.steps_done in (50, 60):
        work.estimate()

    assert timedelta(seconds=35) < work.estimated_end - timezone.now() < timedelta(seconds=41)


def test_the_log_keeps_the_last_lines_only(solenn):
    work = Work.ask("tests.count", by=solenn, graduates=1)
    work.claim("a worker")

    for line in range(500):
        work.say(f"line {line} " + "x" * 1_000)

    assert len(work.log) == 200
    assert work.log[-1]["text"].startswith("line 499")
    assert max(len(line["text"]) for line in work.log) == 500


def test_the_asker_is_found_again_by_whoever_does_the_work(solenn):
    assert Work.ask("tests.count", by=solenn, graduates=1).by == solenn
    assert Work.ask("tests.count", by="the nightly import", graduates=1).by == "the nightly import"
